import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { fileOf, PAGES, sitePages } from './pages.config.js';

// The pages do what the snippet on them says: they load /embed.js from the server that serves them, so nothing of the
// elements is bundled here, but for /react/, which has them from npm. For `vite dev`, run a server beside it.
const server = 'http://127.0.0.1:5280';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [sitePages()],
  build: {
    target: 'es2022',
    modulePreload: false,
    rolldownOptions: { input: PAGES.map(fileOf) },
  },
  server: {
    proxy: {
      '^/(embed\\.js|embed/|status/|http-bind|\\.well-known/)': server,
      '/xmpp-websocket': { target: server, ws: true },
    },
  },
});
