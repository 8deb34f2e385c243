import path from 'node:path';
import type { Plugin } from 'vite';

const EXPORTS = /export\{([^}]*)\}/;
const IMPORTS = /import\{([^}]*)\}from"([^"]*)"/g;
/** How the bundler reads what `import()` of a file within a chunk answers with. */
const READ_LATER = /\.then\((\w+)=>\1\.([\w$]+)\)/g;

/**
 * Lets chunks export what others of them import under the names that it has in them already: a second name for
 * everything is long. What is read by `import()` keeps its name.
 */
export function ownNames(): Plugin {
  return {
    name: 'own-names',
    // Their text is another one than the one that their hashes are of.
    augmentChunkHash: () => 'own-names',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
        const later = chunks.flatMap(({ code }) => [...code.matchAll(READ_LATER)].map(([, , name]) => name));
        const renamed = new Map<string, ReadonlyMap<string, string>>();
        for (const chunk of chunks) {
          if (/export(\*|\{[^}]*\})from/.test(chunk.code))
            this.error(`${chunk.fileName} exports others' names`);
          const { code } = chunk;
          // Names that are no longer than these are the bundler's.
          const names = ownNamesOf(
            EXPORTS.exec(code)?.[1] ?? '',
            (name) => name.length > 2 || later.includes(name),
          );
          renamed.set(chunk.fileName, names);
          chunk.code = code.replace(EXPORTS, (_all, list: string) => {
            return `export{${pairsOf(list).map(([own, name]) => asPair(own, names.get(name) ?? name))}}`;
          });
        }
        for (const chunk of chunks) {
          const { code } = chunk;
          chunk.code = code.replace(IMPORTS, (_all, list: string, from: string) => {
            const names = renamed.get(path.posix.join(chunk.fileName, '..', from));
            return `import{${pairsOf(list).map(([name, own]) => asPair(names?.get(name) ?? name, own))}}from"${from}"`;
          });
          const map = bundle[`${chunk.fileName}.map`];
          if (map?.type === 'asset')
            map.source = shifted(String(map.source), chunk.code.length - code.length);
        }
      },
    },
  };
}

type Pair = readonly [first: string, second: string];

function pairsOf(list: string): readonly Pair[] {
  return list.split(',').map((one): Pair => {
    const [first = '', second = first] = one.split(' as ');
    return [first, second];
  });
}

function asPair(first: string, second: string): string {
  return first === second ? first : `${first} as ${second}`;
}

/** The names within a chunk, by those under which it exports what is to be called by them. */
function ownNamesOf(list: string, keeps: (name: string) => boolean): ReadonlyMap<string, string> {
  let free = list === '' ? [] : pairsOf(list);
  const taken = new Set<string>();
  for (let before = -1; before !== taken.size; ) {
    before = taken.size;
    for (const [own, name] of free) if (keeps(name) || taken.has(own)) taken.add(name);
    free = free.filter(([, name]) => !taken.has(name));
  }
  return new Map(free.map(([own, name]) => [name, own]));
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The source map of a file whose imports, before all else in its first line, have become so much longer. */
function shifted(map: string, by: number): string {
  if (by === 0) return map;
  return map.replace(/(?<="mappings":"A,)[\w+/]+/, (segment) => {
    // Its first number is the column (source map format: five bits a digit, least first, the lowest bit is the sign).
    const end = [...segment].findIndex((digit) => DIGITS.indexOf(digit) < 32);
    const digits = [...segment.slice(0, end + 1)].map((digit) => DIGITS.indexOf(digit) & 31);
    let column = digits.reduceRight((sum, digit) => sum * 32 + digit, 0) + 2 * by;
    let text = '';
    for (; column >= 32; column = Math.floor(column / 32)) text += DIGITS[(column % 32) + 32];
    return text + DIGITS[column] + segment.slice(end + 1);
  });
}
