import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import { password } from './people.mjs';

/** A port nobody listens on, from the system. */
const freePort = () => new Promise((resolve, reject) => {
  const probe = createServer().once('error', reject).listen(0, '127.0.0.1', () => {
    const { port } = probe.address();
    probe.close(() => resolve(port));
  });
});

// Every worker reads this file again; the desk, its port and its folder are chosen once.
process.env.DESK_PORT ??= String(await freePort());
process.env.DESK_FOLDER ??= mkdtempSync(join(tmpdir(), 'desk-end2end-'));
const address = `127.0.0.1:${process.env.DESK_PORT}`;
// Another build of the desk, such as a release, is tried by its path.
const desk = process.env.DESK_BINARY ?? 'target/debug/disclosure-desk';
const log = join(import.meta.dirname, 'desk.log');

export default defineConfig({
  testDir: './journeys',
  timeout: 120_000,
  forbidOnly: !!process.env.CI,
  // All journeys work at one desk, and each is to be read in its log without another's lines.
  workers: 1,
  reporter: [['list']],
  globalTeardown: './clear.mjs',
  use: {
    actionTimeout: 10_000,
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
    timeout: 60_000,
    gracefulShutdown: { signal: 'SIGINT', timeout: 5_000 },
    env: {
      DESK_LISTEN: address,
      DESK_TRY_PASSWORD: password,
      DESK_DATA: process.env.DESK_FOLDER,
    },
  },
});
