import type { Platform } from '../platform.js';
import type { LazyParts } from './lazy-parts.js';
import { Session, type SessionOptions } from './session.js';
import type { XmppSession } from './xmpp-session.js';

/** Makes a session; nothing happens until `start`. */
export function createXmppSession(
  options: SessionOptions,
  platform: Platform,
  parts?: LazyParts,
): XmppSession {
  return new Session(options, platform, parts);
}
