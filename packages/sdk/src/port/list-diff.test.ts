import { SeededRandom } from '@meerkat-chat/xmpp/testing';
import { describe, expect, test } from 'vitest';
import { applyDiff, diffList } from './list-diff.js';

const item = (key: string, version = 0) => ({ key, version });
const list = (keys: string) => [...keys].map((key) => item(key));
const keys = (items: readonly { readonly key: string }[]) => items.map(({ key }) => key).join('');

describe('difference of lists', () => {
  test.each([
    ['', 'abc', { removed: [], added: [{ at: 0, items: list('abc') }] }],
    ['abc', '', { removed: ['a', 'b', 'c'], added: [] }],
    ['abc', 'abcd', { removed: [], added: [{ at: 3, items: list('d') }] }],
    ['abc', 'zabc', { removed: [], added: [{ at: 0, items: list('z') }] }],
    ['abcd', 'bcde', { removed: ['a'], added: [{ at: 3, items: list('e') }] }],
    // An own message is echoed before the one that was written before it.
    ['abc', 'acb', { removed: ['b'], added: [{ at: 2, items: list('b') }] }],
  ])('from "%s" to "%s"', (before, after, expected) => {
    const shared = new Map([...`${before}${after}`].map((key) => [key, item(key)]));
    const take = (text: string) => [...text].flatMap((key) => shared.get(key) ?? []);
    const diff = diffList(take(before), take(after));
    expect(diff).toEqual({ changed: [], ...expected });
  });

  test('the same entries are no difference', () => {
    const before = list('abc');
    expect(diffList(before, before)).toBeUndefined();
    expect(diffList(before, [...before])).toBeUndefined();
  });

  test('another object under the same key is a change in place', () => {
    const before = list('ab');
    const after = before.map((entry) => (entry.key === 'b' ? item('b', 1) : entry));
    expect(diffList(before, after)).toEqual({ removed: [], changed: [item('b', 1)], added: [] });
  });

  test('whatever the lists, what is applied is what was meant', () => {
    const random = new SeededRandom(7);
    const alphabet = 'abcdefghij';
    const pick = () =>
      [...alphabet]
        .map((key) => ({ key, rank: random.number() }))
        .filter(({ rank }) => rank < 0.7)
        .sort((a, b) => a.rank - b.rank)
        .map(({ key, rank }) => item(key, Math.floor(rank * 4)));
    for (let round = 0; round < 500; round++) {
      const [before, after] = [pick(), pick()];
      const frozen = keys(before);
      const diff = diffList(before, after);
      expect(diff ? applyDiff(before, diff) : before).toEqual(after);
      expect(keys(before)).toBe(frozen);
    }
  });
});
