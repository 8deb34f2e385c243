import { expect, test } from 'vitest';
import { el } from './element.js';
import { serialize } from './serialize.js';
import { escapeAttr, escapeText } from './serialize-plain.js';

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

test('qualified attributes get a prefix, one for each namespace, and those of XEP-0206 the one it writes', () => {
  const element = el('body', 'urn:b', {
    '{urn:p}a': '1',
    '{urn:q}b': '2',
    '{urn:p}c': '3',
    'xml:lang': 'en',
  });
  expect(serialize(element)).toBe(
    '<body xmlns="urn:b" xmlns:n0="urn:p" n0:a="1" xmlns:n1="urn:q" n1:b="2" n0:c="3" xml:lang="en"/>',
  );
  const bosh = el('body', 'urn:b', {
    '{urn:xmpp:xbosh}version': '1.0',
    '{urn:xmpp:xbosh}restart': 'true',
  });
  expect(serialize(bosh)).toBe(
    '<body xmlns="urn:b" xmlns:xmpp="urn:xmpp:xbosh" xmpp:version="1.0" xmpp:restart="true"/>',
  );
});

test('text and attributes cannot break out', () => {
  expect(escapeText(`<b>&"'\r\n`)).toBe(`&lt;b&gt;&amp;"'&#13;\n`);
  expect(escapeAttr(`<"'&\r\n\t`)).toBe('&lt;&quot;&apos;&amp;&#13;&#10;&#9;');
  expect(serialize(el('a', '"><x y="', { k: '"/><evil' }, '</a>]]>'))).toBe(
    '<a xmlns="&quot;&gt;&lt;x y=&quot;" k="&quot;/&gt;&lt;evil">&lt;/a&gt;]]&gt;</a>',
  );
});
