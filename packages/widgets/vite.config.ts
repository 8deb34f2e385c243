import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

/** What `<chat-room>` may weigh with all that it needs at once, gzip, in bytes. */
const BUDGET = 45_000;

/** Says what the embed weighs; `scripts/check-sizes.mjs` holds the figure. */
function weigh(): Plugin {
  return {
    name: 'weigh',
    writeBundle(_, bundle) {
      const weights = new Map<string, number>();
      const visit = (name: string): void => {
        const chunk = bundle[name];
        if (chunk?.type !== 'chunk' || weights.has(name)) return;
        weights.set(name, gzipSync(chunk.code, { level: 9 }).length);
        for (const next of chunk.imports) visit(next);
      };
      visit('embed.js');
      const total = [...weights.values()].reduce((sum, bytes) => sum + bytes, 0);
      this.info(
        `<chat-room> with its static imports: ${(total / 1000).toFixed(1)} kB gzip of ${BUDGET / 1000}`,
      );
      if (total > BUDGET) this.warn(`${total} bytes gzip: above the budget of ${BUDGET}`);
    },
  };
}

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

/** Builds `dist/embed/`: `embed.js`, and chunks named by their content for what is loaded on demand. */
export default defineConfig({
  publicDir: false,
  // Our own packages are read from their sources, so that a build never carries a stale one.
  resolve: {
    conditions: ['source', 'browser', 'module', 'import', 'default'],
    alias: [
      { find: /^events$/, replacement: fileURLToPath(new URL('./src/small-emitter.ts', import.meta.url)) },
    ],
  },
  plugins: [tightenStyles(), weigh()],
  build: {
    target: 'es2022',
    outDir: 'dist/embed',
    sourcemap: true,
    modulePreload: false,
    // For scripts/check-sizes.mjs.
    manifest: true,
    rolldownOptions: {
      input: { embed: fileURLToPath(new URL('./src/embed.ts', import.meta.url)) },
      preserveEntrySignatures: 'strict',
      output: {
        format: 'es',
        // All that is needed at once is one file: it packs better than what lazy chunks would split it into. The entry
        // itself stays apart, since it tells by its own URL where the server is.
        codeSplitting: {
          groups: [{ name: 'chat-room', tags: ['$initial'], test: (id) => !id.endsWith('/src/embed.ts') }],
        },
        entryFileNames: '[name].js',
        chunkFileNames: 'embed/[name]-[hash].js',
        assetFileNames: 'embed/[name]-[hash][extname]',
      },
    },
  },
});
