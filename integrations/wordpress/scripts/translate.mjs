// Makes what WordPress reads of the plugin's translations: the template of all texts, the texts of each language brought
// up to date (new ones are empty), and the compiled files.
// Usage: node integrations/wordpress/scripts/translate.mjs [--check]
//   --check changes nothing and ends with 1 where something is not up to date or not translated

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { formatJson, formatMo, formatPo, keyOf, merged, parsePo, textsIn, textsOfBlock } from './catalog.mjs';

const plugin = path.resolve(import.meta.dirname, '../meerkat-chat');
const languages = path.join(plugin, 'languages');
const LOCALES = ['de_DE', 'es_ES', 'fr_FR'];
/** The scripts that speak, by the names under which WordPress knows them. */
const SCRIPTS = { 'meerkat-chat-editor': 'assets/editor.js', 'meerkat-chat-settings': 'assets/settings.js' };

const read = (file) => readFileSync(path.join(plugin, file), 'utf8');
const sources = readdirSync(path.join(plugin, 'src'))
  .sort()
  .map((file) => `src/${file}`);

/** What stands in the list of plugins. */
const described = ['Plugin Name', 'Description'].map((name) => ({
  id: new RegExp(`^ \\* ${name}: +(.*)$`, 'm').exec(read('meerkat-chat.php'))?.[1] ?? '',
  places: ['meerkat-chat.php'],
  hint: `${name} of the plugin`,
}));
const texts = merged([
  ...described,
  ...sources.flatMap((file) => textsIn(read(file), file)),
  ...Object.values(SCRIPTS).flatMap((file) => textsIn(read(file), file)),
  ...['room', 'box', 'badge'].flatMap((name) => {
    const file = `blocks/${name}/block.json`;
    return textsOfBlock(JSON.parse(read(file)), file);
  }),
]);

const header = (language) => ({
  'Project-Id-Version': 'Meerkat Chat',
  Language: language,
  'MIME-Version': '1.0',
  'Content-Type': 'text/plain; charset=UTF-8',
  'Content-Transfer-Encoding': '8bit',
  'X-Domain': 'meerkat-chat',
});

const made = new Map([['meerkat-chat.pot', Buffer.from(formatPo(header(''), texts))]]);
const missing = [];
for (const locale of LOCALES) {
  const name = `meerkat-chat-${locale}`;
  const file = path.join(languages, `${name}.po`);
  const { translations } = parsePo(existsSync(file) ? readFileSync(file, 'utf8') : '');
  missing.push(...texts.filter((text) => !translations.get(keyOf(text))).map(({ id }) => `${locale}: ${id}`));
  const po = formatPo(header(locale), texts, translations);
  const current = parsePo(po);
  made.set(`${name}.po`, Buffer.from(po));
  made.set(`${name}.mo`, formatMo(current.header, current.translations));
  for (const [handle, script] of Object.entries(SCRIPTS)) {
    const json = formatJson(locale, merged(textsIn(read(script), script)), current.translations);
    made.set(`${name}-${handle}.json`, Buffer.from(json));
  }
}

const check = process.argv.includes('--check');
const stale = [...made].filter(([name, bytes]) => {
  const file = path.join(languages, name);
  return !existsSync(file) || !readFileSync(file).equals(bytes);
});
if (!check) for (const [name, bytes] of stale) writeFileSync(path.join(languages, name), bytes);
for (const text of missing) console.error(`not translated: ${text}`);
if (check) for (const [name] of stale) console.error(`not up to date: languages/${name}`);
if (missing.length > 0 || (check && stale.length > 0)) process.exit(1);
console.log(`${texts.length} texts in ${LOCALES.length} languages`);
