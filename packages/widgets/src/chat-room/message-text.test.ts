import { expect, test } from 'vitest';
import { mentionsOf } from './mentions.js';
import { LINKED_AT_MOST, piecesOf } from './message-text.js';

const nobody = mentionsOf(undefined);
const links = (text: string) =>
  piecesOf(text, nobody).flatMap((piece) => (piece.kind === 'link' ? piece.text : []));

test.each([
  ['see https://example.com/a.', ['https://example.com/a']],
  ['(https://example.com/a)', ['https://example.com/a']],
  ['https://en.wikipedia.org/wiki/Meerkat_(animal)', ['https://en.wikipedia.org/wiki/Meerkat_(animal)']],
  ['HTTP://EXAMPLE.COM', ['HTTP://EXAMPLE.COM']],
  ['https://a.example, https://b.example!', ['https://a.example', 'https://b.example']],
  ['javascript:alert(1) data:text/html,x file:///etc', []],
  ['https://bank.example@evil.example/', []],
  ['https://', []],
  ['https://a.example/\u202egpj.exe', ['https://a.example/']],
])('links in "%s"', (text, expected) => {
  expect(links(text)).toEqual(expected);
});

test('nothing is lost between the pieces', () => {
  const text = 'Mira: https://example.com/mira?x=1, says @Mira (again) https://bank@evil.example';
  const pieces = piecesOf(text, mentionsOf('Mira'));
  expect(pieces.map((piece) => piece.text).join('')).toBe(text);
  expect(pieces.filter(({ kind }) => kind === 'mention').map((piece) => piece.text)).toEqual([
    'Mira',
    '@Mira',
  ]);
});

test('a text of nothing but addresses makes no more links than the bound', () => {
  expect(links('https://a.example '.repeat(LINKED_AT_MOST))).toHaveLength(LINKED_AT_MOST);
  expect(links('https://a.example '.repeat(LINKED_AT_MOST + 1))).toHaveLength(LINKED_AT_MOST);
});
