import { password, people } from '../people.mjs';
import { courtOrder, program } from '../papers.mjs';
import { enter, expect, open, test } from '../scene.mjs';
import { ago, attach, classifyAsOrder, file, fill, find, prove, submit, type, verify } from '../steps.mjs';

/** A form came back: each fault of the summary leads to a field that is marked and says the same. */
async function returned(page, ...said) {
  const summary = page.getByRole('alert').filter({ hasText: 'mending' });
  await expect(summary).toBeVisible();
  const links = await summary.getByRole('link').all();
  expect(links.length).toBeGreaterThan(0);
  for (const link of links) {
    const id = (await link.getAttribute('href')).slice(1);
    const says = await link.innerText();
    const field = page.locator(`[id="${id}"]`);
    await expect(field, `the field of “${says}”`).toHaveCount(1);
    const told = await field.evaluate(describes);
    expect(told, 'whoever comes to the field, or its group, is told the fault').toContain(says);
  }
  for (const one of said) await expect(summary.getByRole('link', { name: one }).first()).toBeVisible();
  await links[0].click();
  const first = (await links[0].getAttribute('href')).slice(1);
  await expect(page.locator(`[id="${first}"]`), 'a fault\'s link puts one into its field').toBeFocused();
}

/** The words that a field and the groups around it are described by. */
function describes(field) {
  const told = [];
  for (let part = field; part; part = part.parentElement) {
    // A description counts where there is a role to describe.
    if (part !== field && !part.matches('fieldset, [role]')) continue;
    for (const id of (part.getAttribute('aria-describedby') ?? '').split(' ')) {
      if (id) told.push(document.getElementById(id).innerText);
    }
  }
  return told;
}

test('a request that cannot be filed comes back as it was typed', async ({ signIn, faults }) => {
  faults.expect(422);
  const staff = await signIn('staff');
  await open(staff, '/cases/new');
  await fill(staff, {
    'Authority, firm or company': 'Court of “Mistakes” & <Errors>',
    'Official e-mail': 'not an address',
    'Received': ago(-600),
    'Time zone': 'Mars/Olympus',
    'What they ask for': 'Two lines,\nkept as two.',
    'Identifier 1': 'nobody at nowhere',
  });
  await staff.getByRole('button', { name: 'File the request' }).click();
  await returned(
    staff,
    'Say what kind of requester asks.',
    'Tick at least one category of data.',
    'This is not an e-mail address.',
    /^No time zone has this name/,
  );
  await expect(staff.getByLabel('Authority, firm or company')).toHaveValue('Court of “Mistakes” & <Errors>');
  await expect(staff.getByLabel('What they ask for')).toHaveValue('Two lines,\nkept as two.');
  await expect(staff.getByLabel('Identifier 1', { exact: true })).toHaveValue('nobody at nowhere');
  await expect(staff.getByLabel('Time zone')).toHaveValue('Mars/Olympus');
});

/** Forms of staff: where, what is typed amiss, the button, and what is said. */
const STAFF = [
  ['Polícia da Costa', 'classify', {}, 'Classify the case', ['Choose exactly one ground.', 'Choose the instrument.']],
  ['Polícia da Costa', 'verify', { 'Contact used': '+1 555 0100', 'When': ago(-90), 'Time zone': 'UTC' },
    'Record the verification', ['Say how the requester was verified.', /^This lies in the future/]],
  ['Polícia da Costa', 'attach', {}, 'Attach', ['Choose at least one file.']],
  ['Polícia da Costa', 'withdraw', {}, 'Withdraw the case', []],
  ['26-CV-1120', 'strike', { 'Why it does not belong here': 'It is another case\'s.' }, 'Strike the order', []],
  ['WV 26 551', 'disclose', { 'What was sent': 'A file.', 'SHA-256 of what was sent': 'xyz' },
    'Record the disclosure', ['Say how it was sent.']],
  ['LPD-26-0388', 'close', { 'Was the subject told?': 'Not required' },
    'Close the case', ['Say why the subject was not told.']],
  ['GJ-26-0317', 'reopen', {}, 'Reopen the case', []],
];

test('every form of legal staff says what is wrong with it, and keeps what was typed', async ({ signIn, faults }) => {
  faults.expect(422);
  const staff = await signIn('secondStaff');
  for (const [words, step, typed, button, said] of STAFF) {
    await test.step(step, async () => {
      await open(staff, `${await find(staff, words)}/${step}`);
      await fill(staff, typed);
      await staff.getByRole('button', { name: button, exact: true }).click();
      await returned(staff, ...said);
      for (const [label, value] of Object.entries(typed)) {
        const field = staff.getByLabel(label, { exact: true });
        if (await field.count() === 1) await expect(field).toHaveValue(value);
      }
    });
  }
});

test('a manager\'s forms say what is wrong with them, and keep what was typed', async ({ signIn, faults }) => {
  faults.expect(422);
  const manager = await signIn('manager');
  await open(manager, `${await find(manager, '26-SW-0091')}/decide`);
  await fill(manager, { Verdict: 'Deny', Why: 'Because of what it lacks.' });
  await prove(manager);
  await manager.getByRole('button', { name: 'Record the decision' }).click();
  await returned(manager, 'Choose the reason for refusing this request.');
  await expect(manager.getByLabel('Deny', { exact: true })).toBeChecked();
  await expect(manager.getByLabel('Why', { exact: true }).filter({ visible: true })).toHaveValue('Because of what it lacks.');

  await fill(manager, { Verdict: 'Approve in part' });
  await prove(manager);
  await manager.getByRole('button', { name: 'Record the decision' }).click();
  await returned(manager, 'Grant or refuse e-mail address.');

  const second = await signIn('secondManager');
  await open(second, `${await find(second, 'MR-2217')}/review`);
  await fill(second, { Why: 'It was right.' });
  await prove(second);
  await second.getByRole('button', { name: 'Record the review' }).click();
  await returned(second, 'Say whether the release was right.');
  await expect(second.getByLabel('Why', { exact: true })).toHaveValue('It was right.');
});

test('an administrator\'s forms say what is wrong with them', async ({ signIn, faults }) => {
  faults.expect(422);
  const administrator = await signIn('administrator');
  const refused = async (address, typed, button, ...said) => {
    await open(administrator, address);
    await fill(administrator, typed);
    const form = administrator.locator('form').filter({ has: administrator.getByRole('button', { name: button, exact: true }) });
    await prove(form);
    await administrator.getByRole('button', { name: button, exact: true }).click();
    await returned(administrator, ...said);
  };
  await refused('/members', { Name: 'Nadia Hart' }, 'Add the member');
  await expect(administrator.getByLabel('Name', { exact: true })).toHaveValue('Nadia Hart');
  await refused('/members', { 'Name': 'Another Anna', 'Sign-in name': people.staff, 'Role': 'Auditor' }, 'Add the member');
  await administrator.getByRole('link', { name: 'Ben Okafor' }).click();
  await refused(new URL(administrator.url()).pathname, { Name: ' ' }, 'Rename');
  await refused('/policy', { 'In force from': '2025-01-01' }, 'Publish', /^The newest version is in force from/);
  await refused('/organisation', { Name: '' }, 'Name the organisation');
});

test('signing in and changing a password say what is wrong', async ({ stranger, signIn, faults }) => {
  faults.expect(422);
  await open(stranger, '/sign-in');
  await fill(stranger, { 'Sign-in name': people.staff, 'Password': 'not the password' });
  await stranger.getByRole('button', { name: 'Sign in' }).click();
  await returned(stranger, 'This name and password do not go together.');
  await expect(stranger.getByLabel('Sign-in name')).toHaveValue(people.staff);

  const staff = await signIn('staff');
  await open(staff, '/account');
  await fill(staff, { 'Current password': password, 'New password': 'short', 'New password, once more': 'short' });
  await staff.getByRole('button', { name: 'Change the password' }).click();
  await returned(staff);
  await open(staff, '/prove?next=%2Fcases');
  await fill(staff, { Password: 'not the password' });
  await staff.getByRole('button', { name: 'Go on' }).click();
  await returned(staff);
});

test('a file that is not what its name says is turned away', async ({ signIn, faults }) => {
  faults.expect(422);
  const staff = await signIn('staff');
  const at = await find(staff, 'Polícia da Costa');
  await open(staff, `${at}/attach`);
  await staff.getByLabel('Orders').setInputFiles([program('order.pdf')]);
  await staff.getByRole('button', { name: 'Attach' }).click();
  await expect(staff.getByRole('alert').filter({ hasText: '“order.pdf”' })).toBeVisible();
  await open(staff, at);
  await expect(staff.getByRole('region', { name: 'Orders' })).not.toContainText('order.pdf');
});

test('a decision on a case that changed meanwhile is told what changed', async ({ signIn, faults, withScript }) => {
  const staff = await signIn('staff');
  const at = await file(staff, {}, ['E-mail address']);
  await classifyAsOrder(staff, at, {}, ['E-mail address']);
  await attach(staff, at, [courtOrder('order.pdf', `Stale, ${withScript}`)]);
  await verify(staff, at);
  await submit(staff, at);

  const manager = await signIn('manager');
  await open(manager, `${at}/decide`);
  await fill(manager, { Verdict: 'Approve', Remarks: 'Weighed on the first paper.' });
  await prove(manager);
  await attach(staff, at, [courtOrder('second.pdf', `Stale, second, ${withScript}`)]);
  faults.expect(409);
  await manager.getByRole('button', { name: 'Record the decision' }).click();
  const told = manager.getByRole('alert').filter({ hasText: 'What changed meanwhile' });
  await expect(told.getByRole('listitem')).toContainText(['Anna Berg']);
  await expect(manager.getByLabel('Remarks')).toHaveValue('Weighed on the first paper.');
  await expect(manager.getByRole('link', { name: 'second.pdf' })).toBeVisible();

  await prove(manager);
  await manager.getByRole('button', { name: 'Record the decision' }).click();
  await expect(manager).toHaveURL(/done=decide/);
});

test('what was typed outlives the session', async ({ stranger, faults }) => {
  faults.expect(401);
  await enter(stranger, people.staff, password);
  await open(stranger, '/cases/new');
  await type(stranger, { Unit: 'Night desk' }, ['IP history']);
  await stranger.context().clearCookies();
  await stranger.getByRole('button', { name: 'File the request' }).click();
  await expect(stranger.getByText('Your session ended before this form was sent.')).toBeVisible();
  await fill(stranger, { 'Sign-in name': people.staff, 'Password': password });
  await stranger.getByRole('button', { name: 'Sign in' }).click();
  await expect(stranger.getByRole('alert').filter({ hasText: 'Nothing you typed is lost' })).toBeVisible();
  await expect(stranger.getByLabel(/^Unit/)).toHaveValue('Night desk');
  await expect(stranger.getByRole('checkbox', { name: 'IP history' })).toBeChecked();
  await stranger.getByRole('button', { name: 'File the request' }).click();
  await expect(stranger).toHaveURL(/done=file/);
});

test('an address that leads nowhere says so', async ({ signIn, faults }) => {
  faults.expect(404);
  const staff = await signIn('staff');
  for (const nowhere of ['/nothing', '/cases/rubbish', '/cases/00000000-0000-7000-8000-000000000000']) {
    expect((await open(staff, nowhere)).status(), nowhere).toBe(404);
    await expect(staff.getByRole('heading', { level: 1 })).toHaveText('Nothing here');
  }
});

test('an administrator sees no case', async ({ signIn, faults }) => {
  const staff = await signIn('staff');
  const at = await find(staff, 'GJ-26-0317');
  const administrator = await signIn('administrator');
  await open(administrator, '/');
  const places = administrator.getByRole('navigation', { name: 'Main' });
  await expect(places.getByRole('link', { name: 'Cases' })).toHaveCount(0);
  faults.expect(403);
  for (const shut of ['/cases', '/cases/new', at, `${at}/record.pdf`]) {
    expect((await open(administrator, shut)).status(), shut).toBe(403);
    await expect(administrator.getByRole('heading', { level: 1 })).toHaveText('Not yours to do');
    await expect(administrator.getByText('GJ-26-0317')).toHaveCount(0);
  }
});
