import type { Millis } from '@meerkat-chat/xmpp';

/** Exchanges that are remembered: an old one says less of clocks that run apart. */
const REMEMBERED = 20;

interface Exchange {
  readonly offset: Millis;
  readonly roundTrip: Millis;
}

/**
 * How far another machine's clock is ahead of ours, by asking it for the time: its answer was made somewhere between
 * our question and our receipt, so the quickest exchange knows best, to within half of its round trip.
 */
export class ClockOffset {
  #exchanges: Exchange[] = [];

  /** @param theirs what their clock showed between those two times of ours */
  add(sent: Millis, theirs: Millis, received: Millis): void {
    const exchange = { offset: theirs - (sent + received) / 2, roundTrip: received - sent };
    this.#exchanges = [...this.#exchanges.slice(1 - REMEMBERED), exchange];
  }

  get count(): number {
    return this.#exchanges.length;
  }

  /** Their clock less ours; 0 before the first exchange. */
  get offset(): Millis {
    return this.#best?.offset ?? 0;
  }

  /** How wrong that may be, either way; infinite before the first exchange. */
  get uncertainty(): Millis {
    return (this.#best?.roundTrip ?? Number.POSITIVE_INFINITY) / 2;
  }

  get #best(): Exchange | undefined {
    return this.#exchanges.reduce<Exchange | undefined>(
      (best, exchange) => (best && best.roundTrip <= exchange.roundTrip ? best : exchange),
      undefined,
    );
  }
}
