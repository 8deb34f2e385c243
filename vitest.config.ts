import { defineConfig } from 'vitest/config';

// Workspace packages are read from their sources, so that no test can pass on a stale build.
const conditions = ['source', 'module', 'node', 'import', 'default', 'development|production'];

export default defineConfig({
  resolve: { conditions },
  ssr: {
    resolve: { conditions, externalConditions: ['source', 'node', 'import'] },
    noExternal: [/^@meerkat-chat\//],
  },
  test: {
    include: [
      'packages/*/src/**/*.test.ts',
      'packages/*/bench/**/*.test.mjs',
      'tests/**/*.test.ts',
      'packages/*/scripts/**/*.test.mjs',
      'packages/*/bundle/**/*.test.ts',
      'scripts/**/*.test.mjs',
      'integrations/*/scripts/**/*.test.mjs',
    ],
    environment: 'node',
    server: { deps: { inline: [/^@meerkat-chat\//, /\/packages\/[a-z]+\/src\//] } },
    // A test that needs a second try has a missing event, not bad luck.
    retry: 0,
    passWithNoTests: false,
    dangerouslyIgnoreUnhandledErrors: false,
    restoreMocks: true,
    unstubGlobals: true,
  },
});
