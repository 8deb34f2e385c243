import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

/** Takes comments and line breaks out of the `css` templates, which no minifier looks into. */
function tightenStyles(): Plugin {
  const tighten = (css: string) =>
    css
      .replace(/\/\*[\s\S]*?\*\//g, '')
      .replace(/\s+/g, ' ')
      .replace(/ ?([{};,]) ?/g, '$1')
      // Between a property and its value; a pseudo-class has no space after its colon.
      .replace(/: /g, ':');
  return {
    name: 'tighten-styles',
    enforce: 'pre',
    transform: {
      filter: { id: /\.styles\.ts$/ },
      handler: (code) => code.replace(/css`[^`]*`/g, tighten),
    },
  };
}

/**
 * Makes the loader ask for all files of an element at once: a browser learns of what a chunk imports only when it has
 * the chunk, and the first paint would wait for one after the other.
 */
function fetchTogether(): Plugin {
  return {
    name: 'fetch-together',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const entry = bundle['embed.js'];
        if (entry?.type !== 'chunk') throw new Error('there is no embed.js');
        const needs = (name: string, seen = new Set<string>()): Set<string> => {
          const chunk = bundle[name];
          if (chunk?.type !== 'chunk' || seen.has(name)) return seen;
          seen.add(name);
          for (const next of chunk.imports) needs(next, seen);
          return seen;
        };
        for (const name of entry.dynamicImports) {
          const imported = new RegExp(`import\\((["'\`])\\./${name.replaceAll('.', '\\.')}\\1\\)`);
          if (!imported.test(entry.code)) throw new Error(`embed.js does not import ${name} as it should`);
          const all = [...needs(name)].map((file) => `import("./${file}")`);
          if (all.length > 1)
            entry.code = entry.code.replace(imported, `Promise.all([${all}]).then(([m])=>m)`);
        }
      },
    },
  };
}

const source = fileURLToPath(new URL('./src/', import.meta.url));
const EMBEDDED = ['chat-room', 'chat-box', 'presence-badge'];

/** Builds `dist/embed/`: `embed.js`, and chunks named by their content for what is loaded on demand. */
export default defineConfig({
  publicDir: false,
  // Our own packages are read from their sources, so that a build never carries a stale one.
  resolve: {
    conditions: ['source', 'browser', 'module', 'import', 'default'],
  },
  plugins: [tightenStyles(), fetchTogether()],
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
      },
      formats: ['es'],
    },
    rolldownOptions: {
      preserveEntrySignatures: 'allow-extension',
      output: {
        minify: true,
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
        chunkFileNames: 'embed/[name]-[hash].js',
        assetFileNames: 'embed/[name]-[hash][extname]',
      },
    },
  },
});
