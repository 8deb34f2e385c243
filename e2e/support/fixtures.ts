import { test as base, expect } from '@playwright/test';
import { type Conditions, HostPages } from './host-page.js';
import { OtherSite } from './other-site.js';
import { type ServerOptions, ServerProcess } from './server-process.js';

/** What a project decides. */
export interface ProjectOptions {
  /** In what kind of page the journeys of `conditions/` put the elements. */
  readonly conditions: Conditions;
}

interface Fixtures {
  /** Closes what a test has opened beside its own page: whatever stays open slows those that follow. */
  readonly tidiness: undefined;
  /** Set by `test.use({ serverOptions: { ... } })`. */
  readonly serverOptions: ServerOptions;
  /** A server of this test alone. */
  readonly server: ServerProcess;
  /** Pages of another origin. */
  readonly otherSite: OtherSite;
  /** Pages with our tags, under the conditions of the project. At the end they must have had nothing to object to. */
  readonly host: HostPages;
}

export { expect };

export const test = base.extend<Fixtures & ProjectOptions>({
  conditions: ['plain', { option: true }],
  serverOptions: [{}, { option: true }],

  tidiness: [
    async ({ browser }, use) => {
      const before = browser.contexts();
      await use(undefined);
      const opened = browser.contexts().filter((context) => !before.includes(context));
      await Promise.all(opened.map((context) => context.close()));
    },
    { auto: true },
  ],

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

  host: async ({ server, otherSite, browser, conditions }, use) => {
    const host = new HostPages({ server: server.url, site: otherSite, browser, conditions });
    await use(host);
    expect(host.problems).toEqual([]);
  },
});
