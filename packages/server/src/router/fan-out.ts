import type { FullJid } from '@meerkat-chat/xmpp';
import type { SessionDirectory } from '../kernel/session.js';
import type { SharedStanza } from '../kernel/shared-stanza.js';

/** Hands one stanza to those of many who are here, at once. @returns how many got it */
export function fanOut(
  stanza: SharedStanza,
  recipients: Iterable<FullJid>,
  sessions: SessionDirectory,
): number {
  let reached = 0;
  for (const jid of recipients) {
    const session = sessions.get(jid);
    if (!session) continue;
    session.deliverShared(stanza);
    reached++;
  }
  return reached;
}

/** A source that tells of each stanza that is taken from it. */
export class CountedSource implements Iterator<SharedStanza, unknown> {
  readonly #source: Iterator<SharedStanza, unknown>;
  readonly #taken: () => void;

  constructor(source: Iterator<SharedStanza, unknown>, taken: () => void) {
    this.#source = source;
    this.#taken = taken;
  }

  next(): IteratorResult<SharedStanza, unknown> {
    const result = this.#source.next();
    if (result.done !== true) this.#taken();
    return result;
  }
}
