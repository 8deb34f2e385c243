import { type PresenceStatus, readStatus, UNKNOWN } from './status.js';

/** The outside world of the polls. */
export interface StatusSurroundings {
  readonly clock: {
    now(): number;
    after(delay: number, run: () => void): () => void;
  };
  /** 0 up to 1. */
  random(): number;
  /** Rejects when there is no answer, or one that is none. */
  fetchJson(url: string, signal: AbortSignal): Promise<unknown>;
  /** Calls each time the network is back; the answer undoes it. */
  onOnline(run: () => void): () => void;
}

/** How long a status holds before it is asked for again, in milliseconds; up to `JITTER` more, so that pages part. */
export const INTERVAL = 30_000;
export const JITTER = 6_000;
/** After failures the interval doubles, up to this. */
export const LONGEST = 300_000;
/** How long one waits for an answer. */
export const PATIENCE = 10_000;
/** How long the last status stands while the server cannot be asked; then it is unknown. */
export const GRACE = 90_000;

/** How long until the next request. @param failures how many failed one after the other */
export function nextDelay(failures: number, random: number): number {
  return Math.min(INTERVAL * 2 ** failures, LONGEST) + random * JITTER;
}

/** Asks for one status again and again while it runs. It keeps what it knows when it does not. */
export class StatusPoll {
  readonly #url: string;
  readonly #env: StatusSurroundings;
  readonly #changed: (status: PresenceStatus) => void;
  #status = UNKNOWN;
  #goodAt = Number.NEGATIVE_INFINITY;
  #dueAt = Number.NEGATIVE_INFINITY;
  #failures = 0;
  #running = false;
  #request: AbortController | undefined;
  #timer: (() => void) | undefined;
  #lapse: (() => void) | undefined;

  /** @param changed called when the status is another one */
  constructor(url: string, env: StatusSurroundings, changed: (status: PresenceStatus) => void) {
    this.#url = url;
    this.#env = env;
    this.#changed = changed;
  }

  /** The last that was heard. */
  get status(): PresenceStatus {
    return this.#status;
  }

  /** Asks at once, unless the last answer still holds. */
  start(): void {
    if (this.#running) return;
    this.#running = true;
    if (this.#failures > 0) this.#awaitLapse();
    this.#schedule();
  }

  /** Nobody looks: nothing is sent, and no timer runs. */
  stop(): void {
    this.#running = false;
    this.#timer?.();
    this.#timer = undefined;
    this.#lapse?.();
    this.#lapse = undefined;
    this.#request?.abort();
    this.#request = undefined;
  }

  /** The network is back: what failed is tried again at once. */
  hurry(): void {
    if (this.#failures === 0) return;
    this.#dueAt = this.#env.clock.now();
    if (this.#running && !this.#request) this.#schedule();
  }

  #schedule(): void {
    this.#timer?.();
    // Bounded, since a clock may be set back.
    const wait = Math.min(LONGEST + JITTER, Math.max(0, this.#dueAt - this.#env.clock.now()));
    this.#timer = this.#env.clock.after(wait, () => this.#ask());
  }

  #ask(): void {
    const request = new AbortController();
    this.#request = request;
    this.#timer = this.#env.clock.after(PATIENCE, () => {
      request.abort();
      this.#settle(request, undefined);
    });
    this.#env.fetchJson(this.#url, request.signal).then(
      (json) => this.#settle(request, readStatus(json)),
      () => this.#settle(request, undefined),
    );
  }

  #settle(request: AbortController, status: PresenceStatus | undefined): void {
    // Stopped or given up meanwhile: too late to count.
    if (this.#request !== request) return;
    this.#request = undefined;
    const now = this.#env.clock.now();
    if (status) {
      this.#failures = 0;
      this.#goodAt = now;
      this.#lapse?.();
      this.#lapse = undefined;
      this.#show(status);
    } else {
      this.#failures++;
      this.#awaitLapse();
    }
    this.#dueAt = now + nextDelay(this.#failures, this.#env.random());
    if (this.#running) this.#schedule();
  }

  #awaitLapse(): void {
    if (this.#lapse || this.#status === UNKNOWN) return;
    const left = this.#goodAt + GRACE - this.#env.clock.now();
    this.#lapse = this.#env.clock.after(Math.max(0, left), () => {
      this.#lapse = undefined;
      this.#show(UNKNOWN);
    });
  }

  #show(status: PresenceStatus): void {
    const before = this.#status;
    if (status.state === before.state && status.since === before.since) return;
    this.#status = status;
    this.#changed(status);
  }
}
