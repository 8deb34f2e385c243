import {
  accountOf,
  counterAdd,
  counterDistance,
  decodeAuth,
  decodeAuthenticate,
  decodeBind2,
  decodeFast,
  decodeRequestToken,
  decodeSm,
  type Element,
  el,
  encodeBase64,
  encodeBind,
  encodeBind2Feature,
  encodeBound2,
  encodeBoundJid,
  encodeFastFeature,
  encodeFastToken,
  encodeMechanisms,
  encodeOpen,
  encodeSasl2Feature,
  encodeSasl2Success,
  encodeSaslFailure,
  encodeSm,
  encodeSmFeature,
  type FullJid,
  findSm,
  fromUtf8,
  is,
  type Link,
  NS,
  parseFullJid,
  type SaslProfile,
  serialize,
  serializeFrame,
  utf8,
} from '@meerkat-chat/xmpp';
import { parseFrame } from '../frame.js';
import { hmacByLibrary } from '../sasl/hmac-library.js';

/** What a fake server offers; everything by default. */
export interface FakeOffer {
  readonly sasl2: boolean;
  readonly inlineSm: boolean;
  readonly bind2: boolean;
  readonly sm: boolean;
  readonly fast: boolean;
  readonly mechanisms: readonly string[];
}

/** A session as the server sees it. */
export interface FakeSession {
  readonly jid: FullJid;
  readonly id: string;
  handled: number;
  /** What the client has acknowledged, and what it has not. */
  acknowledged: number;
  queue: string[];
  connection: Connection | undefined;
}

interface Token {
  readonly account: string;
  count: number;
}

const FULL: FakeOffer = {
  sasl2: true,
  inlineSm: true,
  bind2: true,
  sm: true,
  fast: true,
  mechanisms: ['PLAIN', 'ANONYMOUS'],
};

/** A server in memory: signs in whoever asks, resumes sessions, and writes down each stanza that it handles. */
export class FakeServer {
  readonly offer: FakeOffer;
  readonly sessions = new Map<string, FakeSession>();
  readonly tokens = new Map<string, Token>();
  /** Every stanza handled, in order, over all sessions. */
  readonly handled: Element[] = [];
  /** Every frame heard, by connection. */
  readonly heard: string[][] = [];
  /** Each sign-in with a token replaces it. */
  rotates = false;
  /** Nothing that it says arrives any more, and nobody is told. */
  mute = false;
  #ids = 0;

  constructor(offer: Partial<FakeOffer> = {}) {
    this.offer = { ...FULL, ...offer };
  }

  readonly accept = (link: Link): void => {
    const heard: string[] = [];
    this.heard.push(heard);
    const connection = new Connection(this, link);
    link.onText((text) => {
      heard.push(text);
      connection.hear(text);
    });
    link.onClose(() => connection.gone());
  };

  /** Sends a stanza to a session, now or when it is resumed. */
  say(session: FakeSession, stanza: Element): void {
    const text = serialize(stanza);
    session.queue.push(text);
    session.connection?.write(text);
  }

  /** The bodies of all messages handled, in order. */
  get bodies(): readonly string[] {
    return this.handled.flatMap(({ children, name }) =>
      name === 'message'
        ? children.map((child) => (typeof child === 'string' ? child : String(child.children[0])))
        : [],
    );
  }

  get onlySession(): FakeSession {
    const [session, ...others] = this.sessions.values();
    if (!session || others.length > 0) throw new Error(`${this.sessions.size} sessions`);
    return session;
  }

  nextId(prefix: string): string {
    return `${prefix}${++this.#ids}`;
  }

  newToken(account: string): string {
    const token = this.nextId('token');
    this.tokens.set(token, { account, count: 0 });
    return token;
  }
}

/** One connection of a client. */
class Connection {
  readonly #server: FakeServer;
  readonly #link: Link;
  #account: string | undefined;
  #session: FakeSession | undefined;
  #counting = false;

  constructor(server: FakeServer, link: Link) {
    this.#server = server;
    this.#link = link;
  }

  write(text: string): void {
    if (!this.#server.mute) this.#link.send(text);
  }

  gone(): void {
    if (this.#session?.connection === this) this.#session.connection = undefined;
  }

  /** Another connection has the session now. */
  evict(): void {
    this.#session = undefined;
    this.#link.close();
  }

  hear(text: string): void {
    const element = parseFrame(text);
    if (!element) throw new Error(`not a frame: ${text}`);
    const { ns } = element;
    if (is(element, 'open', NS.framing)) this.#open();
    else if (is(element, 'close', NS.framing)) this.#close();
    else if (ns === NS.sasl2) this.#sasl2(element);
    else if (ns === NS.sasl) this.#classic(element);
    else if (ns === NS.sm) this.#sm(element);
    else if (ns === NS.client) this.#stanza(element, text);
  }

  #send(element: Element): void {
    this.write(serializeFrame(element));
  }

  #open(): void {
    const { bind2, fast, inlineSm, mechanisms, sasl2, sm } = this.#server.offer;
    this.#send(encodeOpen({ from: 'server.example', id: this.#server.nextId('stream') }));
    if (this.#account !== undefined) {
      this.#send(el('features', NS.streams, {}, encodeBind(), sm && encodeSmFeature()));
      return;
    }
    const inline = [
      ...(fast ? [encodeFastFeature(['HT-SHA-256-NONE'])] : []),
      ...(bind2 ? [encodeBind2Feature(inlineSm ? [NS.sm] : [])] : []),
      ...(inlineSm ? [encodeSmFeature()] : []),
    ];
    const modern = sasl2 && encodeSasl2Feature({ mechanisms, inline });
    this.#send(el('features', NS.streams, {}, modern, encodeMechanisms(mechanisms)));
  }

  #close(): void {
    if (this.#session) this.#server.sessions.delete(this.#session.id);
    this.#session = undefined;
    this.#link.close();
  }

  #fail(mechanism: string, profile: SaslProfile): void {
    const offered = mechanism.startsWith('HT-') || this.#server.offer.mechanisms.includes(mechanism);
    const condition = offered ? 'not-authorized' : 'invalid-mechanism';
    this.#send(encodeSaslFailure({ condition }, profile));
  }

  #accountBy(mechanism: string, initial: Uint8Array, count: number | undefined): string | undefined {
    const server = this.#server;
    if (!mechanism.startsWith('HT-') && !server.offer.mechanisms.includes(mechanism)) return undefined;
    if (mechanism === 'ANONYMOUS') return `${server.nextId('guest')}@server.example`;
    if (mechanism === 'PLAIN') {
      const [, user, password] = (fromUtf8(initial) ?? '').split('\0');
      return password === 'secret' ? `${user}@server.example` : undefined;
    }
    for (const [text, token] of server.tokens) {
      const proof = initial.slice(initial.indexOf(0) + 1);
      if (encodeBase64(proof) !== encodeBase64(proofOf(text, 'Initiator'))) continue;
      if (count === undefined || count <= token.count) throw new Error('the count of a token was used twice');
      token.count = count;
      // An older token is good until the newer one has been used.
      for (const [other, { account }] of server.tokens) {
        if (other === text) break;
        if (account === token.account) server.tokens.delete(other);
      }
      return token.account;
    }
    return undefined;
  }

  #proofFor(account: string, initial: Uint8Array): Uint8Array | undefined {
    for (const [text, token] of this.#server.tokens) {
      const proof = encodeBase64(initial.slice(initial.indexOf(0) + 1));
      const matches = encodeBase64(proofOf(text, 'Initiator')) === proof;
      if (token.account === account && matches) return proofOf(text, 'Responder');
    }
    return undefined;
  }

  #sasl2(element: Element): void {
    const server = this.#server;
    const request = decodeAuthenticate(element);
    if (!server.offer.sasl2) {
      this.write(
        `<stream:error xmlns:stream="${NS.streams}"><unsupported-stanza-type xmlns="${NS.streamErrors}"/></stream:error>`,
      );
      this.#link.close();
      return;
    }
    if (!request || 'malformed' in request) throw new Error('malformed attempt');
    const initial = request.initial ?? new Uint8Array();
    const fast = decodeFast(request.inline);
    const count = fast && 'count' in fast ? fast.count : undefined;
    const account = this.#accountBy(request.mechanism, initial, count);
    if (account === undefined) {
      this.#fail(request.mechanism, NS.sasl2);
      return;
    }
    this.#account = account;
    const additional = fast ? this.#proofFor(account, initial) : undefined;
    const wantsToken = decodeRequestToken(request.inline) !== undefined || (fast && server.rotates);
    const inline = wantsToken
      ? [encodeFastToken({ token: server.newToken(account), expiresAt: Date.UTC(2030, 0, 1) })]
      : [];
    const resume = findSm(request.inline);
    if (resume?.kind === 'resume') {
      const session = this.#resumable(resume.previd, resume.h);
      if (session) {
        inline.push(encodeSm({ kind: 'resumed', previd: session.id, h: session.handled }));
        this.#send(encodeSasl2Success({ authorizationId: session.jid, additional, inline }));
        this.#send(el('features', NS.streams));
        this.#resumed(session);
        return;
      }
      inline.push(encodeSm({ kind: 'failed', condition: 'item-not-found', h: undefined }));
    }
    const bind = decodeBind2(request.inline);
    const enables = bind && findSm(bind.inline)?.kind === 'enable';
    const session = bind && this.#bind(enables ?? false);
    if (session) {
      const enabled = encodeSm({ kind: 'enabled', id: session.id, max: undefined });
      inline.push(encodeBound2(enables ? [enabled] : []));
    }
    this.#send(encodeSasl2Success({ authorizationId: session?.jid ?? account, additional, inline }));
    this.#send(el('features', NS.streams, {}, encodeBind(), server.offer.sm && encodeSmFeature()));
  }

  #classic(element: Element): void {
    const auth = decodeAuth(element);
    if (!auth || 'malformed' in auth) throw new Error('malformed attempt');
    const account = this.#accountBy(auth.mechanism, auth.initial ?? new Uint8Array(), undefined);
    if (account === undefined) {
      this.#fail(auth.mechanism, NS.sasl);
      return;
    }
    this.#account = account;
    this.#send(el('success', NS.sasl));
  }

  #bind(counting: boolean): FakeSession | undefined {
    const jid = parseFullJid(`${this.#account}/${this.#server.nextId('r')}`);
    if (jid === undefined) return undefined;
    const id = this.#server.nextId('sm');
    this.#session = { jid, id, handled: 0, acknowledged: 0, queue: [], connection: this };
    this.#counting = counting;
    if (counting) this.#server.sessions.set(id, this.#session);
    return this.#session;
  }

  #resumable(previd: string, h: number): FakeSession | undefined {
    const session = this.#server.sessions.get(previd);
    if (!session || accountOf(session.jid) !== this.#account) return undefined;
    this.#acknowledge(session, h);
    return session;
  }

  #resumed(session: FakeSession): void {
    session.connection?.evict();
    session.connection = this;
    this.#session = session;
    this.#counting = true;
    for (const text of session.queue) this.write(text);
  }

  #acknowledge(session: FakeSession, h: number): void {
    const steps = counterDistance(session.acknowledged, h);
    if (steps > session.queue.length) throw new Error(`acknowledged ${steps} of ${session.queue.length}`);
    session.acknowledged = h;
    session.queue.splice(0, steps);
  }

  #sm(element: Element): void {
    const said = decodeSm(element);
    const session = this.#session;
    if (said?.kind === 'resume') {
      const resumed = this.#resumable(said.previd, said.h);
      if (resumed) {
        this.#send(encodeSm({ kind: 'resumed', previd: resumed.id, h: resumed.handled }));
        this.#resumed(resumed);
      } else {
        this.#send(encodeSm({ kind: 'failed', condition: 'item-not-found', h: undefined }));
      }
    } else if (said?.kind === 'enable' && session) {
      this.#counting = true;
      this.#server.sessions.set(session.id, session);
      this.#send(encodeSm({ kind: 'enabled', id: session.id, max: undefined }));
    } else if (said?.kind === 'r' && session) {
      this.#send(encodeSm({ kind: 'a', h: session.handled }));
    } else if (said?.kind === 'a' && session) {
      this.#acknowledge(session, said.h);
    }
  }

  #stanza(element: Element, text: string): void {
    if (!this.#session) {
      if (this.#account === undefined || element.name !== 'iq') return;
      const session = this.#bind(false);
      if (!session) return;
      const { id } = element.attrs;
      this.#send(el('iq', NS.client, { type: 'result', id }, encodeBoundJid(session.jid)));
      return;
    }
    if (text.includes('<bind')) throw new Error('bound twice');
    this.#server.handled.push(element);
    if (this.#counting) this.#session.handled = counterAdd(this.#session.handled, 1);
  }
}

function proofOf(token: string, role: 'Initiator' | 'Responder'): Uint8Array {
  return hmacByLibrary(utf8(token), utf8(role));
}
