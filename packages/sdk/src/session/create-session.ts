import type { Platform } from '../platform.js';
import { Session, type SessionOptions } from './session.js';
import type { XmppSession } from './xmpp-session.js';

/** Makes a session; nothing happens until `start`. */
export function createXmppSession(options: SessionOptions, platform: Platform): XmppSession {
  return new Session(options, platform);
}
