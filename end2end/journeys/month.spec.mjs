// A month of a small web company's desk, in the browser. What the passing of weeks brings about is
// in the router's tests, where the clock is ours.

import { courtOrder } from '../papers.mjs';
import { password, people } from '../people.mjs';
import { expect, open, test } from '../scene.mjs';
import { ago, attach, classifyAs, day, decide, disclose, fill, file, prove, SOUND, submit, take, verify } from '../steps.mjs';

/** Files, classifies, attaches an order and has the requester verified. */
async function prepared(staff, second, told, categories, [ground, instrument, answers]) {
  const at = await file(staff, told, categories);
  await classifyAs(staff, at, ground, instrument, answers);
  await attach(staff, at, [courtOrder('order.pdf', `${instrument} ${at}`)]);
  await verify(second, at);
  return at;
}

const refused = { Verdict: 'Deny' };

test('a grand-jury subpoena is narrowed to subscriber data', async ({ signIn }) => {
  const [staff, second, manager] = [await signIn('staff'), await signIn('secondStaff'), await signIn('manager')];
  const at = await prepared(staff, second, {}, ['E-mail address', 'IP history'], ['Legal directive', 'Subpoena', {
    ...SOUND, 'Statute or grand jury': 'Grand jury of Harbor County, no. 26-GJ-11', 'Return date': day(20),
  }]);
  await take(staff, at, 'search', {
    'E-mail address': 'Held', 'IP history': 'Held', 'Where was looked': 'The account store, by the address.',
  }, 'Record what is held');
  await submit(staff, at);
  await open(manager, `${at}/decide`);
  await fill(manager, { Verdict: 'Approve in part' });
  await manager.getByRole('group', { name: 'E-mail address' }).getByLabel('Grant').check();
  await prove(manager);
  await manager.getByRole('button', { name: 'Record the decision' }).click();
  await expect(manager).toHaveURL(/done=decide/);
  await disclose(staff, at, { 'E-mail address': 'Produced' });
  const scope = staff.getByRole('table', { name: /Scope/ });
  await expect(scope.getByRole('row', { name: /IP history/ })).toContainText('A subpoena reaches subscriber data at most');
});

test('an emergency is filed from the sign-in page with ten answers, called back, released and reviewed', async ({ stranger, signIn, faults }) => {
  await open(stranger, '/sign-in');
  let typed = 0;
  const answer = async (label, text) => {
    await stranger.getByLabel(label, { exact: true }).fill(text);
    typed += 1;
  };
  await answer('Sign-in name', people.staff);
  await answer('Password', password);
  await stranger.getByRole('button', { name: 'Sign in' }).click();
  await stranger.getByRole('link', { name: 'Emergency', exact: true }).click();
  await expect(stranger.getByRole('heading', { level: 1 })).toHaveText('Emergency');
  await answer('Authority', 'Harbor Coast Rescue');
  await answer('Person', 'Sam Ortiz');
  await answer('Telephone they gave', '+1 555 0150');
  await answer('Who is in danger', 'Jane Roe, who owns the account.');
  await answer('Of what, and how it is known', 'Drowning: her boat sent a distress signal and fell silent.');
  await answer('By when: “now” if it is now', 'within hours');
  await answer('Account they ask about', 'jane.roe@example.org');
  await stranger.getByRole('checkbox', { name: 'IP history' }).check();
  typed += 1;
  expect(typed, 'answers from the sign-in page to a filed emergency').toBeLessThanOrEqual(10);
  await stranger.getByRole('button', { name: 'File the emergency' }).click();
  await expect(stranger).toHaveURL(/\/cases\/[0-9a-f-]{36}\?done=emergency/);
  const at = new URL(stranger.url()).pathname;

  const [second, manager, reviewer] = [await signIn('secondStaff'), await signIn('manager'), await signIn('secondManager')];
  await classifyAs(second, at, 'Emergency', 'Emergency disclosure request', {
    'How does this data avert it?': 'Its last address narrows the search to one bay.',
    'Why is ordinary process too slow?': 'No court sits before the morning.',
  });
  const call = {
    'How it was tested': 'Call-back to an independently found number',
    'Where that was found': 'the coast guard\'s printed directory',
    'Who answered': 'Duty officer Lee', 'When': ago(1), 'Time zone': 'UTC', 'What it showed': 'Confirmed',
  };
  await test.step('the number in the request itself proves nothing', async () => {
    faults.expect(422);
    await open(second, `${at}/verify`);
    await fill(second, { ...call, 'Contact used': '+1 (555) 0150' });
    await second.getByRole('button', { name: 'Record the verification' }).click();
    await expect(second.getByText('This is the number that the request itself gives').first()).toBeVisible();
  });
  await verify(second, at, { ...call, 'Contact used': '+1 555 0199' });
  await submit(second, at);
  await decide(manager, at, {
    'Verdict': 'Approve', 'First day of the data': day(-1), 'Last day of the data': day(0),
  });
  await disclose(second, at, { 'IP history': 'Produced' });
  await open(reviewer, '/cases');
  await expect(reviewer.getByText(/not been reviewed/).first()).toBeVisible();
  await take(reviewer, at, 'review', {
    'Was the release right?': 'Upheld: the release was right', 'Why': 'The danger was plain.',
  }, 'Record the review');
  await take(second, at, 'process', {
    'Did formal process arrive?': 'No', 'Which, or what was done': 'The prosecutor on duty was reminded.',
  }, 'Record it');
});

test('a gagged warrant tells nobody while the gag runs, and contents take two managers', async ({ signIn, faults }) => {
  const [staff, second] = [await signIn('staff'), await signIn('secondStaff')];
  const [manager, other] = [await signIn('manager'), await signIn('secondManager')];
  const at = await prepared(staff, second, {}, ['Recorded communications'], ['Legal directive', 'Search warrant', {
    ...SOUND, 'Court': 'Harbor County Court', 'Signed by a judge?': 'Yes', 'Does it find probable cause?': 'Yes',
    'Accounts it names': 'jane.roe@example.org', 'Date range the order covers': 'February 2026', 'Execute by': day(20),
  }]);
  const until = day(60); // once: the journey may be made over midnight
  await take(staff, at, 'gag', {
    'Basis': '18 USC 2705(b), order of the same court', 'First day': day(-2), 'Last day': until,
  }, 'Record the order');
  await submit(staff, at);
  await decide(manager, at, { Verdict: 'Approve' });
  await test.step('one manager alone discloses no contents', async () => {
    faults.expect(409);
    await open(staff, `${at}/disclose`);
    await expect(staff.getByText('a second, different manager must agree')).toBeVisible();
  });
  await take(other, at, 'review', {
    'Should these contents be disclosed?': 'Upheld: the release was right', 'Why': 'One account, one month.',
  }, 'Record the review');
  await disclose(staff, at, { 'Recorded communications': 'Produced' });
  await open(staff, `${at}/notify`);
  await expect(staff.getByText(`until the end of ${until}`).first()).toBeVisible();
  await take(staff, at, 'lift', {
    'Last day it bound': day(-1), 'What ended it': 'The court vacated the order.',
  }, 'Record that it ended');
  await open(staff, `${at}/notify`);
  await fill(staff, { 'How': 'Sent elsewhere, recorded here' });
  await take(staff, at, 'notify', {
    'How': 'Sent elsewhere, recorded here', 'Address it goes to': 'jane.roe@example.org', 'Sent': ago(1), 'Time zone': 'UTC',
    'What the subject is told': 'A court ordered us to disclose messages of your account.',
  }, 'Tell the subject');
});

test('a preservation order is held, renewed, converted and released', async ({ signIn }) => {
  const [staff, second, manager] = [await signIn('staff'), await signIn('secondStaff'), await signIn('manager')];
  const ours = {
    ...SOUND, 'Validating authority': 'issued by a court', 'File numbers': '17 Hv 3/26',
  };
  const at = await prepared(staff, second, { Country: 'Austria' }, ['IP history'],
    ['Legal directive', 'European Preservation Order (EPOC-PR)', ours]);
  await submit(staff, at);
  await decide(manager, at, { Verdict: 'Approve' });
  await take(staff, at, 'hold', {
    'Owner': 'Jo Lindqvist, storage', 'What is kept': 'Sign-in history of February.', 'Where it lies': 'cold copy two',
  }, 'Give the hold');
  await take(staff, at, 'renew', { 'Renewed by': 'Form 6 of 20 April' }, 'Record the renewal');
  const production = await prepared(staff, second, { Country: 'Austria' }, ['IP history'],
    ['Legal directive', 'European Production Order (EPOC)', { ...ours, 'Marked as an emergency?': 'No' }]);
  await open(staff, production);
  const number = (await staff.getByRole('heading', { level: 1 }).innerText()).match(/DD-\d{4}-\d{5}/)[0];
  await take(staff, at, 'convert', { 'The case that asks for production': number }, 'Convert the hold');
  await expect(staff.getByRole('main')).toContainText(number);
  await take(staff, at, 'release', { 'Why the hold ends': 'Everything went out with the production.' }, 'Release the hold');
});

test('requests that reach nothing of ours are answered without disclosure', async ({ signIn }) => {
  const [staff, second, manager] = [await signIn('staff'), await signIn('secondStaff'), await signIn('manager')];
  await test.step('a civil subpoena asks for contents', async () => {
    const at = await prepared(staff, second, { 'Kind of requester': 'Attorney' }, ['Recorded communications'],
      ['Legal directive', 'Civil subpoena', {
        ...SOUND, 'Court': 'Harbor County Court', 'Parties': 'Roe v. Poe', 'Issuing attorney': 'Lee Chen',
        'How and when was it served?': 'In person, yesterday', 'Was the subject told, with a window to object?': 'Yes',
      }]);
    await submit(staff, at);
    await decide(manager, at, { ...refused, Reason: 'Instrument insufficient for category', Why: 'No civil subpoena reaches contents.' });
  });
  await test.step('a foreign authority asks directly', async () => {
    const at = await prepared(staff, second, { Country: 'Norway' }, ['E-mail address'],
      ['Legal directive', 'Foreign direct request', { ...SOUND, 'Requesting state': 'Norway' }]);
    await submit(staff, at);
    await decide(manager, at, { ...refused, Reason: 'Foreign: use mutual legal assistance', Why: 'Please use mutual legal assistance.' });
  });
  for (const [what, holding, reason] of [
    ['a public forum post', 'Public or not ours', 'Already public'],
    ['a client\'s visitors', 'The client\'s: redirected', 'Redirect to the client'],
  ]) {
    await test.step(what, async () => {
      const at = await prepared(staff, second, {}, ['Visit logs'], ['Legal directive', 'Court order, 18 USC 2703(d)', {
        ...SOUND, 'Court': 'Harbor County Court', 'Judge': 'Ruth Adeyemi',
        'Does it find specific and articulable facts?': 'Yes', 'Date range the order covers': 'February 2026',
      }]);
      await take(staff, at, 'search', { 'Visit logs': holding }, 'Record what is held');
      await submit(staff, at);
      await decide(manager, at, { ...refused, Reason: reason, Why: 'It is not ours to disclose.' });
    });
  }
});

test('an informal request is refused as it stands, and nothing is made up for it', async ({ signIn }) => {
  const [staff, manager] = [await signIn('staff'), await signIn('manager')];
  const at = await file(staff, { 'Legal basis they cite': 'none cited' }, ['E-mail address']);
  await open(staff, at);
  await staff.getByRole('link', { name: 'Put it before a manager for refusal' }).click();
  await fill(staff, { 'Why it should be refused as it stands': 'A letter that names no legal process.' });
  await staff.getByRole('button', { name: 'Put before a manager for refusal' }).click();
  await expect(staff).toHaveURL(/done=submit/);
  await open(manager, `${at}/decide`);
  const proposed = manager.locator('section', { has: manager.getByRole('heading', { name: 'Put before you for refusal' }) });
  await expect(proposed).toContainText('A letter that names no legal process.');
  await decide(manager, at, { ...refused, Reason: 'No legal process', Why: 'Please serve us with an order.' });
  await expect(manager.getByRole('main')).toContainText('No legal process');
});

test('where nobody is told, the desk says why, and puts a notice off only to a day', async ({ signIn, faults }) => {
  const staff = await signIn('staff');
  const at = await file(staff, {}, ['E-mail address']);
  await open(staff, `${at}/untold`);
  await fill(staff, {
    'Why the subject is not told': 'Delayed: telling would endanger someone',
    'What speaks against telling them': 'She hides from him, and he reads the account.',
  });
  await test.step('a delay without an end is no delay', async () => {
    faults.expect(422);
    await staff.getByRole('button', { name: 'Record it' }).click();
    await expect(staff.getByText('Say until when the notice is put off').first()).toBeVisible();
    await expect(staff.getByLabel('What speaks against telling them')).toHaveValue(/She hides from him/);
  });
  const until = day(30);
  await fill(staff, { 'Put off until': until });
  await staff.getByRole('button', { name: 'Record it' }).click();
  await expect(staff).toHaveURL(/done=untold/);
  await expect(staff.getByText(`Put off until the end of ${until}`).first()).toBeVisible();
});
