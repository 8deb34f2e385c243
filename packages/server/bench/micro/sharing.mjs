// What is made of a message once, and what for each recipient.

import { serialize } from '@meerkat-chat/xmpp';
import { SharedStanza } from '../../dist/kernel/shared-stanza.js';
import { STAMPED, TO } from './samples.mjs';

/** Holds what was made last, so that making it is not optimised away. */
const kept = { last: undefined };

export function* sharingCases() {
  yield {
    name: 'serialise a message',
    reference: 'JSON.stringify',
    operations: 1,
    ours() {
      kept.last = serialize(STAMPED);
    },
    bare() {
      kept.last = JSON.stringify(STAMPED);
    },
  };

  yield {
    name: 'share a message',
    reference: 'Buffer.from of JSON.stringify',
    operations: 1,
    ours() {
      kept.last = SharedStanza.of(STAMPED);
    },
    bare() {
      kept.last = Buffer.from(JSON.stringify(STAMPED));
    },
  };

  const shared = SharedStanza.of(STAMPED);
  const whole = shared.bytes(TO);
  yield {
    name: 'bytes for one recipient',
    reference: 'a copy of a Buffer',
    operations: 1,
    ours() {
      kept.last = shared.bytes(TO);
    },
    bare() {
      const own = Buffer.allocUnsafe(whole.length);
      whole.copy(own);
      kept.last = own;
    },
  };
}
