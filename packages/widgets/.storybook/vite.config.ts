import { defineConfig } from 'vite';

/** The stories' own build: packages of ours from their sources, paths that work below `/storybook/` too. */
export default defineConfig({
  base: './',
  publicDir: false,
  resolve: { conditions: ['source', 'browser', 'module', 'import', 'default'] },
  build: { target: 'es2022', sourcemap: false, chunkSizeWarningLimit: 4000 },
});
