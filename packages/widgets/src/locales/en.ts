import type { RefusalReason, RoomRefusal } from '@meerkat-chat/sdk';

/** A sentence of why nothing goes on, and one of what to do. */
export interface Explanation {
  readonly title: string;
  readonly advice: string;
}

/** Every word that an element says. Numbers and times come formatted for the same language. */
export interface Strings {
  /** The language, as `Intl` and `lang` have it. */
  readonly language: string;
  readonly messages: (room: string) => string;
  readonly composer: (room: string) => string;
  readonly placeholder: string;
  readonly send: string;
  readonly noVoice: string;
  readonly people: (count: string) => string;
  readonly whoIsHere: string;
  readonly close: string;
  readonly you: string;
  readonly moderator: string;
  readonly visitor: string;
  readonly andMore: (count: string) => string;
  readonly connecting: string;
  readonly reconnecting: string;
  readonly offline: string;
  readonly online: string;
  readonly empty: string;
  readonly newMessages: (count: number, formatted: string) => string;
  readonly toNewest: string;
  readonly digest: (count: number, formatted: string) => string;
  readonly said: (nick: string, text: string) => string;
  readonly rowLabel: (nick: string, time: string, text: string) => string;
  readonly loadOlder: string;
  readonly loadingOlder: string;
  readonly sending: string;
  readonly notSent: string;
  readonly retry: string;
  readonly discard: string;
  readonly tryAgain: string;
  readonly joinAgain: string;
  readonly useHere: string;
  readonly yourName: string;
  readonly nameHint: string;
  readonly useName: string;
  readonly today: string;
  readonly yesterday: string;
  readonly noRoom: Explanation;
  readonly closed: Explanation;
  readonly refusals: Readonly<Record<RefusalReason, Explanation>>;
  readonly roomRefusals: Readonly<Record<RoomRefusal, Explanation>>;
  /** Why one was put out, where it is known by whom. */
  readonly removedBy: (nick: string) => string;
}

const plural = (count: number, one: string, many: string) => (count === 1 ? one : many);

export const en: Strings = {
  language: 'en',
  messages: (room) => `Messages in ${room}`,
  composer: (room) => `Message to ${room}`,
  placeholder: 'Write a message',
  send: 'Send',
  noVoice: 'You can read here. A moderator can let you write.',
  people: (count) => `${count} here`,
  whoIsHere: 'Who is here',
  close: 'Close',
  you: 'you',
  moderator: 'Moderator',
  visitor: 'Reads only',
  andMore: (count) => `and ${count} more`,
  connecting: 'Connecting',
  reconnecting: 'Reconnecting',
  offline: 'You are offline. Messages will be sent when you are back.',
  online: 'Connected',
  empty: 'Nobody has written yet. Say hello and see who is around.',
  newMessages: (count, formatted) => `${formatted} new ${plural(count, 'message', 'messages')}`,
  toNewest: 'To the newest message',
  digest: (count, formatted) => `${formatted} new ${plural(count, 'message', 'messages')}`,
  said: (nick, text) => `${nick}: ${text}`,
  rowLabel: (nick, time, text) => `${nick}, ${time}: ${text}`,
  loadOlder: 'Show earlier messages',
  loadingOlder: 'Loading earlier messages',
  sending: 'Waiting to be sent',
  notSent: 'Not sent',
  retry: 'Retry',
  discard: 'Delete',
  tryAgain: 'Try again',
  joinAgain: 'Join again',
  useHere: 'Use it here',
  yourName: 'Your name',
  nameHint: 'Choose a name that others will see.',
  useName: 'Use this name',
  today: 'Today',
  yesterday: 'Yesterday',
  noRoom: {
    title: 'This chat has no room.',
    advice: 'The page needs to name one: room="lobby".',
  },
  closed: { title: 'You are signed out.', advice: 'Join again to go on chatting.' },
  refusals: {
    'not-authorized': { title: 'You are not signed in.', advice: 'Sign in on this site, then try again.' },
    forbidden: {
      title: 'This chat is not open to this site.',
      advice: 'Its operator can allow it.',
    },
    insecure: {
      title: 'This connection is not safe enough to sign in.',
      advice: 'Open the page over https.',
    },
    replaced: {
      title: 'This chat is open in another window.',
      advice: 'You can go on there, or use it here.',
    },
    unreachable: {
      title: 'The chat server cannot be found.',
      advice: 'Check the address, or try again in a moment.',
    },
    unsupported: {
      title: 'This chat server lacks something that the page needs.',
      advice: 'Its operator can update it.',
    },
  },
  roomRefusals: {
    banned: { title: 'You are banned from this room.', advice: 'A moderator can let you in again.' },
    destroyed: { title: 'This room has been closed.', advice: 'There is nothing more to read here.' },
    full: { title: 'The room is full.', advice: 'Try again when somebody has left.' },
    kicked: { title: 'You were removed from the room.', advice: 'You may join again.' },
    'members-only': {
      title: 'This room is for members.',
      advice: 'Sign in, or ask a moderator to add you.',
    },
    'nick-conflict': { title: 'Somebody here has that name.', advice: 'Choose another one.' },
    'nick-refused': { title: 'That name cannot be used here.', advice: 'Choose another one.' },
    'not-allowed': { title: 'This room cannot be opened.', advice: 'Ask the site for the right one.' },
    'not-found': { title: 'There is no such room.', advice: 'Ask the site for the right one.' },
    password: { title: 'This room needs a password.', advice: 'Ask a moderator to add you as a member.' },
    unknown: { title: 'The room did not let you in.', advice: 'Try again in a moment.' },
  },
  removedBy: (nick) => `${nick} removed you from the room.`,
};
