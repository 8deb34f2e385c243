import type { BareJid, FullJid, Presence } from '@meerkat-chat/xmpp';
import { childText } from '@meerkat-chat/xmpp';
import type { Session, SessionDirectory } from '../kernel/session.js';

interface Entry {
  readonly session: Session;
  available: { readonly presence: Presence; readonly priority: number } | undefined;
}

/** Every session that is here, by address and by account, with what it broadcasts of itself. */
export class Sessions implements SessionDirectory {
  readonly #byJid = new Map<FullJid, Entry>();
  readonly #byAccount = new Map<BareJid, Set<Entry>>();

  get size(): number {
    return this.#byJid.size;
  }

  get(jid: FullJid): Session | undefined {
    return this.#byJid.get(jid)?.session;
  }

  of(account: BareJid): readonly Session[] {
    return [...(this.#byAccount.get(account) ?? [])].map((entry) => entry.session);
  }

  presence(jid: FullJid): Presence | undefined {
    return this.#byJid.get(jid)?.available?.presence;
  }

  /** Those of an account that have told that they are available, and at which priority. */
  available(account: BareJid): readonly { readonly session: Session; readonly priority: number }[] {
    const out: { session: Session; priority: number }[] = [];
    for (const { session, available } of this.#byAccount.get(account) ?? []) {
      if (available) out.push({ session, priority: available.priority });
    }
    return out;
  }

  /** @throws Error when somebody has the address already: that session has to be ended first */
  add(session: Session): void {
    if (this.#byJid.has(session.jid)) throw new Error(`${session.jid} is bound already`);
    const entry: Entry = { session, available: undefined };
    this.#byJid.set(session.jid, entry);
    const mates = this.#byAccount.get(session.account);
    if (mates) mates.add(entry);
    else this.#byAccount.set(session.account, new Set([entry]));
  }

  /** Takes a session out; false when it is not here, or when its address belongs to another one by now. */
  remove(session: Session): boolean {
    const entry = this.#byJid.get(session.jid);
    if (entry?.session !== session) return false;
    this.#byJid.delete(session.jid);
    const mates = this.#byAccount.get(session.account);
    mates?.delete(entry);
    if (mates?.size === 0) this.#byAccount.delete(session.account);
    return true;
  }

  /** Notes what a session broadcasts, undefined for unavailable; false when the session is not here. */
  broadcasts(session: Session, presence: Presence | undefined, priority = 0): boolean {
    const entry = this.#byJid.get(session.jid);
    if (entry?.session !== session) return false;
    entry.available = presence && { presence, priority };
    return true;
  }
}

/** The priority of a presence: 0 where none is given, undefined when it is not from -128 to 127 (RFC 6121 section 4.7.2.3). */
export function priorityOf(presence: Presence): number | undefined {
  const text = childText(presence.el, 'priority')?.trim() ?? '0';
  if (!/^[+-]?\d{1,3}$/.test(text)) return undefined;
  const priority = Number(text);
  return priority >= -128 && priority <= 127 ? priority : undefined;
}
