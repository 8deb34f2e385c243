import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const index = new URL('../../xmpp/src/index.ts', import.meta.url);

/**
 * Imports from `@meerkat-chat/xmpp` are imports from the file that has the name, past the index: else whoever needs one
 * codec counts as needing all of them, and what lazy chunks need would be in the chunk that comes at once.
 */
export function importDirectly(): Plugin {
  const files = new Map<string, string>();
  const lines = readFileSync(index, 'utf8').matchAll(/export \{([^}]*)\} from '(.*)\.js'/g);
  for (const [, names = '', file = ''] of lines) {
    for (const [name] of names.matchAll(/\w+/g)) files.set(name, fileURLToPath(new URL(`${file}.ts`, index)));
  }
  const direct = (statement: string, names: string): string => {
    const imports = names
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '' && !name.startsWith('type '))
      .map((name) => `import { ${name} } from ${JSON.stringify(files.get(name))};`);
    // As many lines as there were, for the source map.
    return imports.join(' ') + statement.replace(/[^\n]/g, '');
  };
  return {
    name: 'import-directly',
    enforce: 'pre',
    transform: {
      filter: { id: /\/src\/.*\.ts$/ },
      handler: (code) => ({
        code: code.replace(/import \{([^}]*)\} from '@meerkat-chat\/xmpp';/g, direct),
        map: null,
      }),
    },
  };
}
