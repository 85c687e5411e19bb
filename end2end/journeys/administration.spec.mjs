import { password } from '../people.mjs';
import { enter, expect, open, test } from '../scene.mjs';
import { fill, prove } from '../steps.mjs';

/** Sends the form that has this button. */
async function send(page, button, typed) {
  const does = page.getByRole('button', { name: button, exact: true });
  const form = page.locator('form').filter({ has: does });
  await fill(form, typed);
  await prove(form);
  await does.click();
}

/** The password that the page shows this once. */
async function shownOnce(page) {
  const once = page.getByRole('status').filter({ hasText: 'One-time password' });
  const secret = await once.locator('code').innerText();
  expect(secret.length).toBeGreaterThanOrEqual(12);
  await page.goto(page.url());
  await expect(once).toHaveCount(0);
  return secret;
}

/** Signs in with a password that somebody else knows, and chooses another. */
async function choose(page, name, given, chosen) {
  await enter(page, name, given);
  await expect(page.getByText('Your password was set by an administrator.')).toBeVisible();
  await page.goto('/cases');
  await expect(page, 'no other page opens before').toHaveURL(/\/account/);
  await send(page, 'Change the password', {
    'Current password': given, 'New password': chosen, 'New password, once more': chosen,
  });
  await expect(page.getByRole('status').filter({ hasText: 'Your password was changed' })).toBeVisible();
}

test('a member is added, comes in, changes role, is shut out and comes back', async ({ signIn, stranger, withScript, faults }) => {
  const [name, signsIn] = withScript ? ['Ida Quist', 'ida@desk.example'] : ['Jon Vey', 'jon@desk.example'];
  const administrator = await signIn('administrator');
  await open(administrator, '/members');
  await send(administrator, 'Add the member', { 'Name': name, 'Sign-in name': signsIn, 'Role': 'Legal staff' });
  const first = await shownOnce(administrator);
  await choose(stranger, signsIn, first, password);
  await open(stranger, '/');
  await expect(stranger.getByRole('heading', { level: 1 })).toHaveText('Cases that await legal staff');

  await administrator.getByRole('link', { name }).click();
  const at = new URL(administrator.url()).pathname;
  await send(administrator, 'Change the role', { Role: 'Auditor' });
  await expect(administrator.getByRole('status').filter({ hasText: 'Changed.' })).toBeVisible();
  await open(stranger, '/cases');
  await expect(stranger, 'another role is another session').toHaveURL(/sign-in/);
  await enter(stranger, signsIn, password);
  await expect(stranger.getByRole('banner')).toContainText('Auditor');

  await open(administrator, at);
  await send(administrator, 'Disable', {});
  await open(stranger, '/cases');
  await expect(stranger).toHaveURL(/sign-in/);
  faults.expect(422);
  await fill(stranger, { 'Sign-in name': signsIn, 'Password': password });
  await stranger.getByRole('button', { name: 'Sign in' }).click();
  await expect(stranger.getByRole('link', { name: 'This name and password do not go together.' })).toBeVisible();

  await open(administrator, at);
  await send(administrator, 'Enable', {});
  await open(administrator, at);
  await send(administrator, 'Reset the password', {});
  const second = await shownOnce(administrator);
  await choose(stranger, signsIn, second, `${password} again`);
});

test('a member ends the sessions they left open elsewhere', async ({ stranger, signIn, browser, faults, withScript }) => {
  const signsIn = withScript ? 'kim@desk.example' : 'lou@desk.example';
  const administrator = await signIn('administrator');
  await open(administrator, '/members');
  await send(administrator, 'Add the member', { 'Name': 'Kim Lou', 'Sign-in name': signsIn, 'Role': 'Legal staff' });
  await choose(stranger, signsIn, await shownOnce(administrator), password);

  const elsewhere = await browser.newContext();
  faults.watch(elsewhere);
  const left = await elsewhere.newPage();
  await enter(left, signsIn, password);
  await open(stranger, '/account');
  const sessions = stranger.getByRole('table', { name: /^Sessions/ }).getByRole('row');
  await expect(sessions, 'a head and two sessions').toHaveCount(3);
  await stranger.getByRole('button', { name: 'End', exact: true }).click();
  await expect(stranger.getByRole('status').filter({ hasText: 'The session was ended.' })).toBeVisible();
  await expect(sessions).toHaveCount(2);
  await open(left, '/cases');
  await expect(left).toHaveURL(/sign-in/);
  await elsewhere.close();
});

test('a policy version is published and shown against the one before', async ({ signIn }) => {
  const administrator = await signIn('administrator');
  await open(administrator, '/policy');
  const newest = await administrator.getByRole('main').locator('time').first().getAttribute('datetime');
  const next = new Date(Math.max(Date.parse(newest), Date.now()) + 86_400_000).toISOString().slice(0, 10);
  const told = `We may disclose information in an emergency. Since ${next} a second manager reviews it.`;
  await send(administrator, 'Publish', { 'In force from': next, 'Emergency': told });
  await expect(administrator.getByRole('status').filter({ hasText: 'The policy version was published.' })).toBeVisible();
  const changes = administrator.getByRole('region', { name: /^From version/ });
  // Only the words that differ are marked: of a date, perhaps its day alone.
  await expect(changes.locator('ins').first()).toBeVisible();
  await expect(changes).toContainText('a second manager reviews it');
  await expect(changes.locator('del').first()).toBeVisible();
});

test('the organisation is named, and every page says so', async ({ signIn, withScript }) => {
  const administrator = await signIn('administrator');
  await open(administrator, '/organisation');
  const name = `Example Web ${withScript ? 'Group' : 'Holding'} Ltd.`;
  await send(administrator, 'Name the organisation', { Name: name });
  await expect(administrator.getByRole('status').filter({ hasText: 'The organisation was named.' })).toBeVisible();
  const staff = await signIn('staff');
  await open(staff, '/cases');
  await expect(staff.getByRole('banner')).toContainText(name);
});
