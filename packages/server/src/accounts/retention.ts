import type { BareJid, Clock, Millis, Off } from '@meerkat-chat/xmpp';
import type { Logger } from '../kernel/logger.js';
import type { ArchiveStore } from '../storage/storage.js';
import type { RetentionSettings } from './settings.js';

const DAY: Millis = 86_400_000;
/** From the end of one round to the next, and before the first. */
const BETWEEN: Millis = 3_600_000;
const BEFORE_FIRST: Millis = 60_000;
/** Messages removed in one statement, and archives looked at, before others have the disk. */
const SLICE = 500;
const ARCHIVES = 50;
const PAUSE: Millis = 50;

/** What removing needs. */
export interface RetentionOptions {
  readonly archive: Pick<ArchiveStore, 'next' | 'purge'>;
  readonly clock: Pick<Clock, 'after' | 'now'>;
  readonly log: Logger;
  readonly settings: RetentionSettings;
  isRoom(archive: BareJid): boolean;
  /** Rooms in memory forget what is older. */
  forgetBefore(time: Millis): Promise<void>;
}

/**
 * Removes messages that are older than they may be: round after round through every archive, in small slices with
 * pauses between them, so that nobody waits for it.
 */
export class Retention {
  readonly #options: RetentionOptions;
  readonly #removed = { rooms: 0, users: 0 };
  #off: Off | undefined;
  #stopped = false;
  #endPause: () => void = () => {};

  constructor(options: RetentionOptions) {
    this.#options = options;
  }

  /** Messages that were removed since the start. */
  get removed(): { readonly rooms: number; readonly users: number } {
    return { ...this.#removed };
  }

  /** Begins; nothing happens where everything is kept for ever. */
  start(): void {
    const { rooms, users } = this.#options.settings;
    if (rooms > 0 || users > 0) this.#later(BEFORE_FIRST);
  }

  /** Ends it, also within a round. */
  stop(): void {
    this.#stopped = true;
    this.#off?.();
    this.#endPause();
  }

  /** One round through every archive. */
  async round(): Promise<void> {
    const { archive, clock, forgetBefore, isRoom, log, settings } = this.#options;
    const now = clock.now();
    const before = { ...this.#removed };
    if (settings.rooms > 0) await forgetBefore(now - settings.rooms * DAY);
    let looked = 0;
    for (
      let of = await archive.next(undefined);
      of !== undefined && !this.#stopped;
      of = await archive.next(of)
    ) {
      const kind = isRoom(of) ? 'rooms' : 'users';
      if (settings[kind] > 0) await this.#purge(of, kind, now - settings[kind] * DAY);
      if (++looked % ARCHIVES === 0) await this.#pause();
    }
    const rooms = this.#removed.rooms - before.rooms;
    const users = this.#removed.users - before.users;
    if (rooms + users > 0) log.info({ rooms, users }, 'messages older than archive.retention were removed');
  }

  async #purge(of: BareJid, kind: 'rooms' | 'users', before: Millis): Promise<void> {
    for (;;) {
      const removed = await this.#options.archive.purge(of, before, SLICE);
      this.#removed[kind] += removed;
      if (removed > 0) await this.#pause();
      if (removed < SLICE || this.#stopped) return;
    }
  }

  #pause(): Promise<void> {
    if (this.#stopped) return Promise.resolve();
    return new Promise((fulfil) => {
      const off = this.#options.clock.after(PAUSE, fulfil);
      this.#endPause = () => {
        off();
        fulfil();
      };
    });
  }

  #later(delay: Millis): void {
    this.#off = this.#options.clock.after(delay, () => {
      void this.round()
        .catch((err: unknown) => this.#options.log.warn({ err }, 'old messages were not removed'))
        .then(() => {
          if (!this.#stopped) this.#later(BETWEEN);
        });
    });
  }
}
