import {
  assertNever,
  type BareJid,
  isFull,
  type Jid,
  type Message,
  type Presence,
  type Stanza,
} from '@meerkat-chat/xmpp';
import type { Session } from '../kernel/session.js';
import type { Sessions } from './sessions.js';

/** What became of a stanza for an account: who got it, that nobody did, or that it was not for anybody to get. */
export type Delivered = 'dropped' | 'untaken' | readonly Session[];

/** Hands a message or presence to the sessions of an account, or an iq to the one session it names (RFC 6121 section 8.5). */
export function deliverToAccount(sessions: Sessions, account: BareJid, to: Jid, stanza: Stanza): Delivered {
  if (isFull(to)) {
    const session = sessions.get(to);
    if (session) {
      session.deliver(stanza.el);
      return [session];
    }
    // Section 8.5.3.2.1: a chat goes on to whoever else of the account is there; anything else was for that one.
    if (stanza.kind !== 'message' || stanza.type !== 'chat') return 'untaken';
  }
  switch (stanza.kind) {
    case 'message':
      return messageToAccount(sessions, account, stanza);
    case 'presence':
      return presenceToAccount(sessions, account, stanza);
    case 'iq':
      return 'untaken';
    default:
      return assertNever(stanza);
  }
}

/** Section 8.5.2.1.1: to every available resource whose priority is not negative. */
function messageToAccount(sessions: Sessions, account: BareJid, message: Message): Delivered {
  switch (message.type) {
    case 'groupchat':
      return 'untaken';
    case 'error':
      return 'dropped';
    case 'chat':
    case 'headline':
    case 'normal': {
      const takers: Session[] = [];
      for (const { session, priority } of sessions.available(account)) {
        if (priority < 0) continue;
        session.deliver(message.el);
        takers.push(session);
      }
      return takers.length > 0 ? takers : 'untaken';
    }
    default:
      return assertNever(message.type);
  }
}

/** Section 8.5.2.1.2: to every available resource. What asks for a subscription or a probe is for the account itself. */
function presenceToAccount(sessions: Sessions, account: BareJid, presence: Presence): Delivered {
  if (presence.type !== 'available' && presence.type !== 'unavailable') return 'dropped';
  for (const { session } of sessions.available(account)) session.deliver(presence.el);
  return [];
}
