import { createHash, generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, lookOver, open, test } from '../scene.mjs';
import { downloaded, fill, prove } from '../steps.mjs';

/** A witness's key as others write it: name, key id, kind and key. Source: C2SP tlog-cosignature. */
function witness(name) {
  const raw = generateKeyPairSync('ed25519').publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  const key = Buffer.concat([Buffer.from([4]), raw]);
  const id = createHash('sha256').update(`${name}\n`).update(key).digest('hex').slice(0, 8);
  return `${name}+${id}+${key.toString('base64')}`;
}

async function press(page, button) {
  await prove(page);
  await page.getByRole('button', { name: button }).click();
}

test('the ledger says who watches it, and gives a checkpoint to keep', async ({ signIn }) => {
  const auditor = await signIn('auditor');
  await open(auditor, '/ledger');
  const head = auditor.getByRole('region', { name: 'Head of the ledger' });
  await expect(head).toContainText('Nobody watches this ledger from outside.');
  const key = await head.locator('.key').first().innerText();
  expect(key).toMatch(/^disclosure-desk\/[0-9a-f]+\+[0-9a-f]{8}\+[\w+/=]+$/);

  await head.getByText('Keep a checkpoint yourself').click();
  const kept = await downloaded(auditor, head.getByRole('link', { name: 'Download the checkpoint' }));
  const [origin, size, root, blank, signature] = readFileSync(kept.path, 'utf8').split('\n');
  expect(key.startsWith(`${origin}+`)).toBe(true);
  expect(blank).toBe('');
  expect(Buffer.from(root, 'base64')).toHaveLength(32);
  expect(signature).toMatch(new RegExp(`^\u2014 ${origin} `));

  await head.getByLabel('Size of the checkpoint you kept').fill(size);
  const proof = await downloaded(auditor, head.getByRole('button', { name: 'Download the proof' }));
  expect(readFileSync(proof.path, 'utf8')).toMatch(new RegExp(`^disclosure-desk/consistency/v1\norigin ${origin}\nfrom ${size}\n`));
  await expect(auditor.getByRole('link', { name: 'Name a witness' })).toHaveCount(0);
});

test('a witness is named and dismissed, and the ledger is served to everybody only while it is open', async ({ signIn, stranger, faults }) => {
  faults.expect(404);
  faults.expect(422);
  const administrator = await signIn('administrator');
  await open(administrator, '/ledger');
  await administrator.getByRole('link', { name: 'Name a witness' }).click();

  await fill(administrator, { 'Key of the witness': 'not a key' });
  await press(administrator, 'Name the witness');
  await expect(administrator.getByRole('alert').filter({ hasText: 'This is not a witness\'s key.' })).toBeVisible();
  const key = witness('harbor.example/witness');
  await fill(administrator, { 'Key of the witness': key });
  await press(administrator, 'Name the witness');
  await expect(administrator.getByRole('status').filter({ hasText: 'From now on the desk takes' })).toBeVisible();
  const row = administrator.getByRole('row', { name: 'harbor.example/witness' });
  await expect(row).toContainText('nothing yet');
  await lookOver(administrator);

  await open(administrator, '/ledger');
  await expect(administrator.getByRole('region', { name: 'Head of the ledger' })).toContainText('has cosigned nothing yet');

  await open(administrator, '/witnesses');
  await row.getByRole('link', { name: 'Dismiss' }).click();
  await expect(administrator.getByLabel('Key of the witness')).toHaveValue(key);
  await press(administrator, 'Dismiss this witness');
  await expect(row).toHaveCount(0);

  expect((await stranger.goto('/log/checkpoint')).status()).toBe(404);
  await press(administrator, 'Serve the ledger to everybody');
  await expect(administrator.getByText('The ledger is served to everybody now')).toBeVisible();
  const shown = await stranger.request.get('/log/checkpoint');
  expect(shown.status()).toBe(200);
  expect(await shown.text()).toMatch(/^disclosure-desk\//);
  await press(administrator, 'Stop serving the ledger');
  expect((await stranger.goto('/log/checkpoint')).status()).toBe(404);
});
