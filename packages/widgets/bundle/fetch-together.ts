import type { Plugin } from 'vite';

/**
 * Makes the loader ask for all files of an element at once: a browser learns of what a chunk imports only when it has
 * the chunk, and the first paint would wait for one after the other.
 */
export function fetchTogether(): Plugin {
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
