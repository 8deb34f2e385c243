import { expect, test } from 'vitest';
import { inOrder, type Ordered } from './hook-order.js';

type Wish = readonly [moduleId: string, order?: Ordered['order']];

const ordered = (wishes: readonly Wish[]) =>
  inOrder(
    'stanza:sent',
    wishes.map(([moduleId, order = {}]) => ({ moduleId, order })),
  ).map(({ moduleId }) => moduleId);

test.each<[string, readonly Wish[], string[]]>([
  ['as registered where nobody asks', [['b'], ['a'], ['c']], ['b', 'a', 'c']],
  ['before', [['a'], ['b'], ['c', { before: ['a'] }]], ['b', 'c', 'a']],
  ['after', [['a', { after: ['c'] }], ['b'], ['c']], ['b', 'c', 'a']],
  ['before several', [['a'], ['b'], ['c', { before: ['b', 'a'] }]], ['c', 'a', 'b']],
  ['of a module that is not there', [['a', { after: ['gone'] }], ['b']], ['a', 'b']],
  ['of itself, which means nothing', [['a', { before: ['a'] }], ['b']], ['a', 'b']],
  ['two handlers of one module', [['a'], ['b', { before: ['a'] }], ['a']], ['b', 'a', 'a']],
])('%s', (_, wishes, expected) => {
  expect(ordered(wishes)).toEqual(expected);
});

test('a circle fails, and says who stands in it and who does not', () => {
  const wishes: readonly Wish[] = [
    ['d', { after: ['c'] }],
    ['a', { before: ['b'] }],
    ['b', { before: ['c'] }],
    ['c', { before: ['a'] }],
  ];
  expect(() => ordered(wishes)).toThrow(
    /^hook stanza:sent: modules (a -> b -> c -> a|b -> c -> a -> b|c -> a -> b -> c) each want to stand before the next$/,
  );
});
