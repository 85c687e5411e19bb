import { expect, lookOver, open, test } from '../scene.mjs';

test('a stranger is met by the sign-in page and nothing else', async ({ page }) => {
  for (const path of ['/', '/cases', '/ledger', '/members']) {
    await open(page, path);
    await expect(page, path).toHaveURL(/\/sign-in/);
  }
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
  await lookOver(page);
});

test('whoever holds a record may verify it, without an account', async ({ page, withScript }) => {
  await open(page, '/sign-in');
  await page.getByRole('link', { name: 'Verify it here' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Verify a record');
  await expect(page.getByText('disclosure-desk verify record.pdf')).toBeVisible();
  if (withScript) await expect(page.getByRole('status')).toHaveText('Ready. From here on this page needs no network.');
  else await expect(page.getByText('Checking inside the page needs JavaScript.')).toBeVisible();
  await expect(page.getByLabel('The record')).toBeVisible({ visible: withScript });
  await lookOver(page);
});

test('the sign-in page is sent with a strict policy', async ({ page }) => {
  const headers = (await open(page, '/sign-in')).headers();
  const policy = headers['content-security-policy'];
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).toMatch(/script-src 'nonce-[\w+/=-]+'/);
  expect(policy).not.toContain("'unsafe-inline'");
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect(headers['cache-control']).toContain('no-store');
});
