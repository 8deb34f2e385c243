import { expect, test } from 'vitest';
import { type Jid, parseJid } from './jid.js';
import { NS } from './ns.js';
import { encodeOriginId, encodeStanzaId, originIdOf, stanzaIdOf, withoutStanzaIds } from './stanza-id.js';
import { el } from './xml/element.js';

const room = parseJid('room@rooms.example') as Jid;
const other = parseJid('other@example') as Jid;

test('ids are told apart by who gave them', () => {
  const message = el('message', NS.client, {}, encodeStanzaId('1', other), encodeStanzaId('2', room));
  expect(stanzaIdOf(message, room)).toBe('2');
  expect(originIdOf(message)).toBeUndefined();
  expect(originIdOf(el('message', NS.client, {}, encodeOriginId('o')))).toBe('o');
});

test('every forged id goes, others stay', () => {
  const message = el(
    'message',
    NS.client,
    {},
    encodeStanzaId('1', room),
    encodeStanzaId('2', other),
    encodeStanzaId('3', room),
    el('body', NS.client, {}, 'hi'),
  );
  const clean = withoutStanzaIds(message, room);
  expect(clean.children).toHaveLength(2);
  expect(stanzaIdOf(clean, room)).toBeUndefined();
  expect(stanzaIdOf(clean, other)).toBe('2');
});
