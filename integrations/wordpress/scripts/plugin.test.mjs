import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { crc32, inflateRawSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { formatMo, formatPo, merged, parsePo, textsIn } from './catalog.mjs';
import { zip } from './zip.mjs';

// The plugin for WordPress as it is packed and translated. What it does is tested in PHP, see ../tests/run.php.

const scripts = import.meta.dirname;
const plugin = path.resolve(scripts, '../meerkat-chat');
const read = (file) => readFileSync(path.join(plugin, file), 'utf8');
const made = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true });
});

/** What is in an archive, by the headers before each file. */
function unzip(archive) {
  const files = new Map();
  let at = 0;
  while (archive.readUInt32LE(at) === 0x04034b50) {
    const [packed, size, name] = [18, 22, 26].map((field) =>
      field === 26 ? archive.readUInt16LE(at + field) : archive.readUInt32LE(at + field),
    );
    const begin = at + 30 + name;
    const bytes = inflateRawSync(archive.subarray(begin, begin + packed));
    expect(bytes).toHaveLength(size);
    expect(crc32(bytes)).toBe(archive.readUInt32LE(at + 14));
    files.set(archive.toString('utf8', at + 30, begin), bytes);
    at = begin + packed;
  }
  // The directory has as many.
  expect(archive.readUInt16LE(archive.length - 12)).toBe(files.size);
  expect(archive.readUInt32LE(archive.length - 6)).toBe(at);
  return files;
}

test('an archive has its files in it', () => {
  const files = [
    ['a/ü.txt', Buffer.from('hello')],
    ['a/empty', Buffer.alloc(0)],
  ];
  expect([...unzip(zip(files))]).toEqual(files);
});

test('the packed plugin has all that WordPress looks for, in one folder', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'meerkat-plugin-'));
  made.push(folder);
  const file = path.join(folder, 'plugin.zip');
  execFileSync(process.execPath, [path.join(scripts, 'package.mjs'), file]);
  const files = unzip(readFileSync(file));
  const names = [...files.keys()];
  expect(names.every((name) => name.startsWith('meerkat-chat/'))).toBe(true);
  for (const name of ['meerkat-chat.php', 'readme.txt', 'uninstall.php', 'languages/meerkat-chat.pot']) {
    expect(names).toContain(`meerkat-chat/${name}`);
  }
  expect(files.get('meerkat-chat/uninstall.php')).toEqual(readFileSync(path.join(plugin, 'uninstall.php')));
  // No folder is listed by a web server that would do so.
  const folders = new Set(names.map((name) => path.posix.dirname(name)));
  for (const name of folders) expect(names).toContain(`${name}/index.php`);
});

test('it says one version everywhere', () => {
  const { version } = JSON.parse(readFileSync(path.resolve(scripts, '../../../package.json'), 'utf8'));
  expect(read('meerkat-chat.php')).toContain(` * Version:           ${version}\n`);
  expect(read('meerkat-chat.php')).toContain(`const VERSION = '${version}';`);
  expect(read('readme.txt')).toContain(`Stable tag: ${version}\n`);
  for (const block of ['room', 'box', 'badge']) {
    expect(JSON.parse(read(`blocks/${block}/block.json`)).version).toBe(version);
  }
});

test('the directory takes its readme: a short line of at most 150 characters, at most five tags', () => {
  const [head, short] = read('readme.txt').split('\n\n');
  expect(short?.length).toBeLessThanOrEqual(150);
  expect(/^Tags: (.*)$/m.exec(head ?? '')?.[1]?.split(',').length).toBeLessThanOrEqual(5);
});

test('every text is translated, and what WordPress reads is up to date', () => {
  const said = execFileSync(process.execPath, [path.join(scripts, 'translate.mjs'), '--check'], {
    encoding: 'utf8',
  });
  expect(said).toMatch(/^\d+ texts in 3 languages\n$/);
});

test('translations keep the places of what is filled in', () => {
  const places = (text) => (text.match(/%(\d+\$)?[sd]/g) ?? []).sort();
  for (const locale of ['de_DE', 'es_ES', 'fr_FR']) {
    for (const [id, text] of parsePo(read(`languages/meerkat-chat-${locale}.po`)).translations) {
      expect(places(text)).toEqual(places(id));
    }
  }
});

test('a catalogue goes through its file unchanged; like texts are one', () => {
  const source = `/* translators: %s: a name. */\n__( 'It\\'s "%s"', 'meerkat-chat' ); __('It\\'s "%s"', 'meerkat-chat')`;
  const texts = merged([...textsIn(source, 'a.php'), ...textsIn(source, 'b.js')]);
  expect(texts).toEqual([{ id: 'It\'s "%s"', places: ['a.php', 'b.js'], hint: 'translators: %s: a name.' }]);
  const said = new Map([['It\'s "%s"', 'Es ist\n„%s“\\']]);
  const { header, translations } = parsePo(formatPo({ Language: 'de' }, texts, said));
  expect(header).toBe('Language: de\n');
  expect(translations).toEqual(said);
});

test('a compiled catalogue is sorted, each text with its length and a zero behind', () => {
  const mo = formatMo(
    'h',
    new Map([
      ['b', 'Ü'],
      ['a', 'A'],
    ]),
  );
  const at = (table, index) => {
    const place = mo.readUInt32LE(table) + index * 8;
    const [length, begin] = [mo.readUInt32LE(place), mo.readUInt32LE(place + 4)];
    expect(mo[begin + length]).toBe(0);
    return mo.toString('utf8', begin, begin + length);
  };
  expect(mo.readUInt32LE(8)).toBe(3);
  expect([0, 1, 2].map((index) => [at(12, index), at(16, index)])).toEqual([
    ['', 'h'],
    ['a', 'A'],
    ['b', 'Ü'],
  ]);
});
