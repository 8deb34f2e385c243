import type { Clock, Millis, Off } from '@meerkat-chat/xmpp';

/** When to ask whether the server has what was sent, and whether it is there at all. */
export interface AckTimes {
  /** After so many stanzas it is asked at once. */
  readonly everyStanzas: number;
  /** So long after the last stanza it is asked. */
  readonly afterStanza: Millis;
  /** In the foreground it is asked when nothing was heard for so long; 0 for never (BOSH has its own way). */
  readonly whenQuiet: Millis;
  /** How long an answer may take while somebody is watching. */
  readonly deadline: Millis;
  /** And while nobody is: timers and networks of hidden pages are slow. */
  readonly hiddenDeadline: Millis;
}

export const DEFAULT_ACK_TIMES: AckTimes = {
  everyStanzas: 10,
  afterStanza: 1_500,
  whenQuiet: 5_000,
  deadline: 5_000,
  hiddenDeadline: 30_000,
};

export interface AckHost {
  /** Writes `<r/>`. */
  ask(): void;
  /** Nothing was heard in time: the link is dead, whatever its socket says. */
  dead(): void;
  visible(): boolean;
}

/** Decides when to ask for an acknowledgement, and takes silence for death. */
export class AckPolicy {
  readonly #clock: Clock;
  readonly #times: AckTimes;
  readonly #host: AckHost;
  #unasked = 0;
  #askSoon: Off | undefined;
  #deadline: Off | undefined;
  #quiet: Off | undefined;
  #heardAt: Millis;

  constructor(clock: Clock, times: AckTimes, host: AckHost) {
    this.#clock = clock;
    this.#times = times;
    this.#host = host;
    this.#heardAt = clock.monotonic();
    this.#watchQuiet();
  }

  /** A stanza was written. */
  sent(): void {
    this.#unasked++;
    this.#askSoon?.();
    if (this.#unasked >= this.#times.everyStanzas) {
      this.check();
      return;
    }
    this.#askSoon = this.#clock.after(this.#times.afterStanza, () => this.check());
  }

  /** Something came. */
  heard(): void {
    this.#deadline?.();
    this.#deadline = undefined;
    this.#heardAt = this.#clock.monotonic();
    this.#watchQuiet();
  }

  /** Everything sent is acknowledged: nothing to ask for. */
  settled(): void {
    this.#unasked = 0;
    this.#askSoon?.();
    this.#askSoon = undefined;
  }

  /** Asks now. An answer must come in time; a deadline that runs already is not put off. */
  check(): void {
    this.settled();
    const { deadline, hiddenDeadline } = this.#times;
    this.#deadline ??= this.#clock.after(this.#host.visible() ? deadline : hiddenDeadline, () => {
      this.stop();
      this.#host.dead();
    });
    this.#host.ask();
  }

  stop(): void {
    for (const off of [this.#askSoon, this.#deadline, this.#quiet]) off?.();
    this.#askSoon = this.#deadline = this.#quiet = undefined;
  }

  /** What is heard meanwhile only moves the time: a timer for each of thousands of frames is dear. */
  #watchQuiet(span: Millis = this.#times.whenQuiet): void {
    if (span === 0) return;
    this.#quiet ??= this.#clock.after(span, () => {
      this.#quiet = undefined;
      const { whenQuiet } = this.#times;
      const left = this.#heardAt + whenQuiet - this.#clock.monotonic();
      if (left > 0) this.#watchQuiet(left);
      else if (this.#host.visible()) this.check();
      else this.#watchQuiet();
    });
  }
}
