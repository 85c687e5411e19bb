// What script adds. The other journeys are made without it too; these only with.

import { courtOrder } from '../papers.mjs';
import { expect, open, test } from '../scene.mjs';
import { REQUEST, fill, find, type } from '../steps.mjs';

test('sending an order tells how far it is, and ends on the case', async ({ signIn }) => {
  const staff = await signIn('staff');
  const at = await find(staff, 'WV 26 551');
  await open(staff, `${at}/attach`);
  const line = await staff.context().newCDPSession(staff);
  await line.send('Network.enable');
  await line.send('Network.emulateNetworkConditions', {
    offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 400_000,
  });
  await staff.getByLabel('Orders').setInputFiles([
    courtOrder('long order.pdf', 'Pages and pages. '.repeat(40_000)),
    courtOrder('annex.pdf', 'An annex. '.repeat(20_000)),
  ]);
  await staff.getByRole('button', { name: 'Attach' }).click();
  const far = staff.getByRole('progressbar', { name: 'long order.pdf' });
  await expect(far).toBeVisible();
  await expect(staff.getByRole('progressbar', { name: 'annex.pdf' })).toBeVisible();
  await expect.poll(() => far.evaluate(one => one.value / one.max), 'it moves').toBeGreaterThan(0.05);
  await expect(staff.getByText('Sending.')).toBeVisible();
  await expect(staff).toHaveURL(new RegExp(`${at}\\?done=attach#orders`), { timeout: 20_000 });
  await expect(staff.getByRole('link', { name: 'long order.pdf' })).toBeVisible();
});

test('a draft keeps itself, and can be filed from there', async ({ signIn }) => {
  const staff = await signIn('staff');
  await open(staff, '/cases/new');
  await fill(staff, { 'Authority, firm or company': 'Harbor County Sheriff' });
  await expect(staff.getByText(/^Draft kept \d\d:\d\d UTC\.$/)).toBeVisible();
  await expect(staff).toHaveURL(/\/cases\/[0-9a-f-]{36}\/draft$/);
  await open(staff, staff.url());
  await expect(staff.getByLabel('Authority, firm or company')).toHaveValue('Harbor County Sheriff');
  await type(staff, { 'Authority, firm or company': REQUEST['Authority, firm or company'] }, ['IP history']);
  await staff.getByRole('button', { name: 'File the request' }).click();
  await expect(staff).toHaveURL(/done=file/);
});

test('an idle session says that it is about to end, and can be kept', async ({ signIn }) => {
  const staff = await signIn('staff');
  await staff.clock.install();
  await open(staff, '/cases');
  await staff.clock.fastForward('12:50');
  const stay = staff.getByRole('button', { name: 'Stay signed in' });
  await expect(stay).toBeHidden();
  await staff.clock.fastForward('00:15');
  await expect(staff.getByRole('alert').getByText('Your session ends in two minutes.')).toBeVisible();
  await stay.click();
  await expect(stay).toBeHidden();
});

test('the islands wake, and no page breaks its content security policy', async ({ signIn }) => {
  const staff = await signIn('staff');
  await staff.addInitScript(() => {
    window.broken = [];
    document.addEventListener('securitypolicyviolation', event => window.broken.push(event.violatedDirective));
  });
  const filed = await find(staff, 'Polícia da Costa');
  for (const path of ['/cases', '/cases/new', '/account', filed, `${filed}/classify`, `${filed}/attach`]) {
    await open(staff, path);
    await expect(staff.locator('body[data-awake]'), path).toHaveCount(1);
    expect(await staff.evaluate(() => window.broken), path).toEqual([]);
  }
});
