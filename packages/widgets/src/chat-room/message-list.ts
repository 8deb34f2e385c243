import type { RoomMessage } from '@meerkat-chat/sdk';
import type { Lazy } from '../lazy.js';
import { arrivals } from './arrivals.js';
import { placeOf } from './grouping.js';
import { MessageRow, type RowAction, type RowContext } from './message-row.js';
import type { KeyedRows } from './row-keys.js';
import { nextWindow, type Toward } from './row-window.js';
import { nextScroll, PINNED, type ScrollEvent, type ScrollState } from './scroll.js';
import type { Touched } from './touched.js';

/** How many rows there are at most. The model may hold more. */
export const MAX_ROWS = 200;
/** How near the top (px) earlier messages are asked for. */
const NEAR_TOP = 160;

/** What a list tells the element around it. */
export interface ListHooks {
  readonly context: () => RowContext;
  /** What is loaded when somebody uses the keyboard here. */
  readonly touched: Lazy<Touched>;
  /** Something must be flushed before the next paint. */
  readonly schedule: () => void;
  /** The scroll state, or whether the rows reach the oldest known message, has changed. */
  readonly onState: () => void;
  /** The reader is at the oldest known message and wants more. */
  readonly onWantOlder: () => void;
  readonly onAction: (action: RowAction, key: string) => void;
  /** The reader asks for the menu of a row. */
  readonly onMenu: (row: HTMLElement) => void;
  /** The reader wants to write. */
  readonly onEscape: () => void;
}

/** Where somebody reads: the first row in view. It means the same on the next page. */
export interface ReadingPlace {
  readonly key: string;
  /** The row's distance from the top of the view, in px. */
  readonly offset: number;
}

/**
 * The rows of a room, kept by hand in two elements of the shadow root: `view` scrolls, `rows` holds them. At most
 * `MAX_ROWS`; changed once per frame by `flush`. While somebody reads, the first row in view stays where it is,
 * whatever is added or taken away around it.
 */
export class MessageList {
  readonly #view: HTMLElement;
  readonly #rowsEl: HTMLElement;
  readonly #hooks: ListHooks;
  readonly #stop = new AbortController();
  readonly #resize: ResizeObserver;
  #rows = new Map<string, MessageRow>();
  #shown: readonly string[] = [];
  #messages: readonly RoomMessage[] = [];
  #state: ScrollState = PINNED;
  #toward: Toward | undefined;
  #anchor: ReadingPlace | undefined;
  /** Where to go once its row is there, unless the reader goes elsewhere first. */
  #wanted: ReadingPlace | undefined;
  #top = 0;
  #tabStop: string | undefined;
  #held = false;
  #short = true;

  constructor(view: HTMLElement, rows: HTMLElement, hooks: ListHooks) {
    this.#view = view;
    this.#rowsEl = rows;
    this.#hooks = hooks;
    const { signal } = this.#stop;
    view.addEventListener('scroll', () => this.#onScroll(), { signal, passive: true });
    view.addEventListener('wheel', ({ deltaY }) => deltaY < 0 && this.#pull(), { signal, passive: true });
    view.addEventListener('touchmove', () => this.#pull(), { signal, passive: true });
    view.addEventListener('keydown', (event) => this.#onKey(event), { signal });
    view.addEventListener('focusin', (event) => this.#onFocus(event), { signal });
    view.addEventListener('focusout', () => this.#onBlur(), { signal });
    view.addEventListener('click', (event) => this.#onClick(event), { signal });
    this.#resize = new ResizeObserver(() => this.#settle());
    this.#resize.observe(view);
    this.#resize.observe(rows);
  }

  get state(): ScrollState {
    return this.#state;
  }

  /** Whether the first row is the oldest message there is in memory. */
  get atOldest(): boolean {
    return this.#shown[0] === undefined || this.#shown[0] === this.#messages[0]?.key;
  }

  /** Whether all rows fit into the view, so that it does not scroll. */
  get short(): boolean {
    return this.#short;
  }

  /** Where the reader is, or is about to be; undefined while the newest message is followed. */
  get place(): ReadingPlace | undefined {
    return this.#wanted ?? (this.#state.mode === 'reading' ? this.#anchor : undefined);
  }

  set place(place: ReadingPlace | undefined) {
    this.#wanted = place;
    this.#goToWanted();
  }

  get #atNewest(): boolean {
    return this.#shown.at(-1) === this.#messages.at(-1)?.key;
  }

  /** Brings the rows up to the messages. Once per frame. */
  flush(messages: readonly RoomMessage[]): void {
    const wasAtOldest = this.atOldest;
    const arrived = arrivals(this.#messages, messages).filter(({ own }) => !own);
    const { mentions } = this.#hooks.context();
    const named = arrived.filter(({ text }) => mentions.in(text)).length;
    this.#messages = messages;
    const state = nextScroll(this.#state, { type: 'arrived', count: arrived.length, mentions: named });
    const shown = nextWindow({
      keys: messages.map(({ key }) => key),
      shown: this.#shown,
      reading: state.mode === 'reading',
      toward: this.#toward,
      capacity: MAX_ROWS,
    });
    this.#toward = undefined;
    this.#reconcile(shown);
    this.#settle();
    const changed = state !== this.#state || wasAtOldest !== this.atOldest;
    this.#state = state;
    this.#goToWanted();
    if (changed) this.#hooks.onState();
  }

  /** Goes to the newest message and follows it again. */
  toNewest(): void {
    this.#held = false;
    this.#wanted = undefined;
    this.#dispatch({ type: 'to-newest' });
    this.flush(this.#messages);
  }

  /** Stands still from now on: the reader asked for earlier messages. */
  hold(): void {
    this.#dispatch({ type: 'held' });
    this.#remember();
    this.#toward = 'older';
  }

  /** Moves the focus to the row that the Tab key reaches. */
  focus(): void {
    this.#focusRow(this.#tabStopIndex());
  }

  /** Says all rows again, after the words or the language changed. */
  rebuild(): void {
    for (const row of this.#rows.values()) row.el.remove();
    this.#rows = new Map();
    this.#reconcile(this.#shown.filter((key) => this.#messages.some((message) => message.key === key)));
    this.#settle();
  }

  /** Takes the rows away and lets go of everything. */
  destroy(): void {
    this.#stop.abort();
    this.#resize.disconnect();
    this.#rowsEl.replaceChildren();
    this.#rows.clear();
  }

  #reconcile(shown: readonly string[]): void {
    const context = this.#hooks.context();
    const index = new Map(this.#messages.map((message, at) => [message.key, at]));
    const wanted = new Set(shown);
    for (const [key, row] of this.#rows) {
      if (wanted.has(key)) continue;
      if (row.el.matches(':focus-within')) this.#rescueFocus(key, wanted);
      row.el.remove();
      this.#rows.delete(key);
    }
    let cursor = this.#rowsEl.firstElementChild;
    for (const key of shown) {
      const at = index.get(key);
      const message = at === undefined ? undefined : this.#messages[at];
      let row = this.#rows.get(key);
      if (message !== undefined && at !== undefined) {
        const place = placeOf(message, this.#messages[at - 1]);
        if (row) row.update(message, place, context);
        else {
          row = new MessageRow(message, place, context);
          this.#rows.set(key, row);
        }
      }
      if (!row) continue;
      if (row.el === cursor) cursor = cursor.nextElementSibling;
      else this.#rowsEl.insertBefore(row.el, cursor);
    }
    this.#shown = shown;
    this.#moveTabStop(this.#tabStopIndex());
  }

  /** Puts the view where it belongs: at the end, or with the row that is read where it was. */
  #settle(): void {
    const short = this.#rowsEl.offsetHeight <= this.#view.clientHeight;
    if (short !== this.#short) {
      this.#short = short;
      this.#hooks.onState();
    }
    if (this.#state.mode === 'pinned') this.#scrollTo(this.#view.scrollHeight);
    else if (this.#anchor) {
      const row = this.#rows.get(this.#anchor.key);
      if (row) this.#scrollTo(this.#view.scrollTop + this.#offset(row) - this.#anchor.offset);
      else this.#remember();
    }
  }

  #scrollTo(top: number): void {
    if (Math.abs(this.#view.scrollTop - top) >= 0.5) this.#view.scrollTop = top;
    this.#top = this.#view.scrollTop;
  }

  #offset(row: MessageRow): number {
    return row.el.getBoundingClientRect().top - this.#view.getBoundingClientRect().top;
  }

  /** Remembers the first row in view, so that it can be kept in its place. */
  #remember(): void {
    let [low, high] = [0, this.#shown.length - 1];
    const edge = this.#view.getBoundingClientRect().top;
    while (low < high) {
      const middle = (low + high) >> 1;
      const row = this.#rowAt(middle);
      if (row && row.el.getBoundingClientRect().bottom > edge) high = middle;
      else low = middle + 1;
    }
    const row = this.#rowAt(low);
    this.#anchor = row && { key: row.key, offset: this.#offset(row) };
  }

  #goToWanted(): void {
    const wanted = this.#wanted;
    if (!wanted || !this.#rows.has(wanted.key)) return;
    this.#wanted = undefined;
    this.#dispatch({ type: 'held' });
    this.#anchor = wanted;
    this.#settle();
  }

  #dispatch(event: ScrollEvent): void {
    const state = nextScroll(this.#state, event);
    if (state === this.#state) return;
    this.#state = state;
    if (state.mode === 'pinned') this.#anchor = undefined;
    this.#hooks.onState();
  }

  #onScroll(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.#view;
    const up = scrollTop < this.#top;
    // What we did ourselves is no wish of the reader.
    if (Math.abs(scrollTop - this.#top) < 1) return;
    this.#top = scrollTop;
    this.#wanted = undefined;
    const gap = scrollHeight - clientHeight - scrollTop;
    if (!this.#held) this.#dispatch({ type: 'scrolled', gap, up, atNewest: this.#atNewest });
    if (this.#state.mode === 'pinned') return;
    this.#remember();
    if (up && scrollTop < clientHeight && !this.atOldest) this.#want('older');
    else if (!up && gap < clientHeight && !this.#atNewest) this.#want('newer');
    else if (up && scrollTop < NEAR_TOP && this.atOldest) this.#wantOlder();
  }

  /** What does not scroll cannot be scrolled to its top: there the mere wish to go up counts. */
  #pull(): void {
    if (this.#short && this.atOldest) this.#wantOlder();
  }

  #wantOlder(): void {
    this.#toward = 'older';
    this.#hooks.onWantOlder();
  }

  #want(toward: Toward): void {
    this.#toward = toward;
    this.#hooks.schedule();
  }

  #onClick(event: MouseEvent): void {
    const target = event.target as Element;
    const action = target.closest<HTMLElement>('[data-action]')?.dataset.action;
    const key = target.closest<HTMLElement>('[data-key]')?.dataset.key;
    if (key === undefined || (action !== 'retry' && action !== 'discard' && action !== 'mention')) return;
    this.#hooks.onAction(action, key);
  }

  #onFocus(event: FocusEvent): void {
    const row = (event.target as Element).closest<HTMLElement>('[data-key]');
    const at = row?.dataset.key === undefined ? -1 : this.#shown.indexOf(row.dataset.key);
    if (row === null || at < 0) return;
    this.#moveTabStop(at);
    // A click puts the focus here too, and must not stop the list.
    if (!row.matches(':focus-visible, :has(:focus-visible)')) return;
    this.#held = at < this.#shown.length - 1 || !this.#atNewest;
    if (this.#held) {
      this.#dispatch({ type: 'held' });
      this.#remember();
    }
  }

  #onBlur(): void {
    if (!this.#held) return;
    this.#held = false;
    const { scrollTop, scrollHeight, clientHeight } = this.#view;
    const gap = scrollHeight - clientHeight - scrollTop;
    this.#dispatch({ type: 'scrolled', gap, up: false, atNewest: this.#atNewest });
  }

  get #keyed(): KeyedRows {
    return {
      view: this.#view,
      count: () => this.#shown.length,
      elementAt: (at) => this.#rowAt(at)?.el,
      focusRow: (at) => this.#focusRow(at),
      step: (at, by) => this.#step(at, by),
      toOldest: () => {
        this.#dispatch({ type: 'held' });
        this.#toward = 'oldest';
        this.flush(this.#messages);
      },
      toNewest: () => this.toNewest(),
      openMenu: (row) => this.#hooks.onMenu(row),
      leave: () => this.#hooks.onEscape(),
    };
  }

  #onKey(event: KeyboardEvent): void {
    const target = event.target as HTMLElement;
    const key = target.closest<HTMLElement>('[data-key]')?.dataset.key;
    if (key === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    this.#hooks.touched.use((part) => {
      if (!part?.onRowKey(event.key, this.#shown.indexOf(key), target, this.#keyed)) return;
      event.preventDefault();
      event.stopPropagation();
    });
  }

  /** One row on. Beyond an end of the rows, more of the model comes in first. */
  #step(at: number, by: 1 | -1): boolean {
    const key = this.#shown[at];
    if (at + by < 0 && !this.atOldest) this.#toward = 'older';
    else if (at + by < 0) this.#wantOlder();
    else if (at + by >= this.#shown.length && !this.#atNewest) this.#toward = 'newer';
    if (this.#toward && key !== undefined) {
      this.flush(this.#messages);
      return this.#focusRow(this.#shown.indexOf(key) + by);
    }
    return this.#focusRow(at + by);
  }

  #focusRow(at: number): boolean {
    const row = this.#rowAt(Math.max(0, Math.min(this.#shown.length - 1, at)));
    if (row === undefined) return false;
    row.el.focus();
    return true;
  }

  #rowAt(at: number): MessageRow | undefined {
    const key = this.#shown[at];
    return key === undefined ? undefined : this.#rows.get(key);
  }

  #tabStopIndex(): number {
    const at = this.#tabStop === undefined ? -1 : this.#shown.indexOf(this.#tabStop);
    const focused = at >= 0 && this.#rowAt(at)?.el.matches(':focus-within');
    return focused || (at >= 0 && this.#state.mode === 'reading') ? at : this.#shown.length - 1;
  }

  #moveTabStop(at: number): void {
    const row = this.#rowAt(at);
    const before = this.#tabStop === undefined ? undefined : this.#rows.get(this.#tabStop);
    const context = this.#hooks.context();
    if (before !== row) before?.tabStop(false, context);
    row?.tabStop(true, context);
    this.#tabStop = row?.key;
  }

  /** A row that is read and must go hands the focus to its nearest neighbour that stays. */
  #rescueFocus(key: string, wanted: ReadonlySet<string>): void {
    const at = this.#shown.indexOf(key);
    const later = this.#shown.slice(at + 1).find((other) => wanted.has(other));
    const next = later ?? this.#shown.slice(0, at).findLast((other) => wanted.has(other));
    if (next === undefined) this.#hooks.onEscape();
    else this.#rows.get(next)?.el.focus({ preventScroll: true });
  }
}
