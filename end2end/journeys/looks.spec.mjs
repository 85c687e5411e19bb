import { expect, lookOver, open, test } from '../scene.mjs';
import { fill, find } from '../steps.mjs';

/** Every page, by who may open it. A page of a case is told by words that find the case. */
const PAGES = {
  staff: [
    '/', '/cases?q=nobody+ever+wrote+this', '/cases/new', '/account', '/prove',
    ['Consumer Protection Office', '/draft'],
    ['Polícia da Costa', ''], ['Polícia da Costa', '/edit'], ['Polícia da Costa', '/classify'],
    ['Polícia da Costa', '/attach'], ['Polícia da Costa', '/verify'], ['Polícia da Costa', '/submit'],
    ['Polícia da Costa', '/withdraw'],
    ['26-CV-1120', ''], ['26-CV-1120', '/strike'],
    ['WV 26 551', ''], ['WV 26 551', '/disclose'],
    ['LPD-26-0388', '/close'],
    ['GJ-26-0317', ''], ['GJ-26-0317', '/reopen'],
    '/tables', '/letters', '/letters/refusal/en', '/emergency', '/calendar', '/calendar?day=2026-11-02', '/requesters', '/requesters/new', '/policy', '/policy/1',
    ['LPD-26-0388', ''], ['LPD-26-0388', '/renew'], ['LPD-26-0388', '/convert'], ['LPD-26-0388', '/release'],
    ['26-SW-0091', ''], ['26-SW-0091', '/lift'], ['26-SW-0091', '/notify'], ['26-SW-0091', '/untold'], ['26-SW-0091', '/search'],
    ['26-SW-0091', '/hold'], ['26-SW-0091', '/pause'], ['26-SW-0091', '/object'], ['26-SW-0091', '/letter'],
    ['WV 26 551', '/gag'], ['WV 26 551', '/notify'], ['MR-2217', '/process'],
  ],
  manager: [
    '/', ['26-SW-0091', ''], ['26-SW-0091', '/decide'], ['MR-2217', ''],
    ['MR-2217', '/records'], ['MR-2217', '/redact'],
  ],
  secondManager: [['MR-2217', '/review']],
  auditor: ['/', ['GJ-26-0317', ''], ['GJ-26-0317', '/records'], '/ledger'],
  administrator: [
    '/ledger', '/witnesses', '/members', '/policy', '/organisation', '/tables', '/letters', '/letters/refusal/en', '/mail',
  ],
};

for (const [role, places] of Object.entries(PAGES)) {
  test(`the pages of ${role}, wide and narrow, light and dark`, async ({ signIn }) => {
    test.setTimeout(1_800_000);
    const page = await signIn(role);
    const known = new Map();
    for (const place of places) {
      let path = place;
      if (Array.isArray(place)) {
        const [words, step] = place;
        if (!known.has(words)) known.set(words, await find(page, words));
        path = known.get(words) + step;
      }
      await test.step(String(place), async () => {
        expect.soft((await open(page, path)).status(), String(place)).toBe(200);
        await plain(page);
        await lookOver(page);
      });
    }
  });
}

/** A page has one heading of the first level, a title of its own, and no heading is skipped. */
async function plain(page) {
  await expect.soft(page.getByRole('heading', { level: 1 })).toHaveCount(1);
  await expect.soft(page).toHaveTitle(/^.+ · Disclosure Desk$/);
  const levels = await page.getByRole('heading').evaluateAll(all => all.map(one => Number(one.tagName[1])));
  const skipped = levels.filter((level, place) => level > (levels[place - 1] ?? 0) + 1);
  expect.soft(skipped, `no heading skips a level: ${levels}`).toEqual([]);
}

test('the pages of members, faults and refusals', async ({ signIn, faults }) => {
  for (const status of [403, 404, 422]) faults.expect(status);
  const administrator = await signIn('administrator');
  await open(administrator, '/members');
  await administrator.getByRole('link', { name: 'Ben Okafor' }).click();
  const member = new URL(administrator.url()).pathname;
  for (const path of [member, '/nothing', '/cases']) {
    await open(administrator, path);
    await plain(administrator);
    await lookOver(administrator);
  }
  const staff = await signIn('staff');
  await open(staff, '/cases/new');
  await fill(staff, { 'Official e-mail': 'nobody', 'The requester demands that the subject not be told': true });
  await staff.getByRole('button', { name: 'File the request' }).click();
  await expect(staff.getByText('things need mending')).toBeVisible();
  await lookOver(staff);
  await open(staff, `${await find(staff, 'Polícia da Costa')}/classify`);
  await staff.getByLabel('Legal directive').check();
  await fill(staff, { Instrument: 'European Production Order (EPOC)' });
  await lookOver(staff);
});

/** Presses Tab until the focus is there; what has the focus must be in sight and show it. */
async function tabTo(page, control, most = 60) {
  for (let pressed = 0; pressed < most; pressed += 1) {
    await page.keyboard.press('Tab');
    const ring = await page.evaluate(() => {
      const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
      return outlineStyle !== 'none' && outlineWidth !== '0px';
    });
    expect(ring, `the focus shows: ${await page.locator(':focus').evaluate(one => one.outerHTML.slice(0, 120))}`).toBe(true);
    if (await control.evaluate(one => one === document.activeElement)) return;
  }
  throw new Error(`the keyboard does not reach ${control} in ${most} steps`);
}

test('the keyboard alone reaches what must be done', async ({ stranger, signIn }) => {
  await open(stranger, '/sign-in');
  await tabTo(stranger, stranger.getByRole('link', { name: 'Skip to the content' }), 1);
  await tabTo(stranger, stranger.getByRole('button', { name: 'Sign in' }), 4);

  const manager = await signIn('manager');
  await open(manager, '/cases?awaits=manager');
  await manager.keyboard.press('Tab');
  await manager.keyboard.press('Enter');
  await expect(manager.getByRole('main'), 'the skip link skips').toBeFocused();
  await tabTo(manager, manager.getByRole('rowheader').getByRole('link').first(), 16);

  await open(manager, `${await find(manager, '26-SW-0091')}/decide`);
  await tabTo(manager, manager.getByLabel('Approve', { exact: true }));
  await manager.keyboard.press('ArrowDown');
  await expect(manager.getByLabel('Approve in part')).toBeChecked();
  await tabTo(manager, manager.getByRole('button', { name: 'Record the decision' }));
});

test('a case file prints as a document', async ({ signIn }) => {
  const auditor = await signIn('auditor');
  await open(auditor, await find(auditor, 'GJ-26-0317'));
  await auditor.emulateMedia({ media: 'print' });
  await expect(auditor.getByRole('banner')).toBeHidden();
  await expect(auditor.getByRole('link', { name: 'Download the record (PDF)' })).toBeHidden();
  await expect(auditor.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(auditor.getByRole('region', { name: 'Decisions' })).toBeVisible();
  const printed = await auditor.pdf({ format: 'A4', preferCSSPageSize: true });
  expect(printed.subarray(0, 5).toString()).toBe('%PDF-');
  await auditor.emulateMedia({ media: null });
});
