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

test('whatever a serialiser may write of it', () => {
  const frame = `<?xml version='1.0'?>\n<p:a\txmlns:p = 'urn:a' b='1\n"2"' ><c xmlns="urn:c"></c >x\r\ny<![CDATA[<&]]>&#x1F600;</p:a>\n`;
  expect(parseFrame(frame)).toEqual(
    el('a', 'urn:a', { b: '1 "2"' }, el('c', 'urn:c'), 'x\ny', '<&', '\u{1f600}'),
  );
});

test('a large frame is read in one go', () => {
  const text = 'x'.repeat(1_000_000);
  expect(parseFrame(`<a xmlns="u" b="${text}">${text}</a>`)).toEqual(el('a', 'u', { b: text }, text));
  expect(parseFrame(`<a xmlns="u" b="${text}`)).toBeUndefined();
  expect(parseFrame(`<a xmlns="u"${' '.repeat(100_000)}`)).toBeUndefined();
});

test.each([
  ['truncated', '<a xmlns="urn:a"><b>'],
  ['a second root', '<a xmlns="urn:a"/><b xmlns="urn:a"/>'],
  ['text before', 'x<a xmlns="urn:a"/>'],
  ['text after', '<a xmlns="urn:a"/>x'],
  ['crossed tags', '<a xmlns="urn:a"><b></a></b>'],
  ['an undeclared prefix', '<p:a/>'],
  ['an undeclared prefix of an attribute', '<a xmlns="urn:a" p:q="1"/>'],
  ['an undeclared default of a prefix', '<p:a xmlns:p=""/>'],
  ['an attribute twice', '<a xmlns="urn:a" b="1" b="2"/>'],
  ['an attribute twice by two prefixes', '<a xmlns:p="urn:p" xmlns:q="urn:p" p:b="1" q:b="2"/>'],
  ['an attribute without quotes', '<a b=1/>'],
  ['an attribute without a value', '<a b/>'],
  ['attributes without a space between', '<a b="1"c="2"/>'],
  ['a tag within an attribute', '<a b="<"/>'],
  ['an entity of nobody', '<a>&nbsp;</a>'],
  ['an ampersand alone', '<a>&</a>'],
  ['an unfinished reference', '<a b="&#38"/>'],
  ['a reference to a character that XML does not have', '<a>&#0;</a>'],
  ['a reference to half a character', '<a>&#xD800;</a>'],
  ['a reference beyond all characters', '<a>&#x110000;</a>'],
  ['a character that XML does not have', '<a>\u0001</a>'],
  ['half a character', '<a>\ud800</a>'],
  ['a comment', '<a><!-- x --></a>'],
  ['a processing instruction', '<a><?x y?></a>'],
  ['a document type', '<!DOCTYPE a><a/>'],
  ['an open CDATA section', '<a><![CDATA[x]]</a>'],
  ['the end of a CDATA section that none began', '<a>]]></a>'],
  ['a CDATA section around nothing', '<![CDATA[ ]]><a/>'],
  ['an end tag with attributes', '<a></a b="1">'],
  ['an end tag alone', '</a>'],
  ['a name that begins with a digit', '<1a/>'],
  ['a name with two colons', '<a:b:c xmlns:a="urn:a"/>'],
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
