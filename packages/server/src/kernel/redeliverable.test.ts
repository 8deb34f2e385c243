import { el, messageEl, NS, parseJid, presenceEl, serialize } from '@meerkat-chat/xmpp';
import { expect, test } from 'vitest';
import { isRedeliverable } from './redeliverable.js';
import { SharedStanza } from './shared-stanza.js';

const from = parseJid('room@rooms.localhost/Mira');
const to = parseJid('tom@localhost/desk');
if (!from || !to) throw new Error('these parse');
const body = (text: string) => el('body', NS.client, {}, text);

test.each([
  ['what a room said', messageEl({ from, to, type: 'groupchat' }, body('hi')), false],
  ['a presence', presenceEl({ from, to }), false],
  ['a chat', messageEl({ from, to, type: 'chat' }, body('hi')), true],
  [
    'a chat about groupchat',
    messageEl({ from, to, type: 'chat', id: ' type="groupchat"' }, body('type="groupchat"')),
    true,
  ],
  ['a message without a type', messageEl({ from, to }, body('hi')), true],
  ['an iq', el('iq', NS.client, { from, to, type: 'get', id: '1' }, el('ping', NS.ping)), true],
] as const)('%s is told by its start tag, written once or for many', (_what, stanza, expected) => {
  expect(isRedeliverable(serialize(stanza))).toBe(expected);
  expect(SharedStanza.of(stanza).redeliverable).toBe(expected);
});
