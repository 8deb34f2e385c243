import { expect, test } from 'vitest';
import { el } from './element.js';
import { serialize } from './serialize.js';
import { serializePlain } from './serialize-plain.js';

test('what one has made oneself is written the same without namespaces of attributes', () => {
  const element = el(
    'm',
    'jabber:client',
    { to: 'x"y', n: 1 },
    el('body', 'jabber:client', {}, 'a<b'),
    el('x', 'urn:x'),
  );
  expect(serializePlain(element)).toBe(serialize(element));
  expect(serializePlain(element, 'jabber:client')).toBe(serialize(element, 'jabber:client'));
});
