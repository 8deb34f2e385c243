import {
  type Clock,
  decodeSm,
  type Element,
  el,
  encodeClose,
  encodeOpen,
  encodeSm,
  is,
  type LinkEnd,
  NS,
  type Off,
  readStreamError,
  serializePlain,
} from '@meerkat-chat/xmpp';
import type { BoshState } from '../link/bosh-state.js';
import type { ClientLink } from '../link/client-link.js';
import { report } from '../listeners.js';
import { AckPolicy, type AckTimes } from './ack-policy.js';
import { parseFrame } from './frame.js';
import type { StreamManagement } from './stream-management.js';

/** What a link that is paused or not yet signed in may bring in before it is given up. */
const MAX_HELD = 10_000;

/** A stream error of the server. */
export type ServerError = NonNullable<ReturnType<typeof readStreamError>>;

/** Why a stream ended, other than by ourselves. */
export interface StreamEnd extends LinkEnd {
  /** What the server said about it. */
  readonly error?: ServerError | undefined;
}

export interface StreamHost {
  /** Hears each stanza once the stream is settled, in order; it is counted as handled afterwards. */
  stanza(element: Element): void;
  /** Hears that the server has confirmed stanzas. */
  acknowledged?(): void;
  /** Hears the end of a settled stream, once. Before that, `next` rejects. */
  ended(end: StreamEnd): void;
  visible(): boolean;
}

/** A stream ended while something was awaited of it. */
export class StreamEnded extends Error {
  readonly end: StreamEnd;

  constructor(end: StreamEnd) {
    super(end.error?.text ?? end.error?.condition ?? end.reason ?? 'the stream ended');
    this.end = end;
  }
}

type Phase = 'negotiating' | 'settled' | 'paused' | 'ended';

const isStanza = (element: Element): boolean =>
  element.ns === NS.client && /^(?:iq|message|presence)$/.test(element.name);

/**
 * One stream (RFC 7395) over one link, for as long as that lives: first negotiated through `write` and `next`, then settled and counted (XEP-0198). While it
 * is negotiating or paused, stanzas that come are held, so that none is handled on the wrong side of a count.
 */
export class Stream {
  readonly link: ClientLink;
  readonly #domain: string;
  readonly #sm: StreamManagement;
  readonly #host: StreamHost;
  readonly #acks: AckPolicy;
  /** What stops listening to the link. */
  #offs: readonly Off[] | undefined;
  #phase: Phase = 'negotiating';
  /** What the negotiation has not taken yet: nothing is lost between two awaits. */
  readonly #said: Element[] = [];
  #taker: { resolve(said: Element): void; reject(reason: StreamEnded): void } | undefined;
  #over: StreamEnded | undefined;
  /** Incoming stanzas, `<r/>` and `<a/>` that came too early. */
  #held: Element[] = [];
  /** Stanzas to be written when the pause is over. */
  #unwritten: string[] = [];
  #error: ServerError | undefined;
  #expectedIq: string | undefined;

  constructor(
    link: ClientLink,
    domain: string,
    sm: StreamManagement,
    clock: Clock,
    times: AckTimes,
    host: StreamHost,
  ) {
    this.link = link;
    this.#sm = sm;
    this.#host = host;
    this.#domain = domain;
    const whenQuiet = link.kind === 'bosh' ? 0 : times.whenQuiet;
    this.#acks = new AckPolicy(
      clock,
      { ...times, whenQuiet },
      {
        ask: () => this.write(encodeSm({ kind: 'r' })),
        dead: () => this.#fail({ clean: false, reason: 'no answer in time' }),
        visible: () => host.visible(),
      },
    );
  }

  /** Whether it is over, for whatever reason. */
  get ended(): boolean {
    return this.#phase === 'ended';
  }

  /** Opens the stream; again after classic SASL (section 3.7). @param from told to the server on a secure link */
  open(from?: string): void {
    this.adopt();
    // Who we are is nobody's business on a link that can be read (RFC 6120 section 4.7.1).
    const named = from !== undefined && this.link.secure ? { from } : {};
    this.write(encodeOpen({ to: this.#domain, ...named, lang: 'en' }));
  }

  /** Takes over a link that is signed in and bound: call `settle` next. Whatever it has kept comes at once. */
  adopt(): void {
    if (this.#offs || this.ended) return;
    const offs: Off[] = [];
    this.#offs = offs;
    offs.push(this.link.onText((text) => this.#read(text)));
    offs.push(this.link.onClose((end) => this.#end(end)));
    // What was kept may have ended it already.
    if (this.ended) this.#stop();
  }

  /** Writes an element of the stream's own. */
  write(element: Element): void {
    this.#write(serializePlain(element));
  }

  /** Writes an iq of the negotiation itself; its answer comes by `next`. */
  ask(iq: Element): void {
    this.#expectedIq = iq.attrs.id;
    this.write(iq);
  }

  /** The next element of the negotiation. @throws {StreamEnded} */
  next(): Promise<Element> {
    const said = this.#said.shift();
    if (said) return Promise.resolve(said);
    if (this.#over) return Promise.reject(this.#over);
    return new Promise((resolve, reject) => {
      this.#taker = { resolve, reject };
    });
  }

  /**
   * The negotiation is over: what came of it is told, then what was held is handled.
   * @param resend what the queue holds is written first: after a resumption
   */
  settle(resend: boolean, ready: () => void): void {
    if (this.#phase !== 'negotiating') return;
    this.#phase = 'settled';
    if (resend) for (const text of this.#sm.queue) this.#write(text);
    if (this.#sm.queue.length > 0) this.#acks.sent();
    ready();
    this.#handleHeld();
  }

  /** Sends a stanza, already in the queue of stream management where there is one. */
  send(text: string): void {
    if (this.#phase === 'paused') {
      this.#unwritten.push(text);
    } else if (this.#phase === 'settled') {
      this.#write(text);
      if (this.#sm.counting) this.#acks.sent();
    }
  }

  /** Stands still while another link tries to take the session over. */
  pause(): void {
    if (this.#phase !== 'settled') return;
    this.#phase = 'paused';
    this.#acks.stop();
  }

  /** The other link did not succeed: nothing was lost. */
  unpause(): void {
    if (this.#phase !== 'paused') return;
    this.#phase = 'settled';
    for (const text of this.#unwritten.splice(0)) this.send(text);
    this.#acks.heard();
    this.#handleHeld();
  }

  /** Asks whether the server is there; if it is not, the stream ends in a few seconds. */
  check(): void {
    if (this.#phase === 'settled' && this.#sm.counting) this.#acks.check();
  }

  /** Ends the stream in order (section 3.6), and the session with it. */
  finish(): void {
    this.write(encodeClose());
    this.#stop();
    this.link.close();
  }

  /** Lets go of the link without ending the session: nothing more is heard or written, not even what waits. */
  drop(): void {
    this.suspend();
  }

  /** Lets go for a page that goes away. @returns what BOSH can go on with */
  suspend(): BoshState | undefined {
    const settled = this.#phase === 'settled';
    this.#stop();
    const state = this.link.suspend();
    return settled ? state : undefined;
  }

  #write(text: string): void {
    if (!this.ended) this.link.send(text);
  }

  #read(text: string): void {
    if (this.ended) return;
    const element = parseFrame(text);
    if (!element) this.#fail({ clean: false, reason: 'malformed frame' });
    else if (is(element, 'close', NS.framing)) this.#end({ clean: true, reason: 'closed' });
    else if (!is(element, 'open', NS.framing)) this.#hear(element);
  }

  #hear(element: Element): void {
    const error = readStreamError(element);
    if (error) {
      this.#error = error;
      this.#fail({ clean: false, reason: error.condition });
      return;
    }
    if (this.#phase === 'settled') this.#acks.heard();
    const counted = isStanza(element) || is(element, 'r', NS.sm) || is(element, 'a', NS.sm);
    const expected = element.name === 'iq' && element.attrs.id === this.#expectedIq;
    if (this.#phase === 'negotiating' && (!counted || expected)) {
      if (this.#taker) this.#taker.resolve(element);
      else this.#said.push(element);
      this.#taker = undefined;
    } else if (this.#phase === 'settled') this.#handle(element);
    else if (counted && this.#held.push(element) > MAX_HELD) {
      this.#fail({ clean: false, reason: 'too much at once' });
    }
  }

  #handleHeld(): void {
    const held = this.#held;
    this.#held = [];
    for (const element of held) this.#handle(element);
  }

  #handle(element: Element): void {
    if (this.#phase === 'paused') {
      this.#held.push(element);
      return;
    }
    if (this.#phase !== 'settled') return;
    if (isStanza(element)) {
      // Counted whatever its handlers made of it: a stanza that throws would throw again after each resumption.
      try {
        this.#host.stanza(element);
      } catch (error) {
        report(error);
      }
      this.#sm.receive();
      return;
    }
    const said = decodeSm(element);
    if (said?.kind === 'r') this.write(encodeSm({ kind: 'a', h: this.#sm.handled }));
    else if (said?.kind === 'a') this.#acknowledge(said.h);
  }

  #acknowledge(h: number): void {
    if (this.#sm.acknowledge(h)) {
      if (this.#sm.queue.length === 0) this.#acks.settled();
      this.#host.acknowledged?.();
      return;
    }
    // Section 7.
    const cause = el('handled-count-too-high', NS.sm, { h, 'send-count': this.#sm.queue.length });
    this.write(el('error', NS.streams, {}, el('undefined-condition', NS.streamErrors), cause));
    // Whose count is wrong cannot be known: the session is not resumed.
    this.#sm.enabled(undefined);
    this.#fail({ clean: false, reason: 'h too high' });
  }

  /** Ends it from our side because nothing good can come of it. */
  #fail(end: LinkEnd): void {
    if (this.ended) return;
    this.link.close();
    this.#end(end);
  }

  #end(end: LinkEnd): void {
    const before = this.#phase;
    if (before === 'ended') return;
    const told: StreamEnd = { ...end, error: this.#error };
    this.#stop(told);
    if (before !== 'negotiating') this.#host.ended(told);
  }

  /** Nothing is heard or written any more; the link is left as it is. */
  #stop(end: StreamEnd = { clean: true, reason: 'given up' }): void {
    this.#phase = 'ended';
    this.#acks.stop();
    for (const off of this.#offs ?? []) off();
    if (this.#over) return;
    this.#over = new StreamEnded(end);
    this.#taker?.reject(this.#over);
  }
}
