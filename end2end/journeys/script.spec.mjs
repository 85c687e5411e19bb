// What script adds. The other journeys are made without it too; these only with.

import { readFile } from 'node:fs/promises';
import { courtOrder } from '../papers.mjs';
import { expect, lookOver, open, test } from '../scene.mjs';
import { REQUEST, afresh, downloaded, fill, find, type } from '../steps.mjs';

test('sending an order tells how far it is, and ends on the case', async ({ signIn }) => {
  const staff = await signIn('staff');
  const at = await find(staff, 'WV 26 551');
  await open(staff, `${at}/attach`);
  const line = await staff.context().newCDPSession(staff);
  await line.send('Network.enable');
  await line.send('Network.emulateNetworkConditions', {
    offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 60_000,
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
  await expect(staff).toHaveURL(new RegExp(`${at}\\?done=attach#orders`), { timeout: 60_000 });
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
  await staff.clock.fastForward('11:00');
  const stay = staff.getByRole('button', { name: 'Stay signed in' });
  await expect(stay).toBeHidden();
  await staff.clock.fastForward('02:15');
  await expect(staff.getByRole('alert').getByText('Your session ends in two minutes.')).toBeVisible();
  await stay.click();
  await expect(stay).toBeHidden();
});

test('a record is verified inside the page with the network unplugged', async ({ signIn, stranger }) => {
  const auditor = await signIn('auditor');
  await afresh(auditor);
  await open(auditor, '/ledger');
  const head = auditor.getByRole('region', { name: 'Head of the ledger' });
  const key = await head.locator('.key').first().innerText();
  await head.getByText('Keep a checkpoint yourself').click();
  const kept = await downloaded(auditor, head.getByRole('link', { name: 'Download the checkpoint' }));
  await open(auditor, `${await find(auditor, 'GJ-26-0317')}/records`);
  const record = await downloaded(auditor, auditor.getByRole('link', { name: 'Download the record (PDF)' }));

  await open(stranger, '/verify');
  await expect(stranger.getByRole('status')).toHaveText('Ready. From here on this page needs no network.');
  await stranger.context().setOffline(true);
  const asked = [];
  stranger.on('request', request => asked.push(request.url()));

  await stranger.getByLabel('The record').setInputFiles({ name: 'record.pdf', mimeType: 'application/pdf', buffer: record.bytes });
  const verdict = stranger.getByRole('article').getByRole('heading', { level: 2 });
  await expect(verdict).toHaveText('This record holds in itself, but nobody you know vouches for it.');
  await expect(verdict, 'the reader is led to the verdict').toBeFocused();
  await stranger.getByLabel('Ledger key of the company').fill(key);
  await stranger.getByLabel('What you kept').focus();
  await expect(verdict).toContainText('This record is intact');
  await expect(stranger.getByLabel('What you kept'), 'who types is not led away').toBeFocused();
  const checked = stranger.getByRole('listitem');
  await expect(checked.filter({ hasText: 'Does not hold' })).toHaveCount(0);
  await lookOver(stranger);

  await stranger.getByLabel('What you kept').setInputFiles(kept.path);
  // The record is older where it was issued before this journey, and later where it was not.
  await expect(verdict).toHaveText(/^(This record is older than|Nothing connects this record with) a checkpoint you hold\.$/);

  const touched = Buffer.from(record.bytes);
  touched[Math.floor(touched.length / 2)] ^= 1;
  await stranger.getByLabel('The record').setInputFiles({ name: 'touched.pdf', mimeType: 'application/pdf', buffer: touched });
  await expect(verdict).toHaveText('This record was altered.');
  await expect(checked.filter({ hasText: 'Does not hold' }).first()).toBeVisible();
  await lookOver(stranger);
  expect(asked, 'nothing is asked of anybody').toEqual([]);
  await stranger.context().setOffline(false);
});

test('a record that is dropped anywhere on the page is verified', async ({ signIn, stranger }) => {
  const auditor = await signIn('auditor');
  await afresh(auditor);
  await open(auditor, `${await find(auditor, 'GJ-26-0317')}/records`);
  const record = await downloaded(auditor, auditor.getByRole('link', { name: 'Download the record (PDF)' }));
  await open(stranger, '/verify');
  const carried = await stranger.evaluateHandle(base64 => {
    const bytes = Uint8Array.from(atob(base64), one => one.charCodeAt(0));
    const carried = new DataTransfer();
    carried.items.add(new File([bytes], 'dropped.pdf', { type: 'application/pdf' }));
    return carried;
  }, (await readFile(record.path)).toString('base64'));
  await stranger.dispatchEvent('h1', 'drop', { dataTransfer: carried });
  await expect(stranger.getByRole('status')).toHaveText('dropped.pdf was checked.');
  await expect(stranger.getByRole('heading', { level: 2, name: /^This record holds in itself/ })).toBeFocused();
});

test('the islands wake, and no page breaks its content security policy', async ({ signIn }) => {
  const staff = await signIn('staff');
  await staff.addInitScript(() => {
    window.broken = [];
    document.addEventListener('securitypolicyviolation', event => window.broken.push(event.violatedDirective));
  });
  const filed = await find(staff, 'Polícia da Costa');
  for (const path of ['/cases', '/cases/new', '/account', '/verify', filed, `${filed}/classify`, `${filed}/attach`]) {
    await open(staff, path);
    await expect(staff.locator('body[data-awake]'), path).toHaveCount(1);
    expect(await staff.evaluate(() => window.broken), path).toEqual([]);
  }
});
