import type { ChatStatus, RoomStatus } from '@meerkat-chat/sdk';

/** Why nothing goes on until somebody acts. */
export type Cause =
  /** The page names no room, or none that there can be. */
  | { readonly by: 'page' }
  /** The site that is to say who somebody is does not answer. */
  | { readonly by: 'site' }
  /** A guest's browser works before it is let in. */
  | { readonly by: 'proof' }
  /** The person signed out. */
  | { readonly by: 'person' }
  | { readonly by: 'chat'; readonly status: Extract<ChatStatus, { state: 'refused' }> }
  | { readonly by: 'room'; readonly status: Extract<RoomStatus, { state: 'refused' }> };

/** What the element shows of the connection and the room. */
export type Condition =
  | { readonly kind: 'fine' }
  /** Not there yet: a line of progress; the word only when something was lost. */
  | { readonly kind: 'waiting'; readonly lost: boolean }
  | { readonly kind: 'offline' }
  | { readonly kind: 'refused'; readonly cause: Cause };

/** Judges both states together: the connection first, since without it the room says nothing new. */
export function conditionOf(chat: ChatStatus, room: RoomStatus): Condition {
  switch (chat.state) {
    case 'refused':
      return { kind: 'refused', cause: { by: 'chat', status: chat } };
    case 'closed':
      return { kind: 'refused', cause: { by: 'person' } };
    case 'offline':
      return { kind: 'offline' };
    case 'connecting':
      if (chat.proving) return { kind: 'refused', cause: { by: 'proof' } };
      break;
    default:
  }
  if (room.state === 'refused') return { kind: 'refused', cause: { by: 'room', status: room } };
  switch (chat.state) {
    case 'reconnecting':
      return { kind: 'waiting', lost: true };
    case 'idle':
    case 'connecting':
      return { kind: 'waiting', lost: false };
    case 'online':
      return room.state === 'joined' ? { kind: 'fine' } : { kind: 'waiting', lost: false };
  }
}
