import { expect, open, test } from '../scene.mjs';
import { ago, close, day, decide, disclose, fill, file, review, submit, verify } from '../steps.mjs';

const ASKED = {
  'Kind of requester': 'Emergency service',
  'Authority, firm or company': 'Harbor Coast Rescue',
  'Person who asks': 'Sam Ortiz',
  'How the request came in': 'Telephone',
  'What they ask for': 'Where the account below was last used: its owner is missing at sea.',
  'Legal basis they cite': 'none cited',
};

const DANGER = {
  'Who is in danger?': 'Jane Roe, the owner of the account.',
  'Of what are they in danger?': 'Of drowning: her boat sent a distress signal and fell silent.',
  'By when?': 'within hours',
  'How does this data avert it?': 'Its last address narrows the search to one bay.',
  'Why is ordinary process too slow?': 'No court sits before the morning.',
};

const CALL_BACK = {
  'How it was tested': 'Call-back to an independently found number',
  'Contact used': '+1 555 0100',
  'Where that was found': 'the coast guard\'s printed directory',
  'Who answered': 'Duty officer Lee, who put Sam Ortiz on the line',
};

test('an emergency is called back, released by one manager and reviewed by another', async ({ signIn, faults }) => {
  const staff = await signIn('staff');
  const at = await file(staff, ASKED, ['IP history']);
  await open(staff, `${at}/classify`);
  await staff.getByLabel(/^Emergency/).check();
  await fill(staff, { Instrument: 'Emergency disclosure request', ...DANGER });
  await staff.getByRole('button', { name: 'Classify the case' }).click();
  await expect(staff).toHaveURL(/done=classify/);

  await test.step('whoever filed may not call back', async () => {
    faults.expect(403);
    await open(staff, `${at}/verify`);
    await expect(staff.getByText('You filed this emergency, so someone else must call the requester back.')).toBeVisible();
  });

  const second = await signIn('secondStaff');
  await verify(second, at, { ...CALL_BACK, When: ago(1) });
  await submit(second, at);

  const releaser = await signIn('manager');
  await decide(releaser, at, {
    'Verdict': 'Approve', 'First day of the data': day(-1), 'Last day of the data': day(0),
  });
  await disclose(second, at, { 'IP history': 'Produced' });

  await test.step('whoever released may not review, and the case does not close unreviewed', async () => {
    const refusal = 'Carla Ruiz approved this release and may not review it; a second, different manager must.';
    await open(releaser, at);
    await expect(releaser.getByRole('complementary', { name: 'Next step' })).toContainText(refusal);
    await open(releaser, `${at}/review`);
    await expect(releaser.getByText(refusal)).toBeVisible();
    faults.expect(409);
    await open(second, `${at}/close`);
    await expect(second.getByRole('heading', { level: 1 })).toHaveText('Not at this stage');
  });

  const reviewer = await signIn('secondManager');
  await open(reviewer, '/');
  await expect(reviewer.getByRole('row', { name: 'Harbor Coast Rescue' }).first()).toBeVisible();
  await review(reviewer, at, {
    'Was the release right?': 'Upheld: the release was right',
    'Why': 'The danger was real and the data narrowed the search.',
  });
  await expect(reviewer.getByRole('region', { name: 'Decisions' })).toContainText('Upheld');

  await close(staff, at, {
    'Was the subject told?': 'Delayed: telling would endanger someone', 'Delayed until': day(60),
    'When the subject was told, or why not': 'The search goes on; told once she is found.',
  });
  await expect(staff.getByText('The case has come to: Produced in full.')).toBeVisible();
});
