// Gets a browser where there is none: Debian's package for root, else Playwright's download.

import { existsSync } from 'node:fs';
import { findBrowser } from './browser.mjs';
import { NotReady } from './prepare.mjs';
import { run, say, seconds, tool } from './run.mjs';

export async function ensureBrowser() {
  const found = await findBrowser();
  if (found) return found;
  const start = performance.now();
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    say('installing chromium by apt-get …');
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update', '-qq'], { quiet: true, env });
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
      quiet: true,
      env,
    });
  } else {
    say('downloading a browser by Playwright …');
    await tool('@playwright/test/cli.js', ['install', 'chromium-headless-shell', 'chromium'], {
      quiet: true,
      timeout: 300_000,
    });
  }
  const installed = await findBrowser();
  if (!installed) {
    throw new NotReady(
      'no browser: install Chromium or Chrome, or name one by MEERKAT_TEST_BROWSER=/path/to/it.',
    );
  }
  say(`browser ready in ${seconds(start)}`);
  return installed;
}
