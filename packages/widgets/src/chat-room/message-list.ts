import type { RoomMessage } from '@meerkat-chat/sdk';
import type { Lazy } from '../lazy.js';
import { arrivals } from './arrivals.js';
import type { MessageRow, RowAction, RowContext } from './message-row.js';
import { nextWindow, type Toward } from './row-window.js';
import { Rows } from './rows.js';
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
  readonly #rows: Rows;
  #messages: readonly RoomMessage[] = [];
  #state: ScrollState = PINNED;
  #toward: Toward | undefined;
  #anchor: ReadingPlace | undefined;
  /** Where to go once its row is there, unless the reader goes elsewhere first. */
  #wanted: ReadingPlace | undefined;
  #top = 0;
  #held = false;
  #short = true;

  constructor(view: HTMLElement, rows: HTMLElement, hooks: ListHooks) {
    this.#view = view;
    this.#rowsEl = rows;
    this.#hooks = hooks;
    this.#rows = new Rows(rows, {
      context: hooks.context,
      reading: () => this.#state.mode === 'reading',
      onLost: hooks.onEscape,
    });
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
    return this.#rows.keys[0] === undefined || this.#rows.keys[0] === this.#messages[0]?.key;
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

  /** Whether the last row is the newest message there is in memory. */
  get atNewest(): boolean {
    return this.#rows.keys.at(-1) === this.#messages.at(-1)?.key;
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
      shown: this.#rows.keys,
      reading: state.mode === 'reading',
      toward: this.#toward,
      capacity: MAX_ROWS,
    });
    this.#toward = undefined;
    this.#rows.show(shown, this.#messages);
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

  /** Lets more rows come in at an end, at once. */
  bring(toward: Toward): void {
    this.#toward = toward;
    this.flush(this.#messages);
  }

  /** Moves the focus to the row that the Tab key reaches. */
  focus(): void {
    this.#rows.focus(this.#rows.tabStop);
  }

  /** Says all rows again, after the words or the language changed. */
  rebuild(): void {
    this.#rows.clear();
    const known = new Set(this.#messages.map(({ key }) => key));
    this.#rows.show(
      this.#rows.keys.filter((key) => known.has(key)),
      this.#messages,
    );
    this.#settle();
  }

  /** Takes the rows away and lets go of everything. */
  destroy(): void {
    this.#stop.abort();
    this.#resize.disconnect();
    this.#rows.clear();
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
      const row = this.#rows.of(this.#anchor.key);
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
    let [low, high] = [0, this.#rows.keys.length - 1];
    const edge = this.#view.getBoundingClientRect().top;
    while (low < high) {
      const middle = (low + high) >> 1;
      const row = this.#rows.at(middle);
      if (row && row.el.getBoundingClientRect().bottom > edge) high = middle;
      else low = middle + 1;
    }
    const row = this.#rows.at(low);
    this.#anchor = row && { key: row.key, offset: this.#offset(row) };
  }

  #goToWanted(): void {
    const wanted = this.#wanted;
    if (!wanted || !this.#rows.of(wanted.key)) return;
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
    if (!this.#held) this.#dispatch({ type: 'scrolled', gap, up, atNewest: this.atNewest });
    if (this.#state.mode === 'pinned') return;
    this.#remember();
    if (up && scrollTop < clientHeight && !this.atOldest) this.#want('older');
    else if (!up && gap < clientHeight && !this.atNewest) this.#want('newer');
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
    const at = row?.dataset.key === undefined ? -1 : this.#rows.keys.indexOf(row.dataset.key);
    if (row === null || at < 0) return;
    this.#rows.moveTabStop(at);
    // A click puts the focus here too, and must not stop the list.
    if (!row.matches(':focus-visible, :has(:focus-visible)')) return;
    this.#held = at < this.#rows.keys.length - 1 || !this.atNewest;
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
    this.#dispatch({ type: 'scrolled', gap, up: false, atNewest: this.atNewest });
  }

  #onKey(event: KeyboardEvent): void {
    // Of an event that is over nobody learns any more what in a shadow it was about.
    const target = event.target as HTMLElement;
    this.#hooks.touched.use((part) => part?.onRowKey(event, target, this, this.#rows, this.#hooks));
  }
}
