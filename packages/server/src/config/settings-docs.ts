import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Setting } from './setting.js';

/** Says what a setting is for; undefined where the sources do not. */
export type Describe = (setting: Setting) => string | undefined;

/** Doc comments of a source text by the name of the property that each stands before. The first of a name counts. */
export function docComments(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const comment = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*(?:readonly\s+)?(\w+)\??[:,]/g;
  for (const [, raw = '', name = ''] of text.matchAll(comment)) {
    const words = raw
      .split('\n')
      .map((line) => line.replace(/^\s*\*?\s*/, '').trim())
      .join(' ')
      .trim();
    if (!found.has(name)) found.set(name, words);
  }
  return found;
}

/** Where settings of providers are explained, by the name of their group in `auth`. */
const AUTH_SETTINGS: ReadonlyMap<string, string> = new Map([
  ['internal', 'auth/password-rules.ts'],
  ['siteSession', 'auth/site/settings.ts'],
  ['sitePassword', 'auth/site/settings.ts'],
  ['token', 'auth/token/settings.ts'],
  ['wordpress', 'auth/wordpress/settings.ts'],
]);

const FOLDERS = ['accounts', 'auth', 'config', 'http/api', 'kernel', 'link', 'modules', 'stream'];

/** The sources in which settings are explained, by path below that folder, sorted. @param src `packages/server/src` */
export function settingSources(src: string): ReadonlyMap<string, string> {
  const files = FOLDERS.flatMap((folder) =>
    readdirSync(path.join(src, folder), { recursive: true, encoding: 'utf8' }).map(
      (file) => `${folder}/${file.split(path.sep).join('/')}`,
    ),
  );
  const read = files.filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts')).sort();
  return new Map(read.map((file) => [file, readFileSync(path.join(src, file), 'utf8')]));
}

/**
 * Finds what is said of settings in doc comments of the sources.
 * @param texts by path below `src/`
 */
export function describeBy(texts: ReadonlyMap<string, string>): Describe {
  const comments = [...texts].map(([file, text]) => ({ file, words: docComments(text) }));
  const places = ([first, second]: readonly string[]): ((file: string) => boolean) => {
    if (first === 'modules')
      return (file) => file.startsWith(`modules/${second}`) || file.startsWith('kernel/');
    if (first === 'guests') return (file) => /^auth\/(guests|site)\/settings\.ts$/.test(file);
    if (first === 'archive' || first === 'registration') return (file) => file === 'accounts/settings.ts';
    if (first === 'api') return (file) => file === 'http/api/settings.ts';
    const own = first === 'auth' ? AUTH_SETTINGS.get(second ?? '') : undefined;
    if (own !== undefined) return (file) => file === own;
    // Sorted by path, so what config/ says comes before what the types of a layer say.
    return (file) => /^(config|link|stream)\//.test(file);
  };
  return ({ keys }) => {
    const near = comments.filter(({ file }) => places(keys)(file));
    const wordsFor = (key: string | undefined): string | undefined =>
      key === undefined ? undefined : near.find(({ words }) => words.has(key))?.words.get(key);
    // A part of a setting is explained by the whole and by itself.
    const parts = keys[0] === 'modules' ? keys.slice(2) : keys.slice(-1);
    const said = parts.map(wordsFor).filter((words) => words !== undefined);
    return said.length === 0 ? undefined : said.join(' ');
  };
}

const cell = (text: string): string => text.replaceAll('|', '\\|');

function row(setting: Setting, describe: Describe): string {
  const { allowed, env, fallback, path } = setting;
  const value = fallback === undefined ? 'not set' : `\`${JSON.stringify(fallback)}\``;
  const words = cell(describe(setting) ?? '');
  return `| \`${path}\`<br>\`${env}\` | ${value} | ${cell(allowed)} | ${words} |`;
}

/** The page `docs/settings.md`. */
export function settingsDocs(settings: readonly Setting[], describe: Describe): string {
  const groups = new Map<string, Setting[]>();
  for (const setting of settings) {
    const [first = '', second = ''] = setting.keys;
    const name = setting.keys.length === 1 ? 'general' : first === 'modules' ? `modules.${second}` : first;
    groups.set(name, [...(groups.get(name) ?? []), setting]);
  }
  const tables = [...groups].map(([name, list]) =>
    [
      `## ${name}`,
      '',
      '| setting | default | allowed | what it does |',
      '| --- | --- | --- | --- |',
      ...list.map((setting) => row(setting, describe)),
    ].join('\n'),
  );
  return `${[
    '# Settings',
    'Generated from the sources by `npm run docs --workspace @meerkat-chat/server`; do not edit it here.',
    [
      'Each source goes over the one before: defaults, the file of `--config` (JSON, a tree of settings),',
      'the environment, the command line. A variable of the environment is `MEERKAT_`, then the path in capitals,',
      'with `__` between levels and `_` between the words of a name. Lists are written as JSON. Times are in milliseconds.',
      '`meerkat config init` writes a file with every default, `meerkat config check` reads one.',
      'A relative path is relative to the folder in which the server is started.',
      'While `domain` is `localhost`, anyone may make a room (`modules.muc.create`).',
    ].join('\n'),
    ...tables,
  ].join('\n\n')}\n`;
}
