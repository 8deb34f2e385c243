import { expect, test } from 'vitest';
import { decodeDelay, encodeDelay } from './delay.js';
import { type Jid, parseJid } from './jid.js';
import { NS } from './ns.js';
import { el } from './xml/element.js';

const room = parseJid('room@rooms.example') as Jid;
const other = parseJid('other@example') as Jid;

test('a stamp is read back', () => {
  const delay = { at: 1_700_000_000_123, by: room };
  expect(decodeDelay(el('message', NS.client, {}, encodeDelay(delay)))).toEqual(delay);
});

test('only the stamp of the asked address counts', () => {
  const message = el(
    'message',
    NS.client,
    {},
    encodeDelay({ at: 1, by: other }),
    encodeDelay({ at: 2, by: room }),
  );
  expect(decodeDelay(message, room)?.at).toBe(2);
  expect(decodeDelay(message)?.at).toBe(1);
});

test('a malformed stamp is none', () => {
  expect(decodeDelay(el('message', NS.client, {}, el('delay', NS.delay, { stamp: 'now' })))).toBeUndefined();
});
