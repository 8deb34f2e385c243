import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

// The page does what its own snippet says: it loads /embed.js from the server that serves it, so nothing of the
// elements is bundled here. For `vite dev`, run a server beside it.
const server = 'http://127.0.0.1:5280';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  build: {
    target: 'es2022',
    modulePreload: false,
  },
  server: {
    proxy: {
      '^/(embed\\.js|embed/|http-bind|\\.well-known/)': server,
      '/xmpp-websocket': { target: server, ws: true },
    },
  },
});
