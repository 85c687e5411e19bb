import { AxeBuilder } from '@axe-core/playwright';
import { expect, test as base } from '@playwright/test';
import { people } from './people.mjs';

export { expect };

/** How a page is looked at: wide and narrow, light and dark. */
const LOOKS = [
  { width: 1280, height: 900, colorScheme: 'light' },
  { width: 1280, height: 900, colorScheme: 'dark' },
  { width: 360, height: 740, colorScheme: 'light' },
  { width: 360, height: 740, colorScheme: 'dark' },
];

/** Notes whatever a browser complains of in this context: console errors and warnings (a broken
 *  Content-Security-Policy is one), uncaught errors, failed requests and error answers. */
function watch(context, faults) {
  context.on('console', message => {
    if (['error', 'warning'].includes(message.type())) faults.push(`console: ${message.text()}`);
  });
  context.on('weberror', error => faults.push(`uncaught: ${error.error()}`));
  context.on('requestfailed', request => {
    // Following a link to a download ends the page's own request.
    const why = request.failure()?.errorText;
    if (why !== 'net::ERR_ABORTED') faults.push(`failed: ${why} ${request.url()}`);
  });
  context.on('response', response => {
    if (response.status() >= 400) faults.push(`${response.status()} ${response.url()}`);
  });
}

export const test = base.extend({
  /** Fails the journey if a browser complained. `faults.expect(/ 403 /)` allows one kind. */
  faults: [async ({ context }, use) => {
    const seen = [];
    const allowed = [];
    watch(context, seen);
    await use({
      expect: pattern => allowed.push(pattern),
      watch: other => watch(other, seen),
    });
    const left = seen.filter(fault => !allowed.some(pattern => pattern.test(fault)));
    expect(left, 'what the browser complained of').toEqual([]);
  }, { auto: true }],

  /** Signs a member in, in a browser context of their own, and gives their page. */
  signIn: async ({ browser, faults }, use) => {
    const contexts = [];
    await use(async role => {
      const { email, password } = people[role];
      const context = await browser.newContext();
      contexts.push(context);
      faults.watch(context);
      const page = await context.newPage();
      await open(page, '/sign-in');
      await page.getByLabel('E-mail').fill(email);
      await page.getByLabel('Password', { exact: true }).fill(password);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await expect(page).not.toHaveURL(/sign-in/);
      return page;
    });
    for (const context of contexts) await context.close();
  },

  /** Whether this journey is made with script. */
  withScript: async ({ javaScriptEnabled }, use) => use(javaScriptEnabled !== false),
});

/** Opens a page and waits until its islands are awake, if it has any and script may run. */
export async function open(page, path) {
  const response = await page.goto(path);
  await awake(page);
  return response;
}

/** The shell marks the document once it has woken the islands. */
export async function awake(page) {
  const islands = await page.locator('leptos-island').count();
  if (islands > 0 && await page.evaluate(scriptRuns)) {
    await expect(page.locator('html[data-awake]')).toHaveCount(1);
  }
}

/** A page's own scripts run; evaluated code runs even where they may not. */
const scriptRuns = () => matchMedia('(scripting: enabled)').matches;

/** Looks at the page in every look: axe finds nothing, and nothing reaches past the edge.
 *  axe is a script and waits for ever where none may run; the page's edge is looked at anyway. */
export async function lookOver(page) {
  const before = page.viewportSize();
  const axe = await page.evaluate(scriptRuns) ? new AxeBuilder({ page }).setLegacyMode() : null;
  for (const { width, height, colorScheme } of LOOKS) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme });
    const look = `${new URL(page.url()).pathname}, ${width} wide, ${colorScheme}`;
    const violations = axe ? (await axe.analyze()).violations : [];
    const faults = violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`);
    expect(faults, `axe: ${look}`).toEqual([]);
    const past = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return scrollWidth - clientWidth;
    });
    expect(past, `pixels past the edge: ${look}`).toBeLessThanOrEqual(0);
  }
  await page.setViewportSize(before);
  await page.emulateMedia({ colorScheme: null });
}
