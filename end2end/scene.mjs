import { AxeBuilder } from '@axe-core/playwright';
import { expect, test as base } from '@playwright/test';
import { password, people } from './people.mjs';

export { expect };

/** How a page is looked at: wide and narrow, light and dark. */
const LOOKS = [
  { width: 1280, height: 900, colorScheme: 'light' },
  { width: 1280, height: 900, colorScheme: 'dark' },
  { width: 360, height: 740, colorScheme: 'light' },
  { width: 360, height: 740, colorScheme: 'dark' },
];

/** Notes whatever a browser complains of in this context: console errors and warnings (a broken
 *  Content-Security-Policy is one), uncaught errors, failed requests and error answers. Answers
 *  with what stops the noting. */
function watch(context, seen) {
  const heard = {
    console: message => {
      if (['error', 'warning'].includes(message.type())) seen.push(`console: ${message.text()}`);
    },
    weberror: error => seen.push(`uncaught: ${error.error()}`),
    requestfailed: request => {
      // Following a link to a download ends the page's own request. A script that may not run is
      // told as "csp"; where a policy is really broken the console says so too.
      const why = request.failure()?.errorText;
      if (!['net::ERR_ABORTED', 'csp'].includes(why)) seen.push(`failed: ${why} ${request.url()}`);
    },
    response: response => {
      if (response.status() >= 400) seen.push(`status of ${response.status()}: ${response.url()}`);
    },
  };
  for (const [event, note] of Object.entries(heard)) context.on(event, note);
  return () => {
    for (const [event, note] of Object.entries(heard)) context.off(event, note);
  };
}

export const test = base.extend({
  /** Fails the journey if a browser complained. `faults.expect(403)` allows one status; to be
   *  refused is part of some journeys. */
  faults: [async ({ context }, use) => {
    const seen = [];
    const allowed = [];
    const stops = [watch(context, seen)];
    await use({
      expect: status => allowed.push(`status of ${status}`),
      watch: other => stops.push(watch(other, seen)),
    });
    for (const stop of stops) stop();
    const left = seen.filter(fault => !allowed.some(status => fault.includes(status)));
    expect(left, 'what the browser complained of').toEqual([]);
  }, { auto: true }],

  /** One browser for each member, as at a real desk. It stays signed in for all journeys of a
   *  worker: a sign-in costs a hash. */
  seats: [async ({}, use) => {
    const seats = new Map();
    await use(seats);
    for (const { context } of seats.values()) await context.close();
  }, { scope: 'worker' }],

  /** Gives a member's page, signed in, with a fresh proof of who sits there. */
  signIn: async ({ browser, faults, seats }, use) => {
    const pages = [];
    await use(async role => {
      const known = seats.get(role);
      const context = known?.context ?? await browser.newContext();
      faults.watch(context);
      const page = await context.newPage();
      pages.push(page);
      if (known) {
        await keepProven(page);
      } else {
        await enter(page, people[role], password);
        const seat = { context, name: people[role], proved: Date.now() };
        seats.set(role, seat);
        seatOf.set(context, seat);
      }
      return page;
    });
    for (const page of pages) await page.close();
  },

  /** A browser of nobody yet, for journeys that must not disturb the members' own. */
  stranger: async ({ browser, faults }, use) => {
    const context = await browser.newContext();
    faults.watch(context);
    await use(await context.newPage());
    await context.close();
  },

  /** Whether this journey is made with script. */
  withScript: async ({ javaScriptEnabled }, use) => use(javaScriptEnabled !== false),
});

/** The seat that a browser is. */
const seatOf = new WeakMap();

/** A proof of who sits here lasts five minutes, and a session fifteen without use. Long before, the
 *  password is given anew beside the page, so that neither runs out between a page and its post. */
export async function keepProven(page) {
  const seat = seatOf.get(page.context());
  if (!seat || Date.now() - seat.proved < 120_000) return;
  const beside = await seat.context.newPage();
  await open(beside, '/prove?next=/account');
  const proved = Date.now();
  if (beside.url().includes('/sign-in')) {
    await enter(beside, seat.name, password);
  } else {
    await beside.getByLabel('Password').fill(password);
    await beside.getByRole('button', { name: 'Go on' }).click();
    await expect(beside).toHaveURL(/account/);
  }
  await beside.close();
  seat.proved = proved;
}

/** Fills in the sign-in page. */
export async function enter(page, name, secret) {
  if (!page.url().includes('/sign-in')) await open(page, '/sign-in');
  await page.getByLabel('Sign-in name').fill(name);
  await page.getByLabel('Password').fill(secret);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).not.toHaveURL(/sign-in/);
}

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
    await expect(page.locator('body[data-awake]')).toHaveCount(1);
  }
}

/** A page's own scripts run; evaluated code runs even where they may not. */
const scriptRuns = () => matchMedia('(scripting: enabled)').matches;

/** What the Web Content Accessibility Guidelines 2.2 ask, levels A and AA. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What axe finds. Between light and dark only colours change, so the second look asks for them.
 *  axe is a script and waits for ever where none may run. */
async function violations(page, colorScheme) {
  if (!await page.evaluate(scriptRuns)) return [];
  const axe = new AxeBuilder({ page }).setLegacyMode();
  const asked = colorScheme === 'light' ? axe.withTags(TAGS) : axe.withRules(['color-contrast']);
  const found = (await asked.analyze()).violations;
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html).join('\n')}`);
}

/** Looks at the page in every look: axe finds nothing, and nothing reaches past the edge. */
export async function lookOver(page) {
  const before = page.viewportSize();
  for (const { width, height, colorScheme } of LOOKS) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme });
    const look = `${new URL(page.url()).pathname}, ${width} wide, ${colorScheme}`;
    expect.soft(await violations(page, colorScheme), `axe: ${look}`).toEqual([]);
    const past = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return scrollWidth - clientWidth;
    });
    expect.soft(past, `pixels past the edge: ${look}`).toBeLessThanOrEqual(0);
  }
  await page.setViewportSize(before);
  await page.emulateMedia({ colorScheme: null });
}
