import type { Explanation } from './en.js';

/** What is said of the one person that one talks with. */
export interface PersonStrings {
  /** Under their name. */
  readonly here: string;
  readonly away: string;
  /** Where nothing has been said yet. */
  readonly empty: (name: string) => string;
  /** Above the composer, while they are not there. */
  readonly awayNote: (name: string) => string;
  readonly notAllowed: Explanation;
  readonly unknown: Explanation;
}

/** What is said of the people in a room and done about them: loaded with the first of it. */
export interface TalkStrings {
  /** One is typing, two are, or more of them. */
  readonly typing: (first: string, second: string | undefined, more: boolean) => string;
  /** Somebody was put out for now. `by` and `reason` where the room tells them. */
  readonly removed: (nick: string, by: string | undefined, reason: string | undefined) => string;
  /** The same for good. */
  readonly banned: (nick: string, by: string | undefined, reason: string | undefined) => string;
  /** The button at the end of a row, and the menu that it opens. */
  readonly rowMenu: string;
  /** The same for somebody in the list of people. */
  readonly personMenu: (nick: string) => string;
  readonly copyText: string;
  readonly copied: string;
  readonly notCopied: string;
  readonly remove: string;
  readonly ban: string;
  /** They can only read from then on. */
  readonly mute: string;
  readonly unmute: string;
  readonly removeTitle: (nick: string) => string;
  readonly removeHint: string;
  readonly banTitle: (nick: string) => string;
  readonly banHint: string;
  readonly reason: string;
  readonly cancel: string;
  /** The room does not let one do that. */
  readonly denied: string;
  readonly failed: string;
  /** Under the last message of one's own, in bubbles. */
  readonly sent: string;
  /** The same, once the other one's program has said that it arrived. */
  readonly delivered: string;
  readonly person: PersonStrings;
}

const because = (sentence: string, reason: string | undefined) =>
  reason ? `${sentence}: ${reason}` : `${sentence}.`;

/** What is said of people in English. */
export const talk: TalkStrings = {
  typing: (first, second, more) => {
    if (more) return 'Several people are typing';
    return second === undefined ? `${first} is typing` : `${first} and ${second} are typing`;
  },
  removed: (nick, by, reason) => because(by ? `${by} removed ${nick}` : `${nick} was removed`, reason),
  banned: (nick, by, reason) => because(by ? `${by} banned ${nick}` : `${nick} was banned`, reason),
  rowMenu: 'Actions for this message',
  personMenu: (nick) => `Actions for ${nick}`,
  copyText: 'Copy text',
  copied: 'Copied',
  notCopied: 'The text could not be copied.',
  remove: 'Remove from the room',
  ban: 'Ban',
  mute: 'Mute',
  unmute: 'Unmute',
  removeTitle: (nick) => `Remove ${nick}?`,
  removeHint: 'They may come back.',
  banTitle: (nick) => `Ban ${nick}?`,
  banHint: 'They cannot come back until a moderator lets them in.',
  reason: 'Reason, seen by everybody',
  cancel: 'Cancel',
  denied: 'You may not do that here.',
  failed: 'That did not work. Try again in a moment.',
  sent: 'Sent',
  delivered: 'Delivered',
  person: {
    here: 'Here now',
    away: 'Away',
    empty: (name) => `Say hello to ${name}.`,
    awayNote: (name) => `${name} is away. They will see your message when they are back.`,
    notAllowed: {
      title: 'You cannot write to this person.',
      advice: 'Sign in on this site, then try again.',
    },
    unknown: { title: 'There is nobody of this name.', advice: 'Ask the site for the right one.' },
  },
};
