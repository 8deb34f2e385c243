import { expect, test } from 'vitest';
import { child, children, childText, el, elements, text, withAttrs } from './element.js';
import { escapeAttr, escapeText, serialize } from './serialize.js';

test('undefined attributes and children are left out', () => {
  const element = el('a', 'urn:a', { x: undefined, n: 1 }, undefined, false, 'text', el('b', 'urn:a'));
  expect(serialize(element)).toBe('<a xmlns="urn:a" n="1">text<b/></a>');
});

test('a namespace is declared where it changes, and there only', () => {
  const element = el(
    'm',
    'jabber:client',
    {},
    el('body', 'jabber:client', {}, 'hi'),
    el('x', 'urn:x', {}, el('y', 'urn:x')),
  );
  expect(serialize(element)).toBe('<m xmlns="jabber:client"><body>hi</body><x xmlns="urn:x"><y/></x></m>');
  expect(serialize(element, 'jabber:client')).toBe('<m><body>hi</body><x xmlns="urn:x"><y/></x></m>');
});

test('qualified attributes get a prefix of their own', () => {
  const element = el('body', 'urn:b', { '{urn:xmpp:xbosh}version': '1.0', 'xml:lang': 'en' });
  expect(serialize(element)).toBe(
    '<body xmlns="urn:b" xmlns:n0="urn:xmpp:xbosh" n0:version="1.0" xml:lang="en"/>',
  );
});

test('text and attributes cannot break out', () => {
  expect(escapeText(`<b>&"'\r\n`)).toBe(`&lt;b&gt;&amp;"'&#13;\n`);
  expect(escapeAttr(`<"'&\r\n\t`)).toBe('&lt;&quot;&apos;&amp;&#13;&#10;&#9;');
  expect(serialize(el('a', '"><x y="', { k: '"/><evil' }, '</a>]]>'))).toBe(
    '<a xmlns="&quot;&gt;&lt;x y=&quot;" k="&quot;/&gt;&lt;evil">&lt;/a&gt;]]&gt;</a>',
  );
});

test('children are found by name and namespace', () => {
  const parent = el(
    'p',
    'urn:p',
    {},
    'a',
    el('x', 'urn:other'),
    el('x', 'urn:p', {}, '1'),
    'b',
    el('x', 'urn:p'),
  );
  expect(child(parent, 'x')).toMatchObject({ ns: 'urn:p', children: ['1'] });
  expect(children(parent, 'x')).toHaveLength(2);
  expect(child(parent, 'x', 'urn:none')).toBeUndefined();
  expect(elements(parent)).toHaveLength(3);
  expect([text(parent), childText(parent, 'x'), childText(parent, 'y')]).toEqual(['ab', '1', undefined]);
});

test('an attribute of any name is an attribute and nothing else', () => {
  const element = el('a', 'urn:a', JSON.parse('{"__proto__":"p","constructor":"c"}'));
  expect(serialize(element)).toBe('<a xmlns="urn:a" __proto__="p" constructor="c"/>');
  expect(Object.getPrototypeOf(element.attrs)).toBeNull();
});

test('a change is a copy', () => {
  const before = el('a', 'urn:a', { to: 'x', id: '1' });
  const after = withAttrs(before, { to: undefined, from: 'y' });
  expect(serialize(before)).toBe('<a xmlns="urn:a" to="x" id="1"/>');
  expect(serialize(after)).toBe('<a xmlns="urn:a" id="1" from="y"/>');
});
