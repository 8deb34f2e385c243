import { defineConfig } from '@playwright/test';
import { findBrowser } from '../../../../scripts/lib/browser.mjs';

const browser = await findBrowser();
if (browser === undefined) throw new Error('no Chromium found: run npm test, or set MEERKAT_TEST_BROWSER');

/** Every story of the static build, in a browser. Build it first: `npm run build-storybook`. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: '../../test-results',
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  workers: 2,
  // A guard against what hangs, not a measure.
  timeout: 60_000,
  use: {
    browserName: 'chromium',
    launchOptions: {
      executablePath: browser,
      // Chromium's sandbox does not run as root, which a container usually is.
      args: ['--no-first-run', '--no-pings', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
    },
    locale: 'en-GB',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
    screenshot: 'only-on-failure',
  },
});
