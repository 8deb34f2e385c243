import { type DomainJid, type Env, parseDomainJid } from '@meerkat-chat/xmpp';
import { MAX_MESSAGES } from './bounds.js';
import type { Chat, ChatAuth } from './chat.js';
import type { ChatOptions } from './chat-options.js';
import { Owner } from './owner/owner.js';
import { portPair } from './port/port.js';
import type { Command, Update } from './port/protocol.js';
import type { XmppSession } from './session/xmpp-session.js';
import { ChatStore } from './stores/chat-store.js';

/** Who signs in where nothing was said. */
export const DEFAULT_AUTH: ChatAuth = { kind: 'guest' };

function readHost(text: string): DomainJid {
  const host = parseDomainJid(text);
  if (host === undefined) throw new RangeError(`"${text}" is no domain`);
  return host;
}

function hostName(url: string | undefined): string | undefined {
  return url === undefined || !URL.canParse(url) ? undefined : new URL(url).hostname || undefined;
}

/** What the rooms' host is for certain, and what it probably is. */
function roomsHosts(options: ChatOptions, origin: string | undefined) {
  const { domain, roomsHost, server, websocket, bosh } = options;
  const told = roomsHost ?? (domain === undefined ? undefined : `rooms.${domain}`);
  const roomsHostTold = told === undefined ? undefined : readHost(told);
  const guess = hostName(server) ?? hostName(websocket) ?? hostName(bosh) ?? hostName(origin) ?? 'localhost';
  const roomsGuess = roomsHostTold ?? parseDomainJid(`rooms.${guess}`) ?? readHost('rooms.localhost');
  return { roomsHost: roomsHostTold, roomsGuess };
}

function readLimit(limit = MAX_MESSAGES): number {
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_MESSAGES) {
    throw new RangeError(`historyLimit is a number from 1 to ${MAX_MESSAGES}`);
  }
  return limit;
}

function readTyping({ maxOccupants }: NonNullable<ChatOptions['typing']> = {}): number | undefined {
  if (maxOccupants === undefined || (Number.isInteger(maxOccupants) && maxOccupants >= 0))
    return maxOccupants;
  throw new RangeError('typing.maxOccupants is a whole number, 0 or more');
}

/** What a chat is put together from. */
export interface ChatParts {
  readonly env: Env;
  /** The page's own origin, where it has one. */
  readonly origin: string | undefined;
  readonly session: XmppSession;
}

/**
 * Puts a chat together in one page: the session's owner on one side of a port, stores on the other.
 * @throws RangeError for options that cannot be
 */
export function composeChat(options: ChatOptions, parts: ChatParts): Chat {
  const { env, origin, session } = parts;
  const { roomsHost, roomsGuess } = roomsHosts(options, origin);
  const historyLimit = readLimit(options.historyLimit);
  const typingOccupants = readTyping(options.typing);
  const auth = options.auth ?? DEFAULT_AUTH;
  const owner = new Owner(session, env, { auth, roomsHost, historyLimit, typingOccupants });
  const [ownerPort, storePort] = portPair<Command, Update>();
  owner.attach(ownerPort);
  return new ChatStore(storePort, {
    env,
    roomsHost,
    roomsGuess,
    onClose: () => {
      session.suspend();
      owner.close();
    },
  });
}
