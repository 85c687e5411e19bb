import { expect, open, test } from '../scene.mjs';
import { decide, fill, file, submit, verify } from '../steps.mjs';

test('a claim of our own is weighed like any other, and denied with reasons', async ({ signIn }) => {
  const staff = await signIn('staff');
  const at = await file(staff, {
    'Kind of requester': 'Our own company',
    'Authority, firm or company': 'Example Web Ltd.',
    'Person who asks': 'Greta Holm',
    'How the request came in': 'From within the company',
    'What they ask for': 'Messages of a customer who disputes an invoice.',
    'Legal basis they cite': 'none cited',
  }, ['Visit logs', 'Recorded communications']);
  await open(staff, `${at}/classify`);
  await staff.getByLabel(/^Rights or property/).check();
  await fill(staff, {
    'Instrument': 'The company\'s own claim',
    'Which right or property of the company is to be protected?': 'Payment of invoice 2026-0114.',
    'Why is disclosure reasonably necessary to protect it?': 'The customer says nothing was delivered.',
    'Why will a lesser disclosure, or another means, not do?': 'Not weighed yet.',
    'Who is to receive the data?': 'Ashford Collections',
    'Who is harmed or claims?': 'Greta Holm',
    'The claim': 'EUR 310, disputed, not in court.',
    'Counsel\'s name': 'none instructed',
  });
  await staff.getByRole('button', { name: 'Classify the case' }).click();
  await expect(staff).toHaveURL(/done=classify/);
  const second = await signIn('secondStaff');
  await verify(second, at, { 'How it was tested': 'Counsel or officer known to us, confirmed by a second channel' });
  await submit(staff, at);

  const manager = await signIn('secondManager');
  await open(manager, `${at}/decide`);
  await fill(manager, { Verdict: 'Approve' });
  await expect(manager.getByLabel('I am not the person harmed or claiming')).toBeVisible();
  await decide(manager, at, {
    Verdict: 'Deny',
    Reason: 'Not reasonably necessary',
    Why: 'A debt of this size is claimed with the invoice and the contract.',
  });
  const decisions = manager.getByRole('region', { name: 'Decisions' });
  await expect(decisions).toContainText('Denied');
  await expect(decisions).toContainText('Not reasonably necessary');
  await expect(decisions).toContainText('A debt of this size');
});
