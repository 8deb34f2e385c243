import type { FullJid } from '@meerkat-chat/xmpp';
import type { Group } from '../kernel/group.js';
import type { Session, SessionDirectory } from '../kernel/session.js';
import type { Shard, ShardMembers } from '../kernel/shard.js';
import type { SharedStanza } from '../kernel/shared-stanza.js';

/**
 * A group that holds the sessions of this process themselves, and hands a stanza to each other shard once. The hot
 * path: nothing is awaited, looked up or made per member.
 */
export class SessionGroup implements Group {
  readonly #sessions: SessionDirectory;
  readonly #here = new Map<FullJid, Session>();
  #elsewhere: Elsewhere | undefined;

  constructor(sessions: SessionDirectory) {
    this.#sessions = sessions;
  }

  add(jid: FullJid): void {
    const session = this.#sessions.get(jid);
    const before = this.#here.get(jid) ?? this.#elsewhere?.sessions.get(jid);
    if (!session || session === before) return;
    if (before) this.delete(jid);
    if (!session.shard) this.#here.set(jid, session);
    else {
      this.#elsewhere ??= new Elsewhere();
      this.#elsewhere.add(session, session.shard);
    }
  }

  delete(jid: FullJid): void {
    if (this.#here.delete(jid) || !this.#elsewhere) return;
    this.#elsewhere.delete(jid);
    if (this.#elsewhere.sessions.size === 0) this.#elsewhere = undefined;
  }

  *[Symbol.iterator](): Iterator<FullJid> {
    yield* this.#here.keys();
    if (this.#elsewhere) yield* this.#elsewhere.sessions.keys();
  }

  /** Hands a stanza to every member, at once. @returns how many there are */
  fanOut(stanza: SharedStanza): number {
    for (const session of this.#here.values()) session.deliverShared(stanza);
    return this.#here.size + (this.#elsewhere?.fanOut(stanza) ?? 0);
  }
}

/** The members of a group that are not in this process. */
class Elsewhere {
  readonly sessions = new Map<FullJid, Session>();
  readonly #shards = new Map<Shard, ShardMembers>();

  add(session: Session, shard: Shard): void {
    this.sessions.set(session.jid, session);
    const members = this.#shards.get(shard) ?? shard.members();
    this.#shards.set(shard, members);
    members.add(session);
  }

  delete(jid: FullJid): void {
    const session = this.sessions.get(jid);
    const shard = session?.shard;
    const members = shard && this.#shards.get(shard);
    if (!session || !shard || !members) return;
    this.sessions.delete(jid);
    members.delete(session);
    if (members.size === 0) this.#shards.delete(shard);
  }

  fanOut(stanza: SharedStanza): number {
    for (const members of this.#shards.values()) members.fanOut(stanza);
    return this.sessions.size;
  }
}
