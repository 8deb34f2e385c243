// What the benchmarks read and write.

import { el, messageEl, NS, parseJid } from '@meerkat-chat/xmpp';

/** A message to a room as a client says it, of 300 bytes. */
export const GROUPCHAT = padded(
  (body) =>
    `<message xmlns="${NS.client}" to="talk@rooms.localhost" type="groupchat" id="8f14e45f-ceea-467f">` +
    `<body>${body}</body><active xmlns="http://jabber.org/protocol/chatstates"/></message>`,
  300,
);

/** The like as the room sends it on. */
export const STAMPED = messageEl(
  {
    to: jid('talk@rooms.localhost'),
    from: jid('talk@rooms.localhost/juliet'),
    type: 'groupchat',
    id: '8f14e45f',
  },
  el('body', NS.client, {}, 'x'.repeat(100)),
  el('stanza-id', NS.stanzaId, { id: '01jd2x9m4c-0001', by: 'talk@rooms.localhost' }),
  el('occupant-id', NS.occupantId, { id: 'dd72603deec90a38ba552f7c68cbcc61bca202cd' }),
);

/** A recipient's address as it stands in `to`. */
export const TO = Buffer.from('k7Qw2m9xT4bZ1vYp@localhost/3f2a9c1e');

function jid(text) {
  const parsed = parseJid(text);
  if (parsed === undefined) throw new TypeError(`${text} is not an address`);
  return parsed;
}

function padded(around, bytes) {
  return around('x'.repeat(bytes - Buffer.byteLength(around(''))));
}
