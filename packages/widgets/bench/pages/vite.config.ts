import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** Builds the page with `<chat-room>` on a fake chat, from the sources; the runner says where to. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  publicDir: false,
  resolve: { conditions: ['source', 'browser', 'module', 'import', 'default'] },
  build: {
    target: 'es2022',
    rolldownOptions: { input: fileURLToPath(new URL('./fake-room.html', import.meta.url)) },
  },
});
