import { courtOrder, scan } from '../papers.mjs';
import { expect, open, test } from '../scene.mjs';
import { attach, classifyAsOrder, close, disclose, downloaded, fill, file, prove, submit, textOf, verify } from '../steps.mjs';

test('a court order is filed, weighed, granted in part, disclosed, recorded and closed', async ({ signIn }) => {
  const staff = await signIn('staff');
  const categories = ['Contact information', 'E-mail address', 'Recorded communications'];
  const at = await file(staff, {}, categories);
  await expect(staff.getByRole('status').filter({ hasText: 'The request was filed.' })).toBeVisible();
  const number = (await staff.getByRole('heading', { level: 1 }).innerText()).match(/DD-\d{4}-\d{5}/)[0];

  await classifyAsOrder(staff, at, {}, ['Contact information', 'E-mail address']);
  const scope = staff.getByRole('table', { name: /Scope/ });
  await expect(scope.getByRole('row', { name: /Recorded communications/ }))
    .toContainText('this one does not name recorded communications.');

  const order = courtOrder('order HC-26-0042.pdf', `Order in case ${number}`);
  await attach(staff, at, [order, scan('envelope.png')]);
  const orders = staff.getByRole('region', { name: 'Orders' });
  await expect(orders.getByRole('link', { name: 'order HC-26-0042.pdf' })).toBeVisible();
  await expect(orders.getByText('image/png')).toBeVisible();
  const again = await downloaded(staff, orders.getByRole('link', { name: 'order HC-26-0042.pdf' }));
  expect(again.bytes.equals(order.buffer), 'an order comes back as it was sent').toBe(true);

  const second = await signIn('secondStaff');
  await verify(second, at);
  await submit(second, at);
  await expect(second.getByText('Awaits', { exact: true })).toBeVisible();

  const manager = await signIn('manager');
  await open(manager, `${at}/decide`);
  await fill(manager, { Verdict: 'Approve in part' });
  for (const granted of ['Contact information', 'E-mail address']) {
    await manager.getByRole('group', { name: granted }).getByLabel('Grant').check();
  }
  const refused = manager.getByRole('group', { name: 'Recorded communications' });
  await expect(refused.getByLabel('Refuse'), 'what the order does not reach stands refused').toBeChecked();
  await expect(refused.getByLabel('Reason')).toHaveValue('instrument_insufficient');
  await prove(manager);
  await manager.getByRole('button', { name: 'Record the decision' }).click();
  await expect(manager).toHaveURL(/done=decide/);
  await expect(manager.getByRole('region', { name: 'Decisions' })).toContainText('Approved in part');

  await disclose(staff, at, { 'Contact information': 'Produced', 'E-mail address': 'Produced' });
  await expect(staff.getByRole('region', { name: 'Disclosures' })).toContainText('Olivia Chen, Harbor County Court');

  const auditor = await signIn('auditor');
  await open(auditor, at);
  const record = await downloaded(auditor, auditor.getByRole('link', { name: 'Download the record (PDF)' }));
  expect(record.name).toBe(`${number}.pdf`);
  expect(record.bytes.subarray(0, 5).toString()).toBe('%PDF-');
  expect(record.bytes.length).toBeGreaterThan(20_000);
  const text = textOf(record.path);
  for (const told of [number, 'Olivia Chen', 'Recorded communications', 'order HC-26-0042.pdf']) {
    expect(text, 'the record tells it').toContain(told);
  }

  await open(auditor, '/cases');
  for (const box of (await auditor.getByRole('checkbox', { name: /^Choose DD-/ }).all()).slice(0, 3)) await box.check();
  const archive = await downloaded(auditor, auditor.getByRole('button', { name: /Download the records/ }));
  expect(archive.name).toBe('disclosure-records-3.zip');
  expect(archive.bytes.subarray(0, 4).toString('latin1')).toBe('PK\x03\x04');

  await close(staff, at, {
    'Was the subject told?': 'Told after disclosure',
    'When the subject was told, or why not': 'By letter, the day after.',
  });
  await expect(staff.getByText('The case has come to: Produced in part.')).toBeVisible();
  await expect(staff.getByRole('region', { name: 'What happened' })).toContainText('Carla Ruiz');
});
