import {
  type BareJid,
  type Element,
  encodeAuthenticate,
  encodeBind2,
  encodeClose,
  encodeOpen,
  encodeSm,
  type FullJid,
  parseDomainJid,
  serialize,
  utf8,
} from '@meerkat-chat/xmpp';
import { FakeClock, linkPair, type PairedLink, SeededRandom } from '@meerkat-chat/xmpp/testing';
import type { Settled } from '../kernel/hooks.js';
import { type Logger, silentLogger } from '../kernel/logger.js';
import type { Session, SessionDirectory, SessionEnd } from '../kernel/session.js';
import { TurnShare } from '../kernel/turn-share.js';
import type { Peer } from '../link/server-link.js';
import { FrameParser } from '../link/xml-parser.js';
import { DEFAULT_STREAM_LIMITS, type StreamLimits } from '../stream/limits.js';
import type { StreamHost } from '../stream/stream-host.js';
import { createStreams, type Streams } from '../stream/streams.js';
import { FakeAuthenticator } from './fake-authenticator.js';
import { MemoryLink } from './memory-link.js';

const UNBOUND = { attributes: 1e6, bytes: 1e9, depth: 1e6, elements: 1e6 };

/** Lets promises that need nothing from outside run to their end. */
export async function microtasks(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await Promise.resolve();
}

/** The stream layer over a host that only takes notes: what came in, who was bound, who ended and why. */
export class StreamWorld {
  readonly clock = new FakeClock();
  /** What is to run when the present turn of the event loop is over. */
  readonly endOfTurn: (() => void)[] = [];
  /** Time stands still in tests, so that it is never spent unless a task of a test turns the clock. */
  readonly churn = new TurnShare({
    clock: this.clock,
    later: (run) => void this.endOfTurn.push(run),
    most: 10,
  });
  readonly auth: FakeAuthenticator;
  readonly streams: Streams;
  readonly limits: StreamLimits;
  /** One line per event: `bound JID`, `resumed JID`, `renewed JID`, `ended JID WHY`. */
  readonly events: string[] = [];
  readonly received: { readonly session: Session; readonly stanza: Element }[] = [];
  readonly ended: { readonly why: SessionEnd; readonly unacknowledged: readonly string[] }[] = [];
  /** What the owner is told: fields with the words. */
  readonly logged: object[] = [];
  readonly #log: Logger = {
    ...silentLogger,
    info: (fields, message) => void this.logged.push({ ...fields, message }),
  };
  /** Decides when a stanza is settled. */
  settle: (stanza: Element) => Settled = () => undefined;
  readonly sessions = new Map<FullJid, Session>();

  /** @param limits what differs from the defaults */
  constructor(limits: Partial<StreamLimits> = {}) {
    const domain = parseDomainJid('capulet.example');
    if (!domain) throw new TypeError('no domain');
    this.limits = { ...DEFAULT_STREAM_LIMITS, ...limits };
    this.auth = new FakeAuthenticator(domain, this.clock, { juliet: 'r0m30', nurse: 'angelica' });
    const sessions: Pick<SessionDirectory, 'get' | 'of' | 'size'> = {
      get: (jid) => this.sessions.get(jid),
      of: (account: BareJid) => [...this.sessions.values()].filter((session) => session.account === account),
      size: 0,
    };
    const host: StreamHost = {
      env: { clock: this.clock, random: new SeededRandom(7) },
      log: this.#log,
      domain,
      auth: this.auth,
      limits: this.limits,
      churn: this.churn,
      sessions: sessions as SessionDirectory,
      receive: (session, stanza) => {
        this.received.push({ session, stanza });
        return this.settle(stanza);
      },
      bound: (session) => {
        this.sessions.set(session.jid, session);
        this.events.push(`bound ${session.jid}`);
      },
      renewed: (session) => void this.events.push(`renewed ${session.jid}`),
      resumed: (session) => void this.events.push(`resumed ${session.jid}`),
      ended: (session, why, unacknowledged) => {
        if (this.sessions.get(session.jid) === session) this.sessions.delete(session.jid);
        this.events.push(`ended ${session.jid} ${why}`);
        this.ended.push({ why, unacknowledged });
      },
    };
    this.streams = createStreams(host);
  }

  /** A client on a new link. */
  connect(peer: Partial<Peer> = {}): StreamClient {
    return new StreamClient(this, peer);
  }

  /** A client that has signed in by SASL2 and bound, with stream management unless told otherwise. */
  async client(options: SignInOptions = {}): Promise<StreamClient> {
    const client = this.connect();
    await client.signIn(options);
    return client;
  }

  /** The only session there is. */
  get session(): Session {
    const [session, ...more] = [...this.sessions.values()];
    if (!session || more.length > 0) throw new TypeError(`there are ${this.sessions.size} sessions`);
    return session;
  }
}

export interface SignInOptions {
  readonly user?: string;
  readonly password?: string;
  readonly tag?: string;
  readonly clientId?: string;
  /** Whether to switch stream management on, and to have the session kept. */
  readonly manage?: 'no' | 'resumable' | 'yes';
  readonly inline?: readonly Element[];
  readonly bind?: boolean;
}

/** A client as tests play it: it says frames and hears elements. */
export class StreamClient {
  readonly link: MemoryLink;
  readonly #end: PairedLink;
  readonly #parser = new FrameParser();
  #heard: Element[] = [];
  /** Every frame heard, as text. */
  readonly frames: string[] = [];

  constructor(world: StreamWorld, peer: Partial<Peer> = {}) {
    const [client, server] = linkPair();
    this.#end = client;
    this.link = new MemoryLink(server, peer);
    client.onText((text) => {
      const parsed = this.#parser.parse(text, UNBOUND);
      if (!parsed.ok) throw new TypeError(`the server said ${parsed.error.condition}: ${text}`);
      this.frames.push(text);
      this.#heard.push(parsed.value);
    });
    world.streams.accept(this.link);
  }

  get closed(): boolean {
    return this.#end.ended;
  }

  /** Says frames in one flight, and answers with what was heard until nobody has more to say. */
  async says(...frames: (string | Element)[]): Promise<Element[]> {
    for (const frame of frames) this.#end.send(typeof frame === 'string' ? frame : serialize(frame));
    return this.hears();
  }

  /** Everything heard since the last time, in order. */
  async hears(): Promise<Element[]> {
    for (let moved = 1; moved > 0; ) {
      moved = this.#end.flush();
      await microtasks();
      moved += this.link.flush();
      await microtasks();
    }
    return this.#heard.splice(0);
  }

  /** Says frames that reach the server, while what it answers waits unread. */
  async whispers(...frames: (string | Element)[]): Promise<void> {
    for (const frame of frames) this.#end.send(typeof frame === 'string' ? frame : serialize(frame));
    this.#end.flush();
    await microtasks();
  }

  async opens(to = 'capulet.example', from?: string): Promise<Element[]> {
    return this.says(encodeOpen({ to, ...(from === undefined ? {} : { from }) }));
  }

  async closes(): Promise<Element[]> {
    return this.says(encodeClose());
  }

  /** Opens and signs in by PLAIN within SASL2, in one flight. */
  async signIn(options: SignInOptions = {}): Promise<Element[]> {
    const { clientId, manage = 'resumable', password = 'r0m30', tag, user = 'juliet' } = options;
    const enable = encodeSm({ kind: 'enable', resume: manage === 'resumable', max: undefined });
    const bind = encodeBind2({ tag, inline: manage === 'no' ? [] : [enable] });
    return this.says(
      encodeOpen({ to: 'capulet.example' }),
      encodeAuthenticate({
        mechanism: 'PLAIN',
        initial: utf8(`\0${user}\0${password}`),
        userAgent:
          clientId === undefined ? undefined : { id: clientId, software: undefined, device: undefined },
        inline: [...(options.inline ?? []), ...(options.bind === false ? [] : [bind])],
      }),
    );
  }

  /** The link breaks as in a dead network. */
  cut(): void {
    this.#end.cut();
  }
}
