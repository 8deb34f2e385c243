import { el, NS } from '@meerkat-chat/xmpp';
import { expect, test } from 'vitest';
import { SharedStanza } from '../kernel/shared-stanza.js';
import { HeldStanzas, REFERENCE_BYTES, STANZA_BYTES } from './held-stanzas.js';

test('a shared stanza is counted once, and each reference to it', () => {
  const held = new HeldStanzas();
  const shared = SharedStanza.of(el('message', NS.client, {}, 'hi'));
  const one = REFERENCE_BYTES + STANZA_BYTES + shared.size(0);
  held.hold(shared);
  expect(held.bytes).toBe(one);
  for (let n = 0; n < 9; n++) held.hold(shared);
  expect(held.bytes).toBe(one + 9 * REFERENCE_BYTES);
  for (let n = 0; n < 9; n++) held.release(shared);
  expect(held.bytes).toBe(one);
  held.release(shared);
  expect(held.bytes).toBe(0);
});

test("a text is its queue's own", () => {
  const held = new HeldStanzas();
  held.hold('<a/>');
  held.hold('<a/>');
  expect(held.bytes).toBe(2 * (REFERENCE_BYTES + STANZA_BYTES + 4));
  held.release('<a/>');
  held.release('<a/>');
  expect(held.bytes).toBe(0);
});
