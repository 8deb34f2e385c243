import { defineConfig } from '@playwright/test';
import { findBrowser } from '../scripts/lib/browser.mjs';
import type { ProjectOptions } from './support/fixtures.js';

const browser = await findBrowser();
if (browser === undefined) throw new Error('no Chromium found: run npm test, or set MEERKAT_TEST_BROWSER');

const args = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--no-first-run',
  '--no-pings',
  // A journey that needs the internet is broken, and a browser that calls home is noise.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.localhost, EXCLUDE 127.0.0.1',
];
// Chromium's sandbox does not run as root, which a container usually is.
if (process.getuid?.() === 0) args.push('--no-sandbox');

export default defineConfig<ProjectOptions>({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  workers: 2,
  // A guard against what hangs, not a measure: a busy machine is several times slower than an idle one.
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  // What is in conditions/ runs under each of them (support/host-page.ts), the rest once.
  projects: [
    { name: 'plain' },
    { name: 'strict-csp', testDir: './conditions', use: { conditions: 'strict-csp' } },
    { name: 'sandboxed', testDir: './conditions', use: { conditions: 'sandboxed' } },
  ],
  use: {
    browserName: 'chromium',
    launchOptions: { executablePath: browser, args },
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    locale: 'en-GB',
    timezoneId: 'UTC',
  },
});
