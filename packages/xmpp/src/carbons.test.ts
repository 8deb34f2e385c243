import { expect, test } from 'vitest';
import { decodeCarbon, encodeCarbon, encodeCarbonsWish, refusesCarbons } from './carbons.js';
import { encodeMomentary } from './chat-state.js';
import { parseBareJid, parseJid } from './jid.js';
import { NS } from './ns.js';
import { messageEl } from './stanza.js';
import { type Element, el } from './xml/element.js';
import { serialize } from './xml/serialize.js';

const juliet = parseBareJid('juliet@localhost') as never;
const romeo = parseJid('romeo@localhost/orchard') as never;
const original = messageEl({ from: romeo, to: juliet, type: 'chat' }, el('body', NS.client, {}, 'Hark'));
const copy = (from: string | undefined, content: Element) => el('message', NS.client, { from }, content);

test('copies are asked for, and no more of them', () => {
  expect(serialize(encodeCarbonsWish(true))).toBe('<enable xmlns="urn:xmpp:carbons:2"/>');
  expect(serialize(encodeCarbonsWish(false))).toBe('<disable xmlns="urn:xmpp:carbons:2"/>');
});

test.each(['received', 'sent'] as const)('the original of a copy that was %s is read', (direction) => {
  const message = copy('juliet@localhost', encodeCarbon(direction, original));
  expect(decodeCarbon(message, juliet)).toEqual({ direction, message: original });
});

test('a copy without a sender is of the own account', () => {
  expect(decodeCarbon(copy(undefined, encodeCarbon('sent', original)), juliet)?.direction).toBe('sent');
});

test.each(['romeo@localhost', 'juliet@localhost/other', 'localhost', '@'])(
  'a copy that %s sent is a forgery',
  (from) => {
    expect(decodeCarbon(copy(from, encodeCarbon('sent', original)), juliet)).toBeUndefined();
  },
);

test.each([
  original,
  copy('juliet@localhost', el('sent', NS.carbons)),
  copy('juliet@localhost', el('enable', NS.carbons)),
  copy('juliet@localhost', el('sent', NS.carbons, {}, el('forwarded', NS.forward))),
])('what holds no original is no copy', (message) => {
  expect(decodeCarbon(message, juliet)).toBeUndefined();
});

test('a sender may want no copies', () => {
  expect(refusesCarbons(original)).toBe(false);
  expect(refusesCarbons(copy(undefined, el('private', NS.carbons)))).toBe(true);
  expect(refusesCarbons(messageEl({}, ...encodeMomentary()))).toBe(true);
});
