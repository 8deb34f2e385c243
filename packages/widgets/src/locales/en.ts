import type { RefusalReason, RoomRefusal } from '@meerkat-chat/sdk';
import type { TalkStrings } from './en-talk.js';

/** A sentence of why nothing goes on, and one of what to do. */
export interface Explanation {
  readonly title: string;
  readonly advice: string;
}

/** Why nothing goes on, in words. */
export interface Explanations {
  readonly noRoom: Explanation;
  readonly closed: Explanation;
  /** A guest's browser works before it is let in. */
  readonly proving: Explanation;
  readonly refusals: Readonly<Record<RefusalReason, Explanation>>;
  readonly roomRefusals: Readonly<Record<RoomRefusal, Explanation>>;
  /** Of who is signed in to the site: nobody is, it does not say, the server does not take what it says. */
  readonly site: {
    readonly signIn: Explanation;
    readonly down: Explanation;
    readonly refused: Explanation;
    /** The link that leads to where one signs in. */
    readonly action: string;
  };
  /** Why one was put out, where it is known by whom. */
  readonly removedBy: (nick: string) => string;
}

/** Every word that an element says. Numbers and times come formatted for the same language. */
export interface Strings {
  /** The language, as `Intl` and `lang` have it. */
  readonly language: string;
  /** Stands for the name of the page's own room, which nobody has named. */
  readonly thisPage: string;
  readonly messages: (room: string) => string;
  readonly composer: (room: string) => string;
  readonly placeholder: string;
  readonly send: string;
  readonly noVoice: string;
  /** One may write again. */
  readonly voice: string;
  /** The room did not grant another name: which, and the one that stays. */
  readonly nameRefused: (wanted: string, kept: string) => string;
  readonly subjectIs: (subject: string) => string;
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
  /** The same to somebody who does not write here. */
  readonly offlineToRead: string;
  readonly online: string;
  readonly empty: string;
  /** The same to somebody who can only read. */
  readonly emptyToRead: string;
  readonly newMessages: (count: number, formatted: string) => string;
  readonly toNewest: string;
  /** Added to how many messages are new, where some of them name the person. */
  readonly withMentions: (newMessages: string, count: number, formatted: string) => string;
  readonly mentioned: (nick: string, text: string) => string;
  /** In brackets after a row that names the person. */
  readonly mentionsYou: string;
  /** What a press on a name does. */
  readonly mentionName: (nick: string) => string;
  /** The list of names that `@` offers, and what is said when it opens. */
  readonly names: string;
  readonly namesOffered: (count: number, formatted: string) => string;
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
  /** Instead of a name that cannot be one. */
  readonly badName: string;
  /** What could not be loaded is not shown. */
  readonly notLoaded: string;
  /** Why nothing goes on: of the few who see it, each loads it then. */
  readonly explanations: () => Promise<Explanations>;
  /** Who is typing or was removed, and what menus say. */
  readonly talk: () => Promise<TalkStrings>;
  /** Where that could not be loaded. */
  readonly unexplained: Explanation;
}

const plural = (count: number, one: string, many: string) => (count === 1 ? one : many);

export const en: Strings = {
  language: 'en',
  thisPage: 'This page',
  messages: (room) => `Messages in ${room}`,
  composer: (room) => `Message to ${room}`,
  placeholder: 'Write a message',
  send: 'Send',
  noVoice: 'You can read here. A moderator can let you write.',
  voice: 'You can write here now.',
  nameRefused: (wanted, kept) => `The name ${wanted} is taken or not allowed here. You are still ${kept}.`,
  subjectIs: (subject) => `Subject: ${subject}`,
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
  offlineToRead: 'You are offline.',
  online: 'Connected',
  empty: 'Nobody has written yet. Say hello and see who is around.',
  emptyToRead: 'Nobody has written yet.',
  newMessages: (count, formatted) => `${formatted} new ${plural(count, 'message', 'messages')}`,
  toNewest: 'To the newest message',
  withMentions: (newMessages, count, formatted) =>
    `${newMessages}, ${formatted} ${plural(count, 'mentions', 'mention')} you`,
  mentioned: (nick, text) => `${nick} mentions you: ${text}`,
  mentionsYou: 'mentions you',
  mentionName: (nick) => `Mention ${nick}`,
  names: 'Names',
  namesOffered: (count, formatted) =>
    `${formatted} ${plural(count, 'name', 'names')}. Arrow keys to choose, Enter to take it.`,
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
  badName: 'That name cannot be used here.',
  notLoaded: 'This could not be loaded. Try again in a moment.',
  explanations: async () => (await import('./en-explanations.js')).explanations,
  talk: async () => (await import('./en-talk.js')).talk,
  unexplained: { title: 'You are not in the room.', advice: 'Try again in a moment.' },
};
