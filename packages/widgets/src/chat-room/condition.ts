import type { ChatStatus, RoomStatus } from '@meerkat-chat/sdk';
import type { Explanation, Strings } from '../locales/en.js';

/** What can be done about a refusal. */
export type Remedy = 'join' | 'name' | 'retry';

/** What the element shows of the connection and the room. */
export type Condition =
  | { readonly kind: 'fine' }
  /** Not there yet: a line of progress; the word only when something was lost. */
  | { readonly kind: 'waiting'; readonly lost: boolean }
  | { readonly kind: 'offline' }
  | {
      readonly kind: 'refused';
      readonly title: string;
      readonly advice: string;
      /** What the server or a moderator said about it. */
      readonly words?: string;
      readonly remedy?: Remedy;
      readonly action?: string;
    };

/** Judges both states together: the connection first, since without it the room says nothing new. */
export function conditionOf(chat: ChatStatus, room: RoomStatus, strings: Strings): Condition {
  switch (chat.state) {
    case 'refused':
      return chatRefused(chat, strings);
    case 'closed':
      return refused(strings.closed, undefined, 'retry', strings.joinAgain);
    case 'offline':
      return { kind: 'offline' };
    default:
  }
  if (room.state === 'refused') return roomRefused(room, strings);
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

type RefusedChat = Extract<ChatStatus, { state: 'refused' }>;
type RefusedRoom = Extract<RoomStatus, { state: 'refused' }>;

function refused(
  { title, advice }: Explanation,
  words: string | undefined,
  remedy?: Remedy,
  action?: string,
): Condition {
  return {
    kind: 'refused',
    title,
    advice,
    ...(words ? { words } : {}),
    ...(remedy && action ? { remedy, action } : {}),
  };
}

function chatRefused({ reason, text }: RefusedChat, strings: Strings): Condition {
  const why = strings.refusals[reason];
  switch (reason) {
    case 'not-authorized':
    case 'unreachable':
      return refused(why, text, 'retry', strings.tryAgain);
    case 'replaced':
      return refused(why, text, 'retry', strings.useHere);
    case 'forbidden':
    case 'insecure':
    case 'unsupported':
      return refused(why, text);
  }
}

function roomRefused({ reason, text, by }: RefusedRoom, strings: Strings): Condition {
  const why = strings.roomRefusals[reason];
  switch (reason) {
    case 'nick-conflict':
    case 'nick-refused':
      return refused(why, text, 'name', strings.useName);
    case 'kicked':
      return refused(
        { ...why, title: by ? strings.removedBy(by) : why.title },
        text,
        'join',
        strings.joinAgain,
      );
    case 'full':
    case 'unknown':
      return refused(why, text, 'join', strings.tryAgain);
    case 'banned':
    case 'destroyed':
    case 'members-only':
    case 'not-allowed':
    case 'not-found':
    case 'password':
      return refused(why, text);
  }
}
