import {
  type BoshBody,
  decodeBoshBody,
  type Element,
  elements,
  formatBoshBody,
  is,
  isClose,
  type LinkEnd,
  NS,
  serialize,
} from '@meerkat-chat/xmpp';
import { FakeClock, SeededRandom } from '@meerkat-chat/xmpp/testing';
import { silentLogger } from '../kernel/logger.js';
import { Admission, type AdmissionLimits, DEFAULT_ADMISSION_LIMITS } from '../link/admission.js';
import { type BoshLimits, DEFAULT_BOSH_LIMITS } from '../link/bosh/bosh-limits.js';
import { BoshManager } from '../link/bosh/bosh-manager.js';
import type { Exchange } from '../link/bosh/exchange.js';
import type { Peer, ServerLink } from '../link/server-link.js';
import { DEFAULT_STREAM_LIMITS } from '../stream/limits.js';
import { parseXml } from './parse-xml.js';

export const OPEN =
  '<open xmlns="urn:ietf:params:xml:ns:xmpp-framing" from="localhost" id="stream-1" version="1.0" xml:lang="en"/>';
export const FEATURES = '<stream:features xmlns:stream="http://etherx.jabber.org/streams"/>';
export const CLOSE = '<close xmlns="urn:ietf:params:xml:ns:xmpp-framing"/>';
const PEER: Peer = { transport: 'bosh', address: '192.0.2.1', secure: true, origin: undefined };

/** A request that a test has made. */
export class Ask implements Exchange {
  /** The body as it came, once there is one. */
  reply: string | undefined;
  status: number | undefined;
  readonly #readers: (() => void)[] = [];
  #leave: () => void = () => {};

  answer(status: number, body: Buffer): void {
    if (this.reply !== undefined) throw new Error('answered twice');
    this.status = status;
    this.reply = body.toString();
    for (const read of this.#readers.splice(0)) read();
  }

  onGone(listener: () => void): void {
    this.#leave = listener;
  }

  /** Waits for the answer, where it takes more than this turn. */
  async answered(): Promise<this> {
    if (this.reply === undefined) await new Promise<void>((resolve) => this.#readers.push(resolve));
    return this;
  }

  /** The asker aborts it. */
  leaves(): void {
    if (this.reply === undefined) this.#leave();
  }

  /** What the body says of itself. @throws Error as long as there is no answer */
  get body(): BoshBody {
    const body = decodeBoshBody(this.#element());
    if (!body) throw new Error('that is not a body');
    return body;
  }

  /** The names of what stands in it, with the text of messages. */
  get frames(): string[] {
    return elements(this.#element()).map((frame) =>
      frame.name === 'message' ? serialize(frame).replace(/<[^>]*>/g, '') : frame.name,
    );
  }

  #element(): Element {
    const element = this.reply === undefined ? undefined : parseXml(this.reply);
    if (!element) throw new Error('no well-formed reply yet');
    return element;
  }
}

/** What stands behind a session in these tests: it opens and closes as a stream does, and remembers what it hears. */
export interface HeardLink {
  readonly link: ServerLink;
  readonly heard: string[];
  end: LinkEnd | undefined;
  drains: number;
}

/** What a test may choose. */
export interface BoshSceneOptions {
  readonly limits?: Partial<BoshLimits>;
  readonly admission?: Partial<AdmissionLimits>;
  /** Called in place of the stream's own opening. */
  readonly onOpen?: (link: ServerLink) => void;
  /** Takes the links, in place of what stands behind a session otherwise. */
  readonly accept?: (link: ServerLink) => void;
  readonly clock?: FakeClock;
}

/** Sessions of BOSH over no HTTP at all, in a time that stands still. */
export class BoshScene {
  readonly clock: FakeClock;
  readonly manager: BoshManager;
  readonly admission: Admission;
  readonly links: HeardLink[] = [];
  sid = '';
  rid = 1000;

  constructor(options: BoshSceneOptions = {}) {
    this.clock = options.clock ?? new FakeClock();
    this.admission = new Admission({ ...DEFAULT_ADMISSION_LIMITS, ...options.admission }, this.clock);
    this.manager = new BoshManager({
      env: { clock: this.clock, random: new SeededRandom() },
      log: silentLogger,
      limits: { ...DEFAULT_BOSH_LIMITS, ...options.limits },
      frames: DEFAULT_STREAM_LIMITS,
      admission: this.admission,
      accept: options.accept ?? ((link) => this.#accept(link, options.onOpen)),
    });
  }

  /** The stream of the last session. */
  get stream(): HeardLink {
    const last = this.links.at(-1);
    if (!last) throw new Error('there is no session yet');
    return last;
  }

  /** Sends any text as a request, and lets this turn end. */
  async raw(text: string | Uint8Array, peer: Partial<Peer> = {}): Promise<Ask> {
    const ask = new Ask();
    this.manager.receive(Buffer.from(text), { ...PEER, ...peer }, ask);
    await Promise.resolve();
    return ask;
  }

  /** Begins a session, and keeps its `sid`. */
  async create(body: BoshBody = {}, frames: readonly string[] = []): Promise<Ask> {
    const whole = {
      to: 'localhost',
      ver: '1.11',
      wait: 60,
      hold: 1,
      xmppVersion: '1.0',
      lang: 'en',
      ...body,
    };
    const ask = await this.raw(formatBoshBody({ rid: this.rid, ...whole }, frames));
    if (ask.reply !== undefined) this.sid = ask.body.sid ?? '';
    return ask;
  }

  /** Sends the next request, or the one with that `rid`. */
  async ask(frames: readonly string[] = [], body: BoshBody = {}): Promise<Ask> {
    const rid = body.rid ?? ++this.rid;
    return this.raw(formatBoshBody({ sid: this.sid, ...body, rid }, frames));
  }

  /** The stream says something, and this turn ends. */
  async says(...frames: readonly string[]): Promise<void> {
    for (const frame of frames) this.stream.link.send(frame);
    await Promise.resolve();
  }

  #accept(link: ServerLink, onOpen: BoshSceneOptions['onOpen']): void {
    const stream: HeardLink = { link, heard: [], end: undefined, drains: 0 };
    this.links.push(stream);
    link.onClose((end) => {
      stream.end = end;
    });
    link.onDrain(() => {
      stream.drains++;
    });
    link.onFrame((frame) => {
      if (typeof frame === 'string') throw new Error('BOSH gives elements');
      stream.heard.push(frame.name === 'message' ? serialize(frame).replace(/<[^>]*>/g, '') : frame.name);
      if (is(frame, 'open', NS.framing)) {
        if (onOpen) return onOpen(link);
        link.send(OPEN);
        link.send(FEATURES);
      } else if (isClose(frame)) {
        link.send(CLOSE);
        link.close();
      }
    });
  }
}

/** A message with that text. */
export function said(text: string): string {
  return `<message xmlns="jabber:client"><body>${text}</body></message>`;
}
