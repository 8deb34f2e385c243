import type { PresenceStatus } from './status.js';
import { StatusPoll, type StatusSurroundings } from './status-poll.js';

/** Somebody who shows a status. */
export interface StatusWatch {
  /** Whether it can be seen: while nobody sees a status, it is not asked for. */
  see(seen: boolean): void;
  end(): void;
}

/** Where badges have their statuses from. */
export interface StatusSource {
  /**
   * Watches a status, not seen at first. Tells at once what is known of it, and what changes.
   * @param what the address of a `/status/ID.json`, or `xmpp:` and the address of a person
   */
  watch(what: string, told: (status: PresenceStatus) => void): StatusWatch;
}

interface Shared {
  readonly poll: StatusPoll;
  readonly told: Set<(status: PresenceStatus) => void>;
  readonly seenBy: Set<StatusWatch>;
}

/** The statuses of a page: however many badges show the same one, it is asked for once. */
export class StatusPolls implements StatusSource {
  readonly #env: StatusSurroundings;
  readonly #byUrl = new Map<string, Shared>();
  #offOnline: (() => void) | undefined;

  constructor(env: StatusSurroundings) {
    this.#env = env;
  }

  /** How many addresses are watched, for leak tests. */
  get size(): number {
    return this.#byUrl.size;
  }

  watch(url: string, told: (status: PresenceStatus) => void): StatusWatch {
    const shared = this.#byUrl.get(url) ?? this.#open(url);
    // A function of its own for each: the same one may be given twice.
    const tell = (status: PresenceStatus): void => told(status);
    shared.told.add(tell);
    const watch: StatusWatch = {
      see: (seen) => {
        if (!shared.told.has(tell)) return;
        if (seen) shared.seenBy.add(watch);
        else shared.seenBy.delete(watch);
        if (shared.seenBy.size > 0) shared.poll.start();
        else shared.poll.stop();
      },
      end: () => {
        watch.see(false);
        if (!shared.told.delete(tell) || shared.told.size > 0) return;
        this.#byUrl.delete(url);
        if (this.#byUrl.size > 0) return;
        this.#offOnline?.();
        this.#offOnline = undefined;
      },
    };
    told(shared.poll.status);
    return watch;
  }

  #open(url: string): Shared {
    const told = new Set<(status: PresenceStatus) => void>();
    const poll = new StatusPoll(url, this.#env, (status) => {
      for (const tell of [...told]) tell(status);
    });
    const shared: Shared = { poll, told, seenBy: new Set() };
    this.#byUrl.set(url, shared);
    this.#offOnline ??= this.#env.onOnline(() => {
      for (const { poll: one } of this.#byUrl.values()) one.hurry();
    });
    return shared;
  }
}
