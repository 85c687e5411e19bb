import { awake, expect, open, test } from '../scene.mjs';
import { fill } from '../steps.mjs';

const LANDS = {
  staff: 'Cases that await legal staff',
  manager: 'Cases that await a manager',
  auditor: 'Cases',
  administrator: 'Members',
};

for (const [role, heading] of Object.entries(LANDS)) {
  test(`${role} lands on what awaits them`, async ({ signIn }) => {
    const page = await signIn(role);
    await open(page, '/');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading);
    await expect(page.getByRole('table').getByRole('row').nth(1)).toBeVisible();
  });
}

/** Follows what leads to another address, and waits until that page is there. */
async function follow(page, control, address) {
  await control.click();
  await expect(page).toHaveURL(address);
  await page.waitForLoadState();
  await awake(page);
}

const numbers = page => page.getByRole('rowheader').getByRole('link', { name: /^DD-/ }).allInnerTexts();

test('the list is searched, filtered and sorted, and its address shows a colleague the same', async ({ signIn }) => {
  const staff = await signIn('staff');
  await open(staff, '/cases');
  const everything = (await numbers(staff)).length;
  const show = staff.getByRole('button', { name: 'Show' });
  await fill(staff, { Search: 'BlueLantern' });
  await follow(staff, show, /q=BlueLantern/);
  await expect(staff.getByRole('heading', { level: 1 })).toHaveText('Cases: “BlueLantern”');
  await expect(staff.getByRole('row', { name: 'GJ-26-0317' })).toBeVisible();
  expect((await numbers(staff)).length).toBe(1);
  await follow(staff, staff.getByRole('link', { name: 'Clear' }), /\/cases$/);
  expect((await numbers(staff)).length).toBe(everything);

  await fill(staff, { Ground: 'Legal directive', Order: 'Oldest first' });
  await follow(staff, show, /sort=oldest/);
  const oldest = await numbers(staff);
  expect(oldest.length).toBeGreaterThan(0);
  expect(oldest.length).toBeLessThan(everything);
  const grounds = staff.locator('td[data-label=Ground]');
  await expect(grounds).toHaveCount(oldest.length);
  for (const cell of await grounds.all()) await expect(cell).toContainText('Legal directive');
  expect(oldest).toEqual(oldest.toSorted());
  await fill(staff, { Order: 'Newest first' });
  await follow(staff, show, /sort=newest/);
  expect(await numbers(staff)).toEqual(oldest.toReversed());
  await expect(staff.getByRole('combobox', { name: 'Ground' })).toHaveValue('legal_directive');

  const { pathname, search } = new URL(staff.url());
  const auditor = await signIn('auditor');
  await open(auditor, pathname + search);
  expect(await numbers(auditor)).toEqual(oldest.toReversed());

  await fill(staff, { Search: 'nobody ever wrote this' });
  await show.click();
  await expect(staff.getByText('No case matches.')).toBeVisible();
});

test('the ledger is read back, and narrowed to one member and one act', async ({ signIn }) => {
  const auditor = await signIn('auditor');
  await open(auditor, '/ledger');
  await expect(auditor.getByRole('region', { name: 'Head of the ledger' })).toContainText('Last checkpoint');
  const leaves = async () => (await auditor.getByRole('rowheader').allInnerTexts()).map(Number);
  const newest = await leaves();
  expect(newest).toEqual(newest.toSorted((one, other) => other - one));
  await open(auditor, `/ledger?before=${newest[5]}`);
  expect((await leaves())[0]).toBe(newest[6]);

  await follow(auditor, auditor.getByRole('link', { name: 'Clear' }), /\/ledger$/);
  await auditor.getByRole('combobox', { name: 'What' }).selectOption('case.verify');
  await fill(auditor, { Who: 'Ben Okafor' });
  await follow(auditor, auditor.getByRole('button', { name: 'Show' }), /action=case.verify&actor=/);
  const rows = auditor.getByRole('row').filter({ has: auditor.getByRole('rowheader') });
  await expect(rows.first()).toBeVisible();
  for (const row of await rows.all()) await expect(row).toContainText('Ben Okafor');
  await expect(rows.first().getByText('case.verify')).toBeVisible();
});
