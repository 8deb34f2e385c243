import type { RoomMessage, Talk } from '../chat.js';
import { KEPT_ROWS, type KeptRoom } from './kept.js';
import {
  type Messages,
  type MessagesEvent,
  newestArchiveId,
  noMessages,
  reduceMessages,
  rowsOf,
  waitingCount,
} from './messages.js';
import type { RoomPartContext } from './room-context.js';

/** What of a room's messages goes on to the next page. */
export type KeptLog = Pick<KeptRoom, 'own' | 'rows'>;

/** What messages need of their surroundings. */
export type MessageLogContext = Pick<RoomPartContext, 'env' | 'limit' | 'said' | 'touch'>;

/** The messages of a room or a conversation: those that are shown, and what is on its way. */
export class MessageLog {
  readonly #context: MessageLogContext;
  #messages: Messages;
  #rows: readonly RoomMessage[] = [];
  #older: Talk['older']['value'] = 'maybe';

  constructor(context: MessageLogContext, kept?: KeptLog) {
    this.#context = context;
    const none = noMessages(context.limit);
    this.#messages = none;
    if (!kept) return;
    this.#messages = { ...none, delivered: kept.rows.slice(-context.limit), own: kept.own };
    this.#rows = rowsOf(this.#messages);
  }

  /** What is shown. */
  get rows(): readonly RoomMessage[] {
    return this.#rows;
  }

  get messages(): Messages {
    return this.#messages;
  }

  get older(): Talk['older']['value'] {
    return this.#older;
  }

  set older(older: Talk['older']['value']) {
    this.#older = older;
    this.#context.touch();
  }

  /** As many rows are shown as may be: older ones would drop out at once. */
  get full(): boolean {
    return this.#rows.length >= this.#context.limit;
  }

  /** How many messages that were written here have not arrived. */
  get waiting(): number {
    return waitingCount(this.#messages);
  }

  get newest(): string | undefined {
    return newestArchiveId(this.#messages);
  }

  keep(): KeptLog {
    const { delivered, own } = this.#messages;
    return { rows: delivered.slice(-KEPT_ROWS), own };
  }

  reduce(event: MessagesEvent): void {
    this.become(reduceMessages(this.#messages, event));
  }

  become(messages: Messages): void {
    if (messages === this.#messages) return;
    this.#messages = messages;
    this.#rows = rowsOf(messages);
    this.#context.touch();
  }

  write(key: string, text: string, nick: string): void {
    this.reduce({ kind: 'write', key, text, nick, at: this.#context.env.clock.now() });
    this.#context.said(key);
  }

  /** Takes on an own message that was sent on a session before and never confirmed. */
  adopt(key: string, text: string, nick: string): void {
    if (this.#rows.some((row) => row.key === key)) return;
    this.reduce({ kind: 'write', key, text, nick, at: this.#context.env.clock.now() });
    this.reduce({ kind: 'sent', key });
  }

  /** The stream was lost. */
  lost(): void {
    if (this.#older === 'loading') this.#older = 'maybe';
    this.reduce({ kind: 'lost' });
  }

  /** Sends what waits, in order; nothing overtakes a message of which it is not known whether it arrived. */
  flush(send: (row: RoomMessage) => void): void {
    for (const { row, state } of this.#messages.own) {
      if (state === 'unsure') return;
      if (state !== 'waiting') continue;
      this.reduce({ kind: 'sent', key: row.key });
      send(row);
    }
  }

  clear(): void {
    this.#older = 'maybe';
    this.become(noMessages(this.#context.limit));
  }
}
