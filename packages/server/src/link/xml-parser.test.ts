import { type Element, NS, serialize } from '@meerkat-chat/xmpp';
import { describe, expect, test } from 'vitest';
import { FrameParser } from './xml-parser.js';

const LIMITS = { attributes: 8, bytes: 10_000, depth: 8, elements: 50 };

function parse(frame: string, limits = LIMITS) {
  return new FrameParser().parse(frame, limits);
}

function parsed(frame: string): Element {
  const result = parse(frame);
  if (!result.ok) throw new TypeError(result.error.condition);
  return result.value;
}

function refusal(frame: string, limits = LIMITS) {
  const result = parse(frame, limits);
  return result.ok ? 'accepted' : result.error;
}

describe('what is read', () => {
  test('namespaces are resolved, prefixes and declarations gone', () => {
    const frame =
      '<a:message xmlns:a="jabber:client" id="1"><body xmlns="urn:x" a:k="v" xml:lang="de"/></a:message>';
    expect(parsed(frame)).toEqual({
      name: 'message',
      ns: NS.client,
      attrs: { id: '1' },
      children: [
        { name: 'body', ns: 'urn:x', attrs: { '{jabber:client}k': 'v', 'xml:lang': 'de' }, children: [] },
      ],
    });
  });

  test('text, CDATA, the five entities and character references are one text', () => {
    expect(parsed('<b xmlns="x">a&amp;&lt;<![CDATA[<c>&amp;]]>&#x1F600;&#65;</b>').children).toEqual([
      'a&<<c>&amp;😀A',
    ]);
  });

  test('attributes named like the inner parts of objects are attributes', () => {
    const { attrs } = parsed('<b xmlns="x" __proto__="1" constructor="2" hasOwnProperty="3"/>');
    expect(Object.getPrototypeOf(attrs)).toBeNull();
    expect(Object.entries(attrs)).toEqual([
      ['__proto__', '1'],
      ['constructor', '2'],
      ['hasOwnProperty', '3'],
    ]);
    expect(({} as { 1?: unknown })[1]).toBeUndefined();
  });

  test('a prefix named like the inner parts of objects is unbound', () => {
    expect(refusal('<__proto__:b xmlns="x"/>')).toEqual({ condition: 'not-well-formed' });
    expect(refusal('<constructor:b xmlns="x"/>')).toEqual({ condition: 'not-well-formed' });
  });

  test('a namespace with a brace is written back as it was read', () => {
    const element = parsed('<b xmlns="x" xmlns:p="a}b" p:c="1"/>');
    expect(parsed(serialize(element))).toEqual(element);
  });

  test('one parser reads frame after frame, also after one that it refused', () => {
    const parser = new FrameParser();
    for (let round = 0; round < 3; round++) {
      expect(parser.parse('<a xmlns="x"><b>', LIMITS).ok).toBe(false);
      expect(parser.parse('<a xmlns="x" xmlns:p="y"/>', LIMITS).ok).toBe(true);
      // The prefix of the frame before is not known any more.
      expect(parser.parse('<p:a/>', LIMITS).ok).toBe(false);
      expect(parser.parse('<a xmlns="x">t</a>', LIMITS)).toMatchObject({ value: { children: ['t'] } });
    }
  });
});

const LOL = '<!DOCTYPE l [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>';

test.each([
  ['a DTD with nested entities', `<l xmlns="x">&b;</l>`.replace('<l', `${LOL}<l`), 'restricted-xml'],
  ['a DTD without', '<!DOCTYPE l><l xmlns="x"/>', 'restricted-xml'],
  ['an external DTD', '<!DOCTYPE l SYSTEM "file:///etc/passwd"><l xmlns="x"/>', 'restricted-xml'],
  ['a processing instruction', '<l xmlns="x"><?php 1 ?></l>', 'restricted-xml'],
  ['an XML declaration', '<?xml version="1.0"?><l xmlns="x"/>', 'restricted-xml'],
  ['another version of XML', '<?xml version="1.1"?><l xmlns="x">&#1;</l>', 'restricted-xml'],
  ['a comment', '<l xmlns="x"><!-- c --></l>', 'restricted-xml'],
  ['a comment before the root', '<!-- c --><l xmlns="x"/>', 'restricted-xml'],
  ['an undeclared entity', '<l xmlns="x">&nbsp;</l>', 'not-well-formed'],
  ['an undeclared entity in an attribute', '<l xmlns="x" a="&b;"/>', 'not-well-formed'],
  ['an unbound prefix', '<p:l xmlns="x"/>', 'not-well-formed'],
  ['an unbound prefix of an attribute', '<l xmlns="x" p:a="1"/>', 'not-well-formed'],
  ['two colons in a name', '<a:b:c xmlns:a="x"/>', 'not-well-formed'],
  ['an attribute twice', '<l xmlns="x" a="1" a="2"/>', 'not-well-formed'],
  [
    'an attribute twice by two prefixes',
    '<l xmlns="x" xmlns:p="y" xmlns:q="y" p:a="1" q:a="2"/>',
    'not-well-formed',
  ],
  ['a second root', '<l xmlns="x"/><l xmlns="x"/>', 'not-well-formed'],
  ['text before the root', 'a<l xmlns="x"/>', 'not-well-formed'],
  ['text after the root', '<l xmlns="x"/>a', 'not-well-formed'],
  ['text between two >', '<l xmlns="x"/>a>', 'not-well-formed'],
  ['white space before the root', ' <l xmlns="x"/>', 'not-well-formed'],
  ['white space after the root', '<l xmlns="x"/>\n', 'not-well-formed'],
  ['a byte order mark', '\ufeff<l xmlns="x"/>', 'not-well-formed'],
  ['nothing', '', 'not-well-formed'],
  ['a lone end', '</l>', 'not-well-formed'],
  ['no end', '<l xmlns="x"><m></m>', 'not-well-formed'],
  ['an end of another', '<l xmlns="x"><m></l></m>', 'not-well-formed'],
  ['an end of a stream', '</stream:stream>', 'not-well-formed'],
  ['NUL', '<l xmlns="x">\0</l>', 'not-well-formed'],
  ['NUL by reference', '<l xmlns="x">&#0;</l>', 'not-well-formed'],
  ['a control character', '<l xmlns="x" a="\u0008"/>', 'not-well-formed'],
  ['a surrogate by reference', '<l xmlns="x">&#xD800;</l>', 'not-well-formed'],
  ['half a surrogate pair', '<l xmlns="x">\ud83dA</l>', 'not-well-formed'],
  ['the other half', '<l xmlns="x" a="\ude00"/>', 'not-well-formed'],
  ['a non-character', '<l xmlns="x">\uffff</l>', 'not-well-formed'],
  ['a beyond reference', '<l xmlns="x">&#x110000;</l>', 'not-well-formed'],
  ['the xmlns prefix', '<xmlns:l/>', 'not-well-formed'],
  ['the xml prefix bound anew', '<l xmlns="x" xmlns:xml="y"/>', 'not-well-formed'],
  ['an element of the xml prefix', '<l xmlns="x"><xml:m/></l>', 'not-well-formed'],
  ['a name that older editions of XML do not have', '<l xmlns="x"><m\u0370/></l>', 'not-well-formed'],
  ['such a name of an attribute', '<l xmlns="x" \u0370="1"/>', 'not-well-formed'],
  ['< in an attribute', '<l xmlns="x" a="<"/>', 'not-well-formed'],
  [']]> in text', '<l xmlns="x">]]></l>', 'not-well-formed'],
])('%s is refused', (_, frame, condition) => {
  expect(refusal(frame)).toMatchObject({ condition });
});

describe('bounds', () => {
  const nested = (depth: number) => `<a xmlns="x">${'<a>'.repeat(depth - 1)}${'</a>'.repeat(depth - 1)}</a>`;
  const many = (elements: number) => `<a xmlns="x">${'<a/>'.repeat(elements - 1)}</a>`;
  const attributes = (count: number) =>
    `<a xmlns="x"${Array.from({ length: count - 1 }, (_, n) => ` a${n}=""`).join('')}/>`;
  const bytes = (count: number, filler = 'a') => {
    const frame = '<a xmlns="x"></a>';
    return frame.replace('></a', `>${filler.repeat((count - frame.length) / Buffer.byteLength(filler))}</a`);
  };

  test.each([
    ['depth', nested(8), nested(9)],
    ['elements', many(50), many(51)],
    ['attributes', attributes(8), attributes(9)],
  ])('%s', (_, at, past) => {
    expect(refusal(at)).toBe('accepted');
    expect(refusal(past)).toMatchObject({ condition: 'policy-violation' });
  });

  test.each(['a', 'é', '€', '😀'])('bytes, of %s', (filler) => {
    const wide = { ...LIMITS, bytes: 17 + 120 };
    expect(refusal(bytes(137, filler), wide)).toBe('accepted');
    expect(refusal(bytes(138, 'a'), wide)).toMatchObject({
      condition: 'policy-violation',
      application: { name: 'stanza-too-big' },
    });
    expect(refusal(bytes(137 + Buffer.byteLength(filler), filler), wide)).toMatchObject({
      application: { name: 'stanza-too-big' },
    });
  });

  test('what is beyond a bound is not read to its end', () => {
    // Not well-formed further on: if it were read, that would be said instead.
    expect(refusal(`${nested(9).slice(0, 60)}<<<>`)).toMatchObject({ condition: 'policy-violation' });
  });
});
