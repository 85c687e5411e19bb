import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, lookOver, open, test } from '../scene.mjs';
import { afresh, dataOf, downloaded, find, prove, textOf } from '../steps.mjs';

const CASE = 'GJ-26-0317';
const SUBJECT = 'owner@bluelantern.example';

const sha256 = bytes => createHash('sha256').update(bytes).digest('hex');

/** The records that were issued, newest first. */
const issued = page => page.getByRole('region', { name: 'Issued records' }).getByRole('row').filter({ has: page.getByRole('rowheader') });

/** Presses what asks for a fresh proof. */
async function press(page, button) {
  await prove(page);
  await page.getByRole('button', { name: button }).click();
}

test('a record is issued, and every download of it is the same bytes', async ({ signIn }) => {
  const auditor = await signIn('auditor');
  await afresh(auditor);
  const at = await find(auditor, CASE);
  await open(auditor, at);
  await auditor.getByRole('link', { name: 'All records of this case' }).click();
  await auditor.getByLabel('Put the orders inside').check();
  await press(auditor, 'Issue a record now');
  await expect(auditor.getByRole('status').filter({ hasText: 'The record was issued.' })).toBeVisible();
  const newest = issued(auditor).first();
  await expect(newest).toContainText('orders inside');
  await expect(newest).toContainText('as the case stands');

  const told = (await newest.getByRole('cell').filter({ has: auditor.locator('.digest') }).innerText()).replace(/[^0-9a-f]/g, '');
  const kept = await downloaded(auditor, newest.getByRole('link', { name: 'Download' }));
  expect(sha256(kept.bytes), 'the bytes are the ones the page tells').toBe(told);
  expect(kept.name).toMatch(/^DD-\d{4}-\d{5}\.pdf$/);

  const record = auditor.getByRole('link', { name: 'Download the record (PDF)' });
  const first = await downloaded(auditor, record);
  const again = await downloaded(auditor, record);
  expect(again.bytes.equals(first.bytes), 'twice the same').toBe(true);
  await open(auditor, at);
  await expect(auditor.getByRole('region', { name: 'What happened' })).toContainText('issued a record');
});

test('a redacted edition is refused while it leaks, and then holds nothing of what it leaves out', async ({ signIn, faults }) => {
  faults.expect(422);
  const manager = await signIn('manager');
  const summary = manager.getByRole('alert').filter({ has: manager.getByRole('heading') });
  await afresh(manager);
  const at = await find(manager, CASE);
  await open(manager, `${at}/records`);
  const full = await downloaded(manager, manager.getByRole('link', { name: 'Download the record (PDF)' }));
  await manager.getByRole('link', { name: 'Make a redacted edition' }).click();

  await press(manager, 'Issue the redacted edition');
  await expect(summary).toContainText('Tick at least one text to leave out.');

  // Their reference stands in the answers to the gate as well.
  const subject = manager.getByRole('group', { name: 'The subject' });
  await subject.getByRole('button', { name: 'Tick all of this part' }).click();
  const boxes = subject.getByRole('checkbox');
  await expect(boxes).not.toHaveCount(0);
  for (const box of await boxes.all()) await expect(box).toBeChecked();
  const reference = manager.getByRole('checkbox', { name: `Their reference ${CASE}` });
  await reference.check();
  await press(manager, 'Issue the redacted edition');
  await expect(summary.getByRole('link').first()).toContainText('stands here too');
  await expect(reference).toBeChecked();
  await expect(manager.getByRole('checkbox', { name: `Reference or docket number ${CASE}` }))
    .toHaveAccessibleDescription(/stands here too/);
  await lookOver(manager);

  await reference.uncheck();
  for (const link of await summary.getByRole('link').all()) {
    const place = (await link.getAttribute('href')).slice(1);
    await expect(manager.locator(`[id="${place}"]`), 'each fault leads to its text').toHaveCount(1);
  }
  const faulty = manager.locator('.text[data-faulty]').getByRole('checkbox');
  await expect(faulty).not.toHaveCount(0);
  for (const box of await faulty.all()) await box.check();
  await manager.getByLabel('I have looked at each repetition; release it all the same').check();
  await press(manager, 'Issue the redacted edition');
  await expect(manager.getByRole('status').filter({ hasText: 'The record was issued.' })).toBeVisible();

  const newest = issued(manager).first();
  await expect(newest).toContainText('Redacted edition');
  const redacted = await downloaded(manager, newest.getByRole('link', { name: 'Download' }));
  expect(redacted.name).toMatch(/-redacted\.pdf$/);
  expect(textOf(full.path)).toContain(SUBJECT);
  expect(textOf(redacted.path)).not.toContain(SUBJECT);
  expect(JSON.stringify(dataOf(full.path))).toContain(SUBJECT);
  expect(JSON.stringify(dataOf(redacted.path))).not.toContain(SUBJECT);

  await newest.getByRole('link', { name: 'What it leaves out' }).click();
  await lookOver(manager);
  const text = manager.getByRole('checkbox', { name: SUBJECT });
  await press(manager, 'Download the ticked texts (JSON)');
  await expect(summary).toContainText('Tick at least one text to show.');
  await text.check();
  await prove(manager);
  const shown = await downloaded(manager, manager.getByRole('button', { name: 'Download the ticked texts (JSON)' }));
  const { format, openings } = JSON.parse(readFileSync(shown.path, 'utf8'));
  expect(format).toBe('disclosure-desk/unmasking/v1');
  expect(new Set(openings.map(opening => opening.value))).toEqual(new Set([SUBJECT]));
});

test('what leaves texts out is not an auditor\'s to make', async ({ signIn, faults }) => {
  faults.expect(403);
  const auditor = await signIn('auditor');
  const at = await find(auditor, CASE);
  await open(auditor, `${at}/records`);
  await expect(auditor.getByRole('link', { name: 'Make a redacted edition' })).toHaveCount(0);
  await expect(auditor.getByRole('link', { name: 'What it leaves out' })).toHaveCount(0);
  expect((await open(auditor, `${at}/redact`)).status()).toBe(403);
});

test('the register of all cases is a PDF', async ({ signIn }) => {
  const auditor = await signIn('auditor');
  await afresh(auditor);
  await open(auditor, '/cases');
  const number = await auditor.getByRole('rowheader').getByRole('link', { name: /^DD-/ }).first().innerText();
  const register = await downloaded(auditor, auditor.getByRole('link', { name: 'The register, as PDF' }));
  expect(register.bytes.subarray(0, 5).toString()).toBe('%PDF-');
  expect(textOf(register.path)).toContain(number);
});
