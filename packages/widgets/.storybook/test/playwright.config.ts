import { defineConfig } from '@playwright/test';
import { findBrowser } from '../../../../scripts/lib/browser.mjs';

const browser = await findBrowser();
if (browser === undefined) throw new Error('no Chromium found: run npm test, or set MEERKAT_TEST_BROWSER');

/** What would make two machines draw the same page differently. */
const SAME_PIXELS = [
  '--font-render-hinting=none',
  '--disable-font-subpixel-positioning',
  '--disable-lcd-text',
  '--disable-gpu',
  '--disable-partial-raster',
  '--disable-skia-runtime-opts',
  '--force-color-profile=srgb',
  '--force-device-scale-factor=1',
];

/** Every story of the static build, in a browser. Build it first: `npm run build-storybook`. */
export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results',
  projects: [
    { name: 'stories', testMatch: /\.spec\.ts$/, testIgnore: 'surface.spec.ts' },
    { name: 'surface', testMatch: 'surface.spec.ts', dependencies: ['stories'] },
  ],
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  workers: 2,
  // A guard against what hangs, not a measure.
  timeout: 60_000,
  // A story without a picture fails; `npm run update-screenshots` makes it one.
  updateSnapshots: 'none',
  expect: {
    toHaveScreenshot: {
      pathTemplate: '{testDir}/screenshots/{arg}{ext}',
      animations: 'disabled',
      caret: 'hide',
      scale: 'css',
      // Another build may smooth an edge otherwise; a row that has moved is hundreds of pixels (`moved-row.spec.ts`).
      threshold: 0.2,
      maxDiffPixels: 40,
    },
  },
  use: {
    browserName: 'chromium',
    launchOptions: {
      executablePath: browser,
      // Chromium's sandbox does not run as root, which a container usually is.
      args: [
        '--no-first-run',
        '--no-pings',
        ...SAME_PIXELS,
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ],
    },
    locale: 'en-GB',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
    screenshot: 'only-on-failure',
  },
});
