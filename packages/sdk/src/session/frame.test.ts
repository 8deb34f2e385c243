import { el, NS, serialize } from '@meerkat-chat/xmpp';
import { expect, test } from 'vitest';
import { MAX_DEPTH, parseFrame } from './frame.js';

test('prefixes and namespaces are resolved', () => {
  const frame = `<stream:features xmlns:stream="${NS.streams}"><x xmlns="urn:x" xml:lang="en"><y/></x></stream:features>`;
  expect(parseFrame(frame)).toEqual(
    el('features', NS.streams, {}, el('x', 'urn:x', { 'xml:lang': 'en' }, el('y', 'urn:x'))),
  );
  expect(parseFrame('<a xmlns="urn:a" xmlns:p="urn:p" p:q="1"/>')?.attrs).toEqual({ '{urn:p}q': '1' });
});

test('text and attributes come through unescaped', () => {
  const element = el('a', 'urn:a', { k: `<"'&>` }, 'x < y & "z"');
  expect(parseFrame(serialize(element))).toEqual(element);
});

test.each([
  ['truncated', '<a xmlns="urn:a"><b>'],
  ['a second root', '<a xmlns="urn:a"/><b xmlns="urn:a"/>'],
  ['text before', 'x<a xmlns="urn:a"/>'],
  ['text after', '<a xmlns="urn:a"/>x'],
  ['crossed tags', '<a xmlns="urn:a"><b></a></b>'],
  ['an undeclared prefix', '<p:a/>'],
  ['an undeclared prefix of an attribute', '<a xmlns="urn:a" p:q="1"/>'],
  ['nothing', ''],
])('not a frame: %s', (_, text) => {
  expect(parseFrame(text)).toBeUndefined();
});

test('a broken frame does not spoil the next', () => {
  parseFrame('<a xmlns="urn:a"><b');
  expect(parseFrame('<c xmlns="urn:c"/>')).toEqual(el('c', 'urn:c'));
});

test('depth is bounded', () => {
  const nested = (depth: number): string =>
    `<a xmlns="u">${'<a>'.repeat(depth - 1)}${'</a>'.repeat(depth - 1)}</a>`;
  expect(parseFrame(nested(MAX_DEPTH))).toBeDefined();
  expect(parseFrame(nested(MAX_DEPTH + 1))).toBeUndefined();
});

test('names of object members are plain attributes', () => {
  const attrs = parseFrame('<a xmlns="u" constructor="1" toString="2"/>')?.attrs;
  expect({ ...attrs }).toEqual({ constructor: '1', toString: '2' });
});
