import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { transformWithOxc } from 'vite';
import { describe, expect, test } from 'vitest';
import { en } from './en.js';
import { enBox } from './en-box.js';
import { explanations } from './en-explanations.js';
import { talk } from './en-talk.js';
import { LANGUAGE_TAGS, pageTranslation } from './page-locale.js';

const MOST = 3000;
/** What every function is called with, in turn: so each one shows what it does with one, two, a few, many, and nothing. */
const COUNTS = [0, 1, 2, 5, 11, 100, 103];

/** Every text with the way to it; of a function, with placeholders that can be found again. */
function texts(value: unknown, at = ''): readonly (readonly [string, string])[] {
  if (typeof value === 'string') return [[at, value]];
  if (typeof value === 'function') {
    // A function either takes texts alone, or a number with what it looks like.
    return COUNTS.map((count) => [`${at}(${count})`, String(callOf(at)(value as Said, count))] as const);
  }
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => texts(inner, `${at}.${key}`))
    : [];
}

type Said = (...given: unknown[]) => string;

function callOf(at: string): (say: Said, count: number) => string {
  const name = at.slice(at.lastIndexOf('.') + 1);
  if (name === 'newMessages' || name === 'namesOffered') return (say, count) => say(count, `<${count}>`);
  if (name === 'withMentions' || name === 'openUnread')
    return (say, count) => say('<one>', count, `<${count}>`);
  if (name === 'typing') return (say, count) => say('<one>', count === 1 ? undefined : '<two>', count > 2);
  return (say) => say('<one>', '<two>', '<three>');
}

const placeholders = (text: string) => (text.match(/<\w+>/g) ?? []).sort();

async function everything(language: string) {
  const element = { closest: () => ({ getAttribute: () => language }) };
  const found = await pageTranslation(element as unknown as Element);
  if (!found) return expect.unreachable(`${language} is not there`);
  const { explanations, talk, ...room } = found.room;
  return { room, box: found.box, explanations: await explanations?.(), talk: await talk?.() };
}

const { explanations: _, talk: __, ...atOnce } = en;
const english = new Map(texts({ room: atOnce, box: enBox, explanations, talk }));

describe.each(LANGUAGE_TAGS)('%s', (language) => {
  test('says everything that English does', async () => {
    const said = new Map(texts(await everything(language)));
    expect([...said.keys()].sort()).toEqual([...english.keys()].sort());
    expect(said.get('.room.language')).toBe(language);
    for (const [at, text] of said) {
      expect(text.trim(), at).not.toBe('');
      expect(text, at).not.toMatch(/!|undefined|null|NaN/);
    }
  });

  test('with everything that it is told about', async () => {
    // Where there is one or two of something, a language may have a word instead of the figure.
    const inWords = /\((1|2)\)$/;
    for (const [at, text] of texts(await everything(language))) {
      const wanted = placeholders(english.get(at) ?? '');
      const found = placeholders(text);
      if (inWords.test(at)) expect(wanted, at).toEqual(expect.arrayContaining(found));
      else expect(found, at).toEqual(wanted);
    }
  });

  test.each(['', '-rare'])(`is small: ${language}%s`, async (part) => {
    const file = new URL(`./${language}${part}.ts`, import.meta.url);
    const { code } = await transformWithOxc(readFileSync(file, 'utf8'), file.pathname);
    expect(gzipSync(code, { level: 9 }).length).toBeLessThanOrEqual(MOST);
  });
});

test.each(['en', 'en-GB', 'it', '', 'constructor', '<b>'])('%s has no words of its own', (language) => {
  const element = { closest: () => ({ getAttribute: () => language }), getRootNode: () => ({}) };
  expect(pageTranslation(element as unknown as Element)).toBeUndefined();
});

test('the language is looked for outside of the shadow root as well', async () => {
  const page = { closest: () => ({ getAttribute: () => 'pt-BR' }) };
  const inside = { closest: () => null, getRootNode: () => ({ host: page }) };
  expect((await pageTranslation(inside as unknown as Element))?.room.language).toBe('pt');
});
