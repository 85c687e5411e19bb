// What members do at the desk, done as they do it: by the words on the page.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { password } from './people.mjs';
import { expect, keepProven, open } from './scene.mjs';

/** So many minutes ago, as a form takes it; the journeys' zone is UTC. */
export const ago = minutes => new Date(Date.now() - minutes * 60_000).toISOString().slice(0, 16);

/** The day so many days from now. */
export const day = days => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

const SHA256 = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';

/** A label as it stands, whether the field may be left out or not. */
const label = words => new RegExp(`^${words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}( optional)?$`);

/** Fills in what is in sight: label to answer. A tick is `true`; one of several is its words. */
export async function fill(part, answers) {
  for (const [words, answer] of Object.entries(answers)) {
    // A menu inside its label has its options in the label's text, and is found by its name.
    const control = part.getByLabel(label(words)).or(part.getByRole('combobox', { name: label(words) }))
      .filter({ visible: true });
    if (await control.count() === 0) {
      const group = part.getByRole('group', { name: label(words) });
      // A page that is still settling moves the choice away under the pointer: then once more.
      await expect(() => group.getByLabel(answer, { exact: true }).check({ timeout: 2_000 })).toPass();
      continue;
    }
    const kind = await control.evaluate(one => one.type);
    if (kind === 'checkbox') await control.setChecked(answer);
    else if (kind === 'select-one') await control.selectOption({ label: answer });
    else await control.fill(answer);
  }
}

/** Fills in the step's form and sends it; it must be taken. */
export async function take(page, at, step, answers, button) {
  await open(page, `${at}/${step}`);
  await fill(page, answers);
  await prove(page);
  await page.getByRole('button', { name: button }).click();
  await expect(page).toHaveURL(new RegExp(`${at}\\?done=${step}`));
}

/** Gives the password once more, where the page or this part of it asks for it. Where it does not,
 *  the proof may be about to run out. */
export async function prove(part) {
  const field = part.getByLabel('Your password, once more');
  if (await field.isVisible()) await field.fill(password);
  else await keepProven(part.page?.() ?? part);
}

/** Proves afresh who sits here: a download that needs it has no field to give the password in. */
export async function afresh(page) {
  await open(page, '/prove?next=/account');
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page).toHaveURL(/account/);
}

/** Follows what downloads, and gives the file's name, place and bytes. */
export async function downloaded(page, control) {
  const [download] = await Promise.all([page.waitForEvent('download'), control.click()]);
  const path = await download.path();
  return { name: download.suggestedFilename(), path, bytes: await readFile(path) };
}

/** A record's text, on one line. */
export const textOf = path => execFileSync('pdftotext', [path, '-'], { encoding: 'utf8' }).replace(/\s+/g, ' ');

/** The data inside a record. */
export function dataOf(path) {
  const beside = `${path}.case.json`;
  execFileSync('pdfdetach', ['-savefile', 'case.json', '-o', beside, path]);
  return JSON.parse(readFileSync(beside, 'utf8'));
}

/** The address of the one case that this search finds. */
export async function find(page, words) {
  await open(page, `/cases?q=${encodeURIComponent(words)}`);
  const link = page.getByRole('rowheader').getByRole('link', { name: /^DD-/ });
  await expect(link, words).toHaveCount(1);
  return link.getAttribute('href');
}

/** A request that is complete. */
export const REQUEST = {
  'Kind of requester': 'Court',
  'Authority, firm or company': 'Harbor County Court',
  'Country': 'United States',
  'Person who asks': 'Olivia Chen',
  'Their reference': 'HC-26-0042',
  'How the request came in': 'Post',
  'Our legal entity it is addressed to': 'Example Web Ltd.',
  'Time zone': 'UTC',
  'What they ask for': 'Who held the account named below, and from where it was used.',
  'Legal basis they cite': 'Civil Procedure Act, section 12',
  'Identifier 1': 'jane.roe@example.org',
};

/** Types a request into its form. */
export async function type(page, told, categories) {
  await fill(page, { ...REQUEST, 'Received': ago(60), ...told });
  for (const category of categories) await page.getByRole('checkbox', { name: category }).check();
}

/** Files a request; answers with the address of its case. */
export async function file(page, told, categories) {
  await open(page, '/cases/new');
  await type(page, told, categories);
  await page.getByRole('button', { name: 'File the request' }).click();
  await expect(page).toHaveURL(/\/cases\/[0-9a-f-]{36}\?done=file/);
  return new URL(page.url()).pathname;
}

/** What a sound court order says of itself. */
export const SOUND_ORDER = {
  'Issuing authority': 'Harbor County Court',
  'Reference or docket number': 'HC-26-0042',
  'Dated': day(-3),
  'Signature or seal seen?': 'Yes',
  'Addressed to the right legal entity of ours?': 'Yes',
  'Does the issuer have jurisdiction over us?': 'Yes',
  'Court': 'Harbor County Court',
  'Judge': 'Ruth Adeyemi',
  'Act or rule it rests on': 'Production order, Civil Procedure Act, section 12',
  'Days to comply': '7',
};

/** Classifies as a court order whose text names these categories. */
export async function classifyAsOrder(page, at, told, ordered) {
  await open(page, `${at}/classify`);
  await page.getByLabel('Legal directive').check();
  await fill(page, { 'Instrument': 'Other court order', ...SOUND_ORDER, ...told });
  const named = page.getByRole('group', { name: 'Categories that its text names' });
  for (const category of ordered) await named.getByRole('checkbox', { name: category }).check();
  await page.getByRole('button', { name: 'Classify the case' }).click();
  await expect(page).toHaveURL(new RegExp(`${at}\\?done=classify`));
}

/** Classifies under any instrument; the answers are those of its own questions. */
export async function classifyAs(page, at, ground, instrument, answers) {
  await open(page, `${at}/classify`);
  await page.getByLabel(new RegExp(`^${ground}`)).check();
  await fill(page, { Instrument: instrument, ...answers });
  await page.getByRole('button', { name: 'Classify the case' }).click();
  await expect(page).toHaveURL(new RegExp(`${at}\\?done=classify`));
}

/** What any sound order says of itself, whatever its instrument. */
export const SOUND = Object.fromEntries(Object.entries(SOUND_ORDER).slice(0, 6));

/** Attaches papers. */
export async function attach(page, at, papers) {
  await open(page, `${at}/attach`);
  await page.getByLabel('Orders').setInputFiles(papers);
  await page.getByRole('button', { name: 'Attach' }).click();
  await expect(page).toHaveURL(new RegExp(`${at}\\?done=attach`));
}

/** Records that the requester is who they say. */
export const verify = (page, at, told = {}) => take(page, at, 'verify', {
  'How it was tested': 'Looked up in the court\'s own register',
  'Contact used': 'Register of Harbor County Court',
  'Where that was found': 'the court\'s own site',
  'Who answered': 'Entry HC-26-0042, dated and sealed',
  'When': ago(2),
  'Time zone': 'UTC',
  'What it showed': 'Confirmed',
  ...told,
}, 'Record the verification');

/** Puts a case before a manager. */
export const submit = (page, at) => take(page, at, 'submit', {}, 'Put before a manager');

/** Decides; what is granted or refused category by category is filled in before. */
export const decide = (page, at, answers) => take(page, at, 'decide', answers, 'Record the decision');

/** Records what left the house. */
export const disclose = (page, at, answers) => take(page, at, 'disclose', {
  ...answers,
  'Recipient': 'Olivia Chen, Harbor County Court',
  'Means': 'The authority\'s portal',
  'Sent': ago(0),
  'Time zone': 'UTC',
  'What was sent': 'account.json: the name and the e-mail address of the account.',
  'SHA-256 of what was sent': SHA256,
}, 'Record the disclosure');

/** A second manager says whether a release was right. */
export const review = (page, at, answers) => take(page, at, 'review', answers, 'Record the review');

/** Closes a case. */
export const close = (page, at, answers) => take(page, at, 'close', answers, 'Close the case');
