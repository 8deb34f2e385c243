import { type DomainJid, type Env, parseDomainJid } from '@meerkat-chat/xmpp';
import { MAX_MESSAGES } from './bounds.js';
import type { Chat, ChatAuth } from './chat.js';
import type { ChatOptions } from './chat-options.js';
import { Owner } from './owner/owner.js';
import { whoOf } from './session/who.js';
import type { XmppSession } from './session/xmpp-session.js';

/** Who signs in where nothing was said. */
export const DEFAULT_AUTH: ChatAuth = { kind: 'guest' };

function readHost(text: string): DomainJid {
  const host = parseDomainJid(text);
  if (host === undefined) throw new RangeError(`"${text}" is no domain`);
  return host;
}

function hostName(url = ''): string | undefined {
  return URL.canParse(url) ? new URL(url).hostname || undefined : undefined;
}

/** What the rooms' host is for certain, and what it probably is. */
function roomsHosts(options: ChatOptions, origin: string | undefined) {
  const { domain, roomsHost, server, websocket, bosh } = options;
  const told = roomsHost ?? (domain === undefined ? undefined : `rooms.${domain}`);
  const certain = told === undefined ? undefined : readHost(told);
  const named = [server, websocket, bosh, origin].map(hostName).find((name) => name !== undefined);
  const roomsGuess =
    certain ?? parseDomainJid(`rooms.${named ?? 'localhost'}`) ?? readHost('rooms.localhost');
  return { roomsHost: certain, roomsGuess };
}

function checkCount(name: string, count: number, least: number, most: number): number {
  if (Number.isInteger(count) && count >= least && count <= most) return count;
  throw new RangeError(`${name} is a whole number from ${least} to ${most}`);
}

/** What chats of one page share: whoever wants the same server and is the same person is in one session. */
export type SharedChats = Map<string, Owner>;

/** What a chat is put together from. */
export interface ChatParts {
  readonly env: Env;
  /** The page's own origin, where it has one. */
  readonly origin: string | undefined;
  /** Makes a session, where none can be shared. */
  readonly openSession: (auth: ChatAuth) => XmppSession;
  /** By default, nothing is shared. */
  readonly shared?: SharedChats | undefined;
}

/** Same text: same session. A guest is the same whatever the nick: the one that was said last is for rooms joined later. */
function sameness(options: ChatOptions, origin: string | undefined): string {
  const { server, websocket, bosh, domain, roomsHost, historyLimit, typing, auth } = options;
  const account = [whoOf(auth), auth?.kind === 'password' ? auth.password : undefined];
  const limits = [historyLimit, typing?.maxOccupants];
  return JSON.stringify([server ?? origin, websocket, bosh, domain, roomsHost, account, limits]);
}

/**
 * Puts a chat together: one of those that share a session, or the first of them.
 * @throws RangeError for options that cannot be
 */
export function composeChat(options: ChatOptions, parts: ChatParts): Chat {
  const { env, origin, shared = new Map() } = parts;
  const hosts = roomsHosts(options, origin);
  const historyLimit = checkCount('historyLimit', options.historyLimit ?? MAX_MESSAGES, 1, MAX_MESSAGES);
  const typingOccupants = options.typing?.maxOccupants;
  checkCount('typing.maxOccupants', typingOccupants ?? 0, 0, Number.POSITIVE_INFINITY);
  const auth = options.auth ?? DEFAULT_AUTH;
  const key = sameness(options, origin);
  const known = shared.get(key);
  const forget = (): void => {
    for (const [whose, owner] of shared) if (owner === own) shared.delete(whose);
  };
  // Who has signed out is gone for good.
  const own: Owner =
    known && known.session.status.value.state !== 'closed'
      ? known
      : new Owner(parts.openSession(auth), env, {
          auth,
          ...hosts,
          historyLimit,
          typingOccupants,
          succession: {
            open: parts.openSession,
            done(now) {
              forget();
              shared.set(sameness({ ...options, auth: now }, origin), own);
            },
          },
        });
  shared.set(key, own);
  if (auth.kind === 'guest' && auth.nick) own.rooms.nick = auth.nick;
  return own.open(() => {
    if (own.chats > 0) return;
    forget();
    own.session.suspend();
    own.close();
  });
}
