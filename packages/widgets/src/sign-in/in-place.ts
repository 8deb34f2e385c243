import type { Chat, ChatAuth } from '@meerkat-chat/sdk';
import { pageSessions, type Sessions } from '../connect.js';

/**
 * The guest of one of our chats becomes somebody, and all elements that share it go on as they are. Asked again for the
 * same, it is the same. Rejects where nobody could be signed in: the guest goes on. So it does where an element is to stay
 * one: others in its room would see somebody come there who never wanted to.
 */
export function signInPlace(chat: Chat, auth: ChatAuth, sessions: Sessions = pageSessions): Promise<void> {
  for (const session of sessions.made) {
    const { wanted } = session;
    if (session.chat !== chat || !wanted) continue;
    if (wanted.auth === auth && session.becoming) return session.becoming;
    if ([...session.stays].some((stays) => stays())) break;
    session.wanted = { ...wanted, auth };
    session.becoming = chat.signIn(auth).catch((error: unknown) => {
      session.wanted = wanted;
      throw error;
    });
    return session.becoming;
  }
  return Promise.reject(new TypeError('not a chat of ours, or not of this element alone'));
}
