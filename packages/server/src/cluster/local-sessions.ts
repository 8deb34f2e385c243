import type { Session } from '../kernel/session.js';
import type { SessionNumber, SessionRecord } from './node-message.js';

/** The sessions of this node, by the numbers under which other nodes know them. */
export class LocalSessions {
  readonly #numbers = new Map<Session, SessionNumber>();
  readonly #sessions = new Map<SessionNumber, Session>();
  #last: SessionNumber = 0;

  get size(): number {
    return this.#sessions.size;
  }

  add(session: Session): SessionNumber {
    const number = ++this.#last;
    this.#numbers.set(session, number);
    this.#sessions.set(number, session);
    return number;
  }

  /** @returns the number that it had */
  remove(session: Session): SessionNumber | undefined {
    const number = this.#numbers.get(session);
    if (number === undefined) return undefined;
    this.#numbers.delete(session);
    this.#sessions.delete(number);
    return number;
  }

  get(number: SessionNumber): Session | undefined {
    return this.#sessions.get(number);
  }

  numberOf(session: Session): SessionNumber | undefined {
    return this.#numbers.get(session);
  }

  /** What other nodes are told of all of them, in the order of their binding. */
  *records(): Iterable<SessionRecord> {
    for (const [number, session] of this.#sessions) yield recordOf(number, session);
  }
}

/** What other nodes are told of a session. */
export function recordOf(session: SessionNumber, { jid, identity, peer }: Session): SessionRecord {
  return { session, jid, kind: identity.kind, peer };
}
