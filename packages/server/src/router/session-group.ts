import type { FullJid } from '@meerkat-chat/xmpp';
import type { Group } from '../kernel/group.js';
import type { Session, SessionDirectory } from '../kernel/session.js';
import type { SharedStanza } from '../kernel/shared-stanza.js';

/** A group that holds its sessions themselves. The hot path: nothing is awaited, looked up or made per member. */
export class SessionGroup implements Group {
  readonly #sessions: SessionDirectory;
  readonly #members = new Map<FullJid, Session>();

  constructor(sessions: SessionDirectory) {
    this.#sessions = sessions;
  }

  add(jid: FullJid): void {
    const session = this.#sessions.get(jid);
    if (session) this.#members.set(jid, session);
  }

  delete(jid: FullJid): void {
    this.#members.delete(jid);
  }

  [Symbol.iterator](): Iterator<FullJid> {
    return this.#members.keys();
  }

  /** Hands a stanza to every member, at once. @returns how many there are */
  fanOut(stanza: SharedStanza): number {
    for (const session of this.#members.values()) session.deliverShared(stanza);
    return this.#members.size;
  }
}
