import type { Chat } from './chat.js';
import type { ChatOptions } from './chat-options.js';
import { composeChat, DEFAULT_AUTH } from './compose-chat.js';
import { browserPlatform } from './runtime.js';
import { createXmppSession } from './session/create-session.js';

/**
 * A chat of this page: one session, its rooms, and what is said to us. Nothing happens until `start()`.
 * @throws RangeError for options that cannot be
 */
export function createChat(options: ChatOptions = {}): Chat {
  const platform = browserPlatform();
  const session = createXmppSession({ ...options, auth: options.auth ?? DEFAULT_AUTH }, platform);
  return composeChat(options, { env: platform.env, origin: platform.page.origin, session });
}
