import { randomInt } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import { password } from './people.mjs';

/** Whether nobody listens on a port. */
const isFree = port => new Promise(resolve => {
  const probe = createServer().once('error', () => resolve(false));
  probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
});

/** A port nobody listens on. From 32768 on the system gives them to whoever connects anywhere, and
 *  might give ours away before the desk has it. */
async function freePort() {
  for (;;) {
    const port = randomInt(20_000, 32_000);
    if (await isFree(port)) return port;
  }
}

// Every worker reads this file again; the desk, its port and its folder are chosen once.
process.env.DESK_PORT ??= String(await freePort());
process.env.DESK_FOLDER ??= mkdtempSync(join(tmpdir(), 'desk-end2end-'));
const address = `127.0.0.1:${process.env.DESK_PORT}`;
// Another build of the desk, such as a release, is tried by its path.
const desk = process.env.DESK_BINARY ?? 'target/debug/disclosure-desk';
const log = join(import.meta.dirname, 'desk.log');

export default defineConfig({
  testDir: './journeys',
  // How long something may take is not what is tried here, and the machine may be a slow one.
  timeout: 600_000,
  expect: { timeout: 30_000 },
  forbidOnly: !!process.env.CI,
  // All journeys work at one desk, and each is to be read in its log without another's lines.
  workers: 1,
  reporter: [['list']],
  globalTeardown: './clear.mjs',
  use: {
    actionTimeout: 60_000,
    // The name, not the number: cookies marked Secure are kept for it without TLS.
    baseURL: `http://localhost:${process.env.DESK_PORT}`,
    locale: 'en-GB',
    timezoneId: 'UTC',
    viewport: { width: 1280, height: 900 },
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
      args: [
        '--no-sandbox', // Chromium's own sandbox does not start as root
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'script' },
    { name: 'no-script', use: { javaScriptEnabled: false }, testIgnore: '**/script.spec.mjs' },
  ],
  webServer: {
    command: `exec ${desk} try > ${log} 2>&1`,
    cwd: join(import.meta.dirname, '..'),
    url: `http://${address}/readyz`,
    reuseExistingServer: false,
    timeout: 300_000,
    gracefulShutdown: { signal: 'SIGINT', timeout: 5_000 },
    env: {
      DESK_LISTEN: address,
      DESK_TRY_PASSWORD: password,
      DESK_DATA: process.env.DESK_FOLDER,
    },
  },
});
