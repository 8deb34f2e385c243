import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { badgeApart } from './bundle/badge-apart.js';
import { fetchTogether } from './bundle/fetch-together.js';
import { importDirectly } from './bundle/import-directly.js';
import { leanLit } from './bundle/lean-lit.js';
import { ownNames } from './bundle/own-names.js';
import { plainNamespaces } from './bundle/plain-namespaces.js';
import { settledTokens } from './bundle/settled-tokens.js';
import { squeeze } from './bundle/squeeze.js';
import { tightenTemplates } from './bundle/tighten-templates.js';

const source = fileURLToPath(new URL('./src/', import.meta.url));
const EMBEDDED = ['chat-room', 'chat-box', 'presence-badge'];

/** Builds `dist/embed/`: `embed.js`, and chunks named by their content for what is loaded on demand. */
export default defineConfig({
  publicDir: false,
  // Our own packages are read from their sources, so that a build never carries a stale one.
  resolve: {
    conditions: ['source', 'browser', 'module', 'import', 'default'],
  },
  plugins: [
    badgeApart(),
    importDirectly(),
    leanLit(),
    settledTokens(),
    tightenTemplates(),
    plainNamespaces(),
    squeeze(),
    fetchTogether(),
    ownNames(),
  ],
  build: {
    target: 'es2022',
    outDir: 'dist/embed',
    sourcemap: true,
    modulePreload: false,
    // For scripts/check-sizes.mjs.
    manifest: true,
    // A library has no helper of Vite's around each `import()`.
    lib: {
      entry: {
        embed: `${source}embed.ts`,
        // On a page around framed rooms, and in such a room.
        'embed/frame': `${source}frame/frame.ts`,
        'embed/room': `${source}frame/room.ts`,
        // What tells an operator what hinders that.
        'embed/doctor': `${source}doctor/doctor.ts`,
      },
      formats: ['es'],
    },
    rolldownOptions: {
      // Namespaces stand where they are used, so that what only lazy chunks need is not in the chunk that comes at once.
      optimization: { inlineConst: { mode: 'all', pass: 2 } },
      preserveEntrySignatures: 'allow-extension',
      output: {
        minify: true,
        // Nobody bundles it again.
        comments: { annotation: false },
        // What an element needs at once is one file, and another one with what several of them need: it packs better
        // than what their lazy chunks would split it into. The entry itself stays apart, since it tells by its own URL
        // where the server is.
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            {
              debugName: 'what elements need at once',
              name: (id, context) => {
                const neededBy = EMBEDDED.filter((tag) => {
                  const seen = new Set<string>();
                  const needs = (module: string): boolean => {
                    if (module === id) return true;
                    if (seen.has(module)) return false;
                    seen.add(module);
                    return context.getModuleInfo(module)?.importedIds.some(needs) ?? false;
                  };
                  return needs(`${source}embedded/${tag}.ts`);
                });
                return neededBy.length > 1 || neededBy[0] === 'chat-room'
                  ? `for-${neededBy.join('-and-')}`
                  : null;
              },
            },
          ],
        },
        entryFileNames: '[name].js',
        // The room names some twenty of them, and hashes do not pack: 36 bits tell one build's file from another's.
        chunkFileNames: 'embed/[name]-[hash:6].js',
        assetFileNames: 'embed/[name]-[hash:6][extname]',
      },
    },
  },
});
