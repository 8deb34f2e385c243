import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { leanLit } from '../bundle/lean-lit.js';
import { settledTokens } from '../bundle/settled-tokens.js';
import { tightenTemplates } from '../bundle/tighten-templates.js';

/** The gallery of states, for the eye and for tests: `npx vite -c dev/vite.config.ts`. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  resolve: { conditions: ['source', 'browser', 'module', 'import', 'default'] },
  // As it is shipped, so that what tests see is that.
  plugins: [leanLit(), settledTokens(), tightenTemplates()],
  build: {
    target: 'es2022',
    rolldownOptions: {
      input: ['states.html', 'box.html'].map((page) => fileURLToPath(new URL(page, import.meta.url))),
    },
  },
});
