import { expect, test } from 'vitest';
import { PAGE_WORDS, type PageWords } from './page-words.js';
import { WEB_STATUSES } from './status-picture.js';

/** Every text with the way to it, made with a host that can be found again. */
function texts(value: unknown, at = ''): readonly (readonly [string, string])[] {
  if (typeof value === 'string') return [[at, value]];
  if (typeof value === 'function') return texts(value('chat.example'), at);
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => texts(inner, `${at}.${key}`))
    : [];
}

const english = new Map(texts(PAGE_WORDS.get('en')));
const KEPT = ['chat.example', 'sandbox="allow-scripts"', '/embed/room/NAME', 'JavaScript'];

test.each([...PAGE_WORDS])(
  '%s has every word, with what stays in any language',
  (language, words: PageWords) => {
    const said = new Map(texts(words));
    expect([...said.keys()].sort()).toEqual([...english.keys()].sort());
    for (const [at, text] of english) {
      const other = said.get(at) ?? '';
      expect(other.trim(), at).not.toBe('');
      expect(other, at).not.toMatch(/[!<>&]|undefined/);
      for (const kept of KEPT) expect(other.includes(kept), `${at}: ${kept}`).toBe(text.includes(kept));
    }
    expect(words.direction).toBe(language === 'ar' ? 'rtl' : 'ltr');
  },
);

test('no two statuses are called the same', () => {
  for (const { statuses } of PAGE_WORDS.values()) {
    expect(new Set(WEB_STATUSES.map((status) => statuses[status])).size).toBe(WEB_STATUSES.length);
  }
});
