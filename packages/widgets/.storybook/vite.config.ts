import { defineConfig } from 'vite';
import { leanLit } from '../bundle/lean-lit.js';
import { settledTokens } from '../bundle/settled-tokens.js';

/** The stories' own build: packages of ours from their sources, Lit as `embed.js` has it, paths that work below `/storybook/` too. */
export default defineConfig({
  base: './',
  publicDir: false,
  plugins: [leanLit(), settledTokens()],
  resolve: { conditions: ['source', 'browser', 'module', 'import', 'default'] },
  build: { target: 'es2022', sourcemap: false, chunkSizeWarningLimit: 4000 },
});
