import type { Plugin } from 'vite';

/** The bundler's helper for what `import()` of a file within a chunk answers with, and the file that it is in. */
const IMPORTED = /^import \{ \w+ as __exportAll \} from "[^"]*";/m;
const CALLED = /__exportAll\((\{[^}]*\})\)/g;
const HELPER = /\/rolldown-runtime-[\w-]+\.js$/;

/** Writes such an answer as an object with getters: the helper, in a file of its own, is longer than all of them. */
export function plainNamespaces(): Plugin {
  return {
    name: 'plain-namespaces',
    renderChunk: (code) =>
      IMPORTED.test(code)
        ? {
            code: code
              .replace(IMPORTED, '')
              .replace(CALLED, (_, names: string) =>
                names.replace(/(\w+): \(\) => (\w+)/g, 'get $1() { return $2; }'),
              ),
            map: null,
          }
        : null,
    generateBundle: {
      order: 'pre',
      handler(_, bundle) {
        for (const [name, chunk] of Object.entries(bundle)) {
          if (chunk.type !== 'chunk') continue;
          if (HELPER.test(name)) delete bundle[name];
          else if (chunk.code.includes('rolldown-runtime'))
            this.error(`${name} imports the bundler's helper`);
          else chunk.imports = chunk.imports.filter((other) => !HELPER.test(other));
        }
      },
    },
  };
}
