import { courtOrder } from '../papers.mjs';
import { expect, open, test } from '../scene.mjs';
import { attach, classifyAsOrder, decide, fill, file, submit, verify } from '../steps.mjs';

test('a case is returned, mended and then approved; its first decision stays', async ({ signIn, withScript }) => {
  const staff = await signIn('staff');
  const at = await file(staff, { 'Identifier 1': 'jane.ro@example.org' }, ['E-mail address']);
  await classifyAsOrder(staff, at, {}, ['E-mail address']);
  await attach(staff, at, [courtOrder('order.pdf', `Returned, ${withScript}`)]);
  await verify(await signIn('secondStaff'), at);
  await submit(staff, at);

  const manager = await signIn('manager');
  const missing = 'The order names jane.roe@example.org; the request another address.';
  await decide(manager, at, { 'Verdict': 'Return for information', 'What is missing': missing });

  await open(staff, at);
  await expect(staff.getByRole('region', { name: 'Decisions' })).toContainText(missing);
  await open(staff, `${at}/edit`);
  await fill(staff, { 'Identifier 1': 'jane.roe@example.org' });
  await staff.getByRole('button', { name: 'Mend the request' }).click();
  await expect(staff.getByRole('status').filter({ hasText: 'The request was mended.' })).toBeVisible();
  await submit(staff, at);

  await decide(manager, at, { Verdict: 'Approve' });
  const decisions = manager.getByRole('region', { name: 'Decisions' });
  await expect(decisions.getByRole('heading', { level: 3 })).toHaveText([/^Approved/, /^Returned for information\s+earlier/]);
  await expect(decisions).toContainText(missing);
});
