import path from 'node:path';
import { defineConfig } from 'vitest/config';

// Our SDK on other servers, and other people's clients on ours: real processes, so files run one after another.
export default defineConfig({
  root: import.meta.dirname,
  resolve: { conditions: ['source', 'module', 'node', 'import', 'default', 'development|production'] },
  ssr: {
    resolve: { externalConditions: ['source', 'node', 'import'] },
    noExternal: [/^@meerkat-chat\//],
  },
  server: { fs: { allow: [path.resolve(import.meta.dirname, '..')] } },
  test: {
    include: ['**/*.test.ts'],
    environment: 'node',
    server: { deps: { inline: [/^@meerkat-chat\//, /\/packages\/[a-z]+\/src\//] } },
    fileParallelism: false,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    retry: 0,
  },
});
