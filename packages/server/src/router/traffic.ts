import type { Millis } from '@meerkat-chat/xmpp';
import { SpanCounts, type SpanReading } from '../kernel/span-counts.js';

/** Numbers of stanzas by what they are. */
export interface ByKind {
  readonly message: number;
  readonly presence: number;
  readonly iq: number;
}

/** What has happened since the start: these only grow. */
export interface RouterCounts {
  /** Stanzas that sessions have sent. */
  readonly received: ByKind;
  /** Stanzas that came to nothing, mostly with an error to their sender. */
  readonly refused: ByKind;
  /** Deliveries of what many got. */
  readonly fannedOut: number;
  /** How long it took to hand one stanza to all its recipients, where there was more than one. */
  readonly fanOuts: SpanReading;
}

/** In milliseconds: from a room of friends to one of ten thousand. */
const FAN_OUT_BOUNDS: readonly Millis[] = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1000];

/** Counts what passes the router. */
export class Traffic implements RouterCounts {
  readonly received = { message: 0, presence: 0, iq: 0 };
  readonly refused = { message: 0, presence: 0, iq: 0 };
  readonly fanOuts = new SpanCounts(FAN_OUT_BOUNDS);
  fannedOut = 0;

  /** @param name of an element that a session sent as a stanza */
  receives(name: string): void {
    if (isKind(name)) this.received[name]++;
  }

  /** @param name of an element that was to be a stanza */
  refuses(name: string): void {
    if (isKind(name)) this.refused[name]++;
  }

  /** One stanza has reached so many. */
  fansOut(reached: number, span: Millis): void {
    this.fannedOut += reached;
    if (reached > 1) this.fanOuts.add(span);
  }
}

function isKind(name: string): name is keyof ByKind {
  return name === 'message' || name === 'presence' || name === 'iq';
}
