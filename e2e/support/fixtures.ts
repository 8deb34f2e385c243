import { test as base } from '@playwright/test';
import { OtherSite } from './other-site.js';
import { type ServerOptions, ServerProcess } from './server-process.js';

interface Fixtures {
  /** Set by `test.use({ serverOptions: { ... } })`. */
  readonly serverOptions: ServerOptions;
  /** A server of this test alone. */
  readonly server: ServerProcess;
  /** Pages of another origin. */
  readonly otherSite: OtherSite;
}

export { expect } from '@playwright/test';

export const test = base.extend<Fixtures>({
  serverOptions: [{}, { option: true }],

  server: async ({ serverOptions }, use, info) => {
    const server = await ServerProcess.start(serverOptions);
    try {
      await use(server);
    } finally {
      await server.stop();
      if (info.status !== info.expectedStatus) {
        await info.attach('server output', { body: server.output, contentType: 'text/plain' });
      }
    }
  },

  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures wanted from this pattern.
  otherSite: async ({}, use) => {
    const site = await OtherSite.start();
    try {
      await use(site);
    } finally {
      await site.stop();
    }
  },
});
