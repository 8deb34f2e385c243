/** One text that is translated. `context` tells like texts apart. */
/** @typedef {{ context?: string, id: string, places: string[], hint?: string }} Text */

const quote = (text) => `"${text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n')}"`;
const unquote = (line) =>
  line
    .slice(1, -1)
    .replace(/\\(.)/g, (_, character) => (character === 'n' ? '\n' : character === 't' ? '\t' : character));

/** What tells a text from all others, as MO files have it. */
export const keyOf = ({ context, id }) => (context === undefined ? id : `${context}\u0004${id}`);

/**
 * The texts in a source of PHP or JavaScript: calls with the domain of the plugin, of one line of text.
 * @param {string} source
 * @param {string} place the file's name
 * @returns {Text[]}
 */
export function textsIn(source, place) {
  const call =
    /\b(?:__|esc_html__|esc_attr__|esc_html_e|esc_attr_e)\(\s*'((?:[^'\\]|\\.)*)',\s*'meerkat-chat',?\s*\)/gs;
  return [...source.matchAll(call)].map((match) => {
    const before = source.slice(0, match.index).split('\n').slice(-3).join('\n');
    const hint = /\/\* (translators: .*?) \*\//.exec(before)?.[1];
    return { id: match[1].replace(/\\(.)/g, '$1'), places: [place], ...(hint ? { hint } : {}) };
  });
}

/**
 * The texts of a block's description, under the contexts that WordPress looks them up by.
 * @returns {Text[]}
 */
export function textsOfBlock({ title, description, keywords }, place) {
  const one = (context, id) => ({ context, id, places: [place] });
  return [
    one('block title', title),
    one('block description', description),
    ...keywords.map((keyword) => one('block keyword', keyword)),
  ];
}

/**
 * Each text once, with all its places.
 * @param {Text[]} texts
 */
export function merged(texts) {
  const all = new Map();
  for (const text of texts) {
    const before = all.get(keyOf(text));
    all.set(
      keyOf(text),
      before ? { ...before, places: [...new Set([...before.places, ...text.places])] } : text,
    );
  }
  return [...all.values()];
}

/**
 * Writes a PO file, or its template.
 * @param {Text[]} texts
 * @param {Map<string, string>} translations by key
 */
export function formatPo(header, texts, translations = new Map()) {
  const entries = texts.map((text) =>
    [
      ...(text.hint ? [`#. ${text.hint}`] : []),
      `#: ${text.places.join(' ')}`,
      ...(/%(\d+\$)?[sd]/.test(text.id) ? ['#, php-format'] : []),
      ...(text.context === undefined ? [] : [`msgctxt ${quote(text.context)}`]),
      `msgid ${quote(text.id)}`,
      `msgstr ${quote(translations.get(keyOf(text)) ?? '')}`,
    ].join('\n'),
  );
  const head = Object.entries(header).map(([name, value]) => quote(`${name}: ${value}\n`));
  return `msgid ""\nmsgstr ""\n${head.join('\n')}\n\n${entries.join('\n\n')}\n`;
}

/**
 * Reads a PO file.
 * @returns {{ header: string, translations: Map<string, string> }}
 */
export function parsePo(source) {
  const translations = new Map();
  for (const block of source.split(/\n{2,}/)) {
    const entry = {};
    let field;
    for (const line of block.split('\n')) {
      const [, name, rest] = /^(msgctxt|msgid|msgstr) (".*")$/.exec(line) ?? [];
      if (name) {
        field = name;
        entry[field] = unquote(rest);
      } else if (line.startsWith('"') && field) entry[field] += unquote(line);
    }
    if (entry.msgid === undefined) continue;
    translations.set(keyOf({ context: entry.msgctxt, id: entry.msgid }), entry.msgstr ?? '');
  }
  const header = translations.get('') ?? '';
  translations.delete('');
  return { header, translations };
}

/**
 * Writes an MO file (GNU gettext manual, "The Format of GNU MO Files").
 * @param {string} header
 * @param {Map<string, string>} translations by key
 */
export function formatMo(header, translations) {
  const pairs = [['', header], ...translations].map((pair) => pair.map((text) => Buffer.from(text)));
  pairs.sort(([a], [b]) => Buffer.compare(a, b));
  const tables = Buffer.alloc(28 + pairs.length * 16);
  tables.writeUInt32LE(0x950412de, 0);
  [0, pairs.length, 28, 28 + pairs.length * 8, 0, tables.length].forEach((value, at) => {
    tables.writeUInt32LE(value, 4 + at * 4);
  });
  const texts = [];
  let offset = tables.length;
  for (const side of [0, 1]) {
    pairs.forEach((pair, at) => {
      const place = 28 + side * pairs.length * 8 + at * 8;
      tables.writeUInt32LE(pair[side].length, place);
      tables.writeUInt32LE(offset, place + 4);
      texts.push(pair[side], Buffer.alloc(1));
      offset += pair[side].length + 1;
    });
  }
  return Buffer.concat([tables, ...texts]);
}

/**
 * What scripts of the page are given: Jed's format, as `wp.i18n` reads it.
 * @param {Text[]} texts those of one script
 */
export function formatJson(locale, texts, translations) {
  const entries = texts.map((text) => [text.id, [translations.get(keyOf(text)) ?? '']]);
  const messages = { '': { domain: 'messages', lang: locale }, ...Object.fromEntries(entries) };
  return `${JSON.stringify({ domain: 'messages', locale_data: { messages } })}\n`;
}
