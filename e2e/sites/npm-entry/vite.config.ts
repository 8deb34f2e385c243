import { defineConfig } from 'vite';

/** What a page's own bundle has of us: `main.js`, which makes `<chat-room>` known by the npm entry, and has the SDK. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  build: {
    rolldownOptions: { input: `${import.meta.dirname}/main.ts`, output: { entryFileNames: 'main.js' } },
  },
});
