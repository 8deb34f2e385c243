import type { Chat, ChatAuth } from '@meerkat-chat/sdk';
import { pageSessions, type Sessions } from '../connect.js';

/**
 * The guest of one of our chats becomes somebody, and all elements that share it go on as they are. Asked again for the
 * same, it is the same. Rejects where nobody could be signed in: the guest goes on.
 */
export function signInPlace(chat: Chat, auth: ChatAuth, sessions: Sessions = pageSessions): Promise<void> {
  for (const session of sessions.made) {
    const { wanted } = session;
    if (session.chat !== chat || !wanted) continue;
    if (wanted.auth === auth && session.becoming) return session.becoming;
    session.wanted = { ...wanted, auth };
    session.becoming = chat.signIn(auth).catch((error: unknown) => {
      session.wanted = wanted;
      throw error;
    });
    return session.becoming;
  }
  return Promise.reject(new TypeError('not a chat of ours'));
}
