import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const page = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** Pages that journeys need and that have scripts of their own: built from source, as a site with a bundler would. */
export default defineConfig({
  root: page('.'),
  base: './',
  resolve: { conditions: ['source', 'browser', 'module', 'import', 'default'] },
  build: { target: 'es2022', rolldownOptions: { input: [page('account.html')] } },
});
