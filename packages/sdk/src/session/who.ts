import { assertNever } from '@meerkat-chat/xmpp';
import type { ChatAuth } from '../chat.js';
import { claimsOf, textOf } from '../claims.js';

/** Who signs in, as text: what storage tells apart, so that nobody goes on with the session of somebody else. */
export function whoOf(auth: ChatAuth | undefined): string {
  switch (auth?.kind) {
    case undefined:
    case 'guest':
      return 'guest';
    case 'password':
      return `user ${auth.username}`;
    case 'token':
      return `token ${textOf(claimsOf(auth.token).sub) ?? ''}`;
    case 'cookie':
      return `cookie ${auth.user ?? ''}`;
    default:
      return assertNever(auth);
  }
}

/** Whether the next page cannot know that it is the same person: then nothing is kept for it. */
export function isFleeting(auth: ChatAuth): boolean {
  if (auth.kind === 'cookie') return !auth.user;
  return auth.kind === 'token' && textOf(claimsOf(auth.token).sub) === undefined;
}
