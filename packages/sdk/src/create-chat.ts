import type { Chat } from './chat.js';
import type { ChatOptions } from './chat-options.js';
import { composeChat, type SharedChats } from './compose-chat.js';
import { browserPlatform, inPage } from './runtime.js';
import { createXmppSession } from './session/create-session.js';

/** The one list of a page; where there is no page, each chat is somebody of its own. */
const ofPage: SharedChats = new Map();

/**
 * A chat of this page: a session, its rooms, and what is said to us. Nothing happens until `start()`. Chats of one page
 * that talk to the same server as the same person, or as guests, share one session; the last one to be closed closes it.
 * @throws RangeError for options that cannot be
 */
export function createChat(options: ChatOptions = {}): Chat {
  const platform = browserPlatform();
  return composeChat(options, {
    env: platform.env,
    origin: platform.page.origin,
    openSession: (auth) => createXmppSession({ ...options, auth }, platform),
    shared: inPage() ? ofPage : undefined,
  });
}
