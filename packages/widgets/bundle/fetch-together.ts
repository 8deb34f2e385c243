import type { Plugin, Rolldown } from 'vite';

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
          if (bundle[name]?.name === 'for-chat-room') all.push(readBack(bundle));
          if (all.length > 1)
            entry.code = entry.code.replace(imported, `Promise.all([${all}]).then(([m])=>m)`);
        }
      },
    },
  };
}

/**
 * Where a page before has left something, what reads it is there before there is an element that would be shown without
 * (`TabMemory`). Storage may not be looked at in a sandbox.
 */
function readBack(bundle: Rolldown.OutputBundle): string {
  const file = Object.keys(bundle).find((name) => /\/read-back-[^/]*\.js$/.test(name));
  if (file === undefined) throw new Error('there is no file that reads back');
  return `(async()=>/meerkat.tab/.test(Object.keys(sessionStorage))&&import("./${file}"))().catch(()=>{})`;
}
