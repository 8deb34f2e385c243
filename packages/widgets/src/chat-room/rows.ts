import type { RoomMessage } from '@meerkat-chat/sdk';
import { placeOf } from './grouping.js';
import { MessageRow, type RowContext } from './message-row.js';

/** What rows need of the list that they stand in. */
export interface RowsHooks {
  readonly context: () => RowContext;
  /** Somebody reads, and what they read keeps the Tab key. */
  readonly reading: () => boolean;
  /** A row with the focus has gone, and there is no other one for it. */
  readonly onLost: () => void;
}

/** The rows that there are, in their order, and which of them the Tab key reaches: one, by default the newest. */
export class Rows {
  readonly #el: HTMLElement;
  readonly #hooks: RowsHooks;
  readonly #byKey = new Map<string, MessageRow>();
  #keys: readonly string[] = [];
  #tabStop: string | undefined;

  /** @param el what holds them */
  constructor(el: HTMLElement, hooks: RowsHooks) {
    this.#el = el;
    this.#hooks = hooks;
  }

  /** The keys of their messages. */
  get keys(): readonly string[] {
    return this.#keys;
  }

  at(index: number): MessageRow | undefined {
    const key = this.#keys[index];
    return key === undefined ? undefined : this.#byKey.get(key);
  }

  of(key: string): MessageRow | undefined {
    return this.#byKey.get(key);
  }

  /** Shows these messages of all that there are. A row whose message has gone stays as it is. */
  show(keys: readonly string[], messages: readonly RoomMessage[]): void {
    const context = this.#hooks.context();
    const index = new Map(messages.map((message, at) => [message.key, at]));
    const wanted = new Set(keys);
    for (const [key, row] of this.#byKey) {
      if (wanted.has(key)) continue;
      if (row.el.matches(':focus-within')) this.#rescueFocus(key, wanted);
      row.el.remove();
      this.#byKey.delete(key);
    }
    let cursor = this.#el.firstElementChild;
    for (const key of keys) {
      const at = index.get(key);
      const message = at === undefined ? undefined : messages[at];
      let row = this.#byKey.get(key);
      if (message !== undefined && at !== undefined) {
        const place = placeOf(message, messages[at - 1]);
        if (row) row.update(message, place, context);
        else {
          row = new MessageRow(message, place, context);
          this.#byKey.set(key, row);
        }
      }
      if (!row) continue;
      if (row.el === cursor) cursor = cursor.nextElementSibling;
      else this.#el.insertBefore(row.el, cursor);
    }
    this.#keys = keys;
    this.moveTabStop(this.tabStop);
  }

  /** Takes all of them away. */
  clear(): void {
    this.#el.replaceChildren();
    this.#byKey.clear();
  }

  /** Puts the focus on one, or on the nearest that there is; false where there is none. */
  focus(index: number): boolean {
    const row = this.at(Math.max(0, Math.min(this.#keys.length - 1, index)));
    row?.el.focus();
    return row !== undefined;
  }

  /** The index of the one that the Tab key reaches. */
  get tabStop(): number {
    const at = this.#tabStop === undefined ? -1 : this.#keys.indexOf(this.#tabStop);
    const focused = this.at(at)?.el.matches(':focus-within');
    return focused || (at >= 0 && this.#hooks.reading()) ? at : this.#keys.length - 1;
  }

  moveTabStop(index: number): void {
    const row = this.at(index);
    const before = this.#tabStop === undefined ? undefined : this.#byKey.get(this.#tabStop);
    const context = this.#hooks.context();
    if (before !== row) before?.tabStop(false, context);
    row?.tabStop(true, context);
    this.#tabStop = row?.key;
  }

  /** A row that is read and must go hands the focus to its nearest neighbour that stays. */
  #rescueFocus(key: string, wanted: ReadonlySet<string>): void {
    const at = this.#keys.indexOf(key);
    const later = this.#keys.slice(at + 1).find((other) => wanted.has(other));
    const next = later ?? this.#keys.slice(0, at).findLast((other) => wanted.has(other));
    if (next === undefined) this.#hooks.onLost();
    else this.#byKey.get(next)?.el.focus({ preventScroll: true });
  }
}
