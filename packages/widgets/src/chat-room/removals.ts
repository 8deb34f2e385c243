import type { RoomMessage, RoomNotice } from '@meerkat-chat/sdk';
import type { TalkStrings } from '../locales/en-talk.js';

/** So many are shown; whoever was removed before that is forgotten. */
export const MAX_REMOVALS = 50;

interface Removal {
  readonly notice: RoomNotice;
  readonly at: number;
  readonly key: string;
  /** The message that it came after; undefined before any. */
  readonly after: string | undefined;
}

/**
 * Who was put out of a room, as rows between its messages. Such a row is a message that nobody said: its name is empty,
 * which no name in a room can be. It stays behind the message that it came after, and goes with it.
 */
export class Removals {
  #removals: readonly Removal[] = [];
  #words: TalkStrings;
  #count = 0;
  /** What was made last, for as long as it is made of the same. */
  #made: { readonly from: readonly RoomMessage[]; readonly rows: readonly RoomMessage[] } | undefined;

  constructor(words: TalkStrings) {
    this.#words = words;
  }

  /** Puts it behind what has arrived so far; returns what is to be said of it. */
  add(notice: RoomNotice, messages: readonly RoomMessage[], at: number): string {
    const after = messages.findLast(({ delivery }) => delivery.state === 'delivered')?.key;
    const removal = { notice, at, key: `removal ${this.#count++}`, after };
    this.#removals = [...this.#removals, removal].slice(-MAX_REMOVALS);
    this.#made = undefined;
    return this.#text(notice);
  }

  reword(words: TalkStrings): void {
    this.#words = words;
    this.#made = undefined;
  }

  /** The messages with what is told between them; the same list as long as nothing changes. */
  among(messages: readonly RoomMessage[]): readonly RoomMessage[] {
    if (this.#removals.length === 0) return messages;
    if (this.#made?.from === messages) return this.#made.rows;
    const after = new Map<string | undefined, RoomMessage[]>();
    for (const removal of this.#removals) {
      const rows = after.get(removal.after) ?? [];
      after.set(removal.after, rows);
      rows.push(this.#row(removal));
    }
    const rows = [...(after.get(undefined) ?? [])];
    for (const message of messages) rows.push(message, ...(after.get(message.key) ?? []));
    this.#made = { from: messages, rows };
    return rows;
  }

  #row({ notice, key, at }: Removal): RoomMessage {
    // Not somebody else's: it is no new message, and mentions nobody.
    return { key, nick: '', own: true, at, text: this.#text(notice), delivery: { state: 'delivered' } };
  }

  #text({ kind, nick, by, reason }: RoomNotice): string {
    return (kind === 'banned' ? this.#words.banned : this.#words.removed)(nick, by, reason);
  }
}
