import { escapeAttr, NS } from '@meerkat-chat/xmpp';
import { AwaitedFrame } from './awaited-frame.js';
import type { Connect } from './connect.js';
import { attribute, begins, isError, isOwnPresence, kindOf, type NumberFinder } from './frame.js';
import { type Dialogue, type GuestToken, resume, type SignInContext, signIn } from './sign-in.js';
import { StreamCounts } from './stream-counts.js';
import type { Wire } from './wire.js';

const SUBJECT = Buffer.from('<subject');

/** What a user tells while it lives. */
export interface UserListener {
  /** A message of this run came, live or from a room's history. */
  numbered(number: number): void;
  presence(): void;
  /** The connection was lost, and not because the user dropped it. */
  lost(why: string): void;
  /** The user has a connection now, or none any more. */
  connected(by: 1 | -1): void;
}

/** What a room is joined with. */
export interface Joining {
  /** How many messages of history are asked for. Default 0. */
  readonly history?: number;
  /** Waits for the subject too, which ends a join (XEP-0045 section 7.2.15). Default false. */
  readonly subject?: boolean;
  /** Hears when the own presence has come back. */
  readonly entered?: () => void;
}

/**
 * One simulated user on any XMPP server. Frames are searched, not parsed, so that thousands of users fit in one
 * process; stream management (XEP-0198) is answered as a client must, and lost sessions can be resumed.
 */
export class User {
  readonly index: number;
  readonly #connect: Connect;
  readonly #context: SignInContext;
  readonly #finder: NumberFinder;
  readonly #listener: UserListener;
  readonly #counts = new StreamCounts();
  readonly #awaited: AwaitedFrame;
  #wire: Wire | undefined;
  #jid = '';
  #resumption: string | undefined;
  #token: GuestToken | undefined;
  #nextId = 0;
  #sessions = 0;

  constructor(connect: Connect, context: SignInContext, finder: NumberFinder, listener: UserListener) {
    this.index = context.index;
    this.#connect = connect;
    this.#context = context;
    this.#awaited = new AwaitedFrame(context.env.clock);
    this.#finder = finder;
    this.#listener = listener;
  }

  /** The full JID; empty before sign-in. */
  get jid(): string {
    return this.#jid;
  }

  /**
   * What the user calls itself in rooms. It changes with every session: a server may keep the one before for a while,
   * with its nick.
   */
  get nick(): string {
    return this.#sessions <= 1 ? `user-${this.index}` : `user-${this.index}-${this.#sessions}`;
  }

  get connected(): boolean {
    return this.#wire !== undefined;
  }

  /** Connects, signs in and binds. @throws Error when any step is refused or takes over two minutes */
  async signIn(): Promise<void> {
    this.#counts.reset();
    const dialogue = await this.#dial();
    try {
      const signedIn = await signIn(dialogue, this.#context);
      this.#jid = signedIn.jid;
      this.#sessions++;
      this.#resumption = signedIn.resumption;
      this.#token = signedIn.token;
    } catch (error) {
      this.drop();
      throw error;
    }
  }

  /**
   * Connects again and resumes the session that was dropped or lost; what was not acknowledged is sent again.
   * @returns false when the server refused; the user is then not connected
   * @throws Error when signing in fails
   */
  async resume(): Promise<boolean> {
    const id = this.#resumption;
    if (id === undefined) return false;
    const dialogue = await this.#dial();
    try {
      const session = { id, handled: this.#counts.handled, token: this.#token };
      const resumed = await resume(dialogue, this.#context, session);
      if (resumed.kind === 'refused') {
        this.drop();
        return false;
      }
      this.#token = resumed.token;
      this.#counts.acknowledge(resumed.handled);
      for (const stanza of this.#counts.unacknowledged) this.#wire?.send(stanza);
      return true;
    } catch (error) {
      this.drop();
      throw error;
    }
  }

  /** Joins a room; fulfils when its own presence has come back. @throws Error when it is refused */
  async join(room: string, joining: Joining = {}): Promise<void> {
    let entered = false;
    const done = this.#wait((frame) => {
      const kind = kindOf(frame);
      if (entered) return kind === 'message' && frame.indexOf(SUBJECT) !== -1;
      if (kind !== 'presence') return false;
      if (isError(frame)) throw new Error(`joining was refused: ${frame}`);
      entered = isOwnPresence(frame) === 'here';
      if (entered) joining.entered?.();
      return entered && joining.subject !== true;
    });
    this.send(
      `<presence xmlns="${NS.client}" to="${escapeAttr(`${room}/${this.nick}`)}">` +
        `<x xmlns="${NS.muc}"><history maxstanzas="${joining.history ?? 0}"/></x></presence>`,
    );
    await done;
  }

  /** Leaves a room; fulfils when its own unavailable presence has come back. */
  async leave(room: string): Promise<void> {
    const back = this.#wait((frame) => kindOf(frame) === 'presence' && isOwnPresence(frame) === 'gone');
    this.send(
      `<presence xmlns="${NS.client}" to="${escapeAttr(`${room}/${this.nick}`)}" type="unavailable"/>`,
    );
    await back;
  }

  /** Asks something. @param payload the child of the `<iq/>` @returns the answer, which may be an error */
  async request(to: string, type: 'get' | 'set', payload: string): Promise<string> {
    const id = `q${this.#nextId++}`;
    const needle = [Buffer.from(`id="${id}"`), Buffer.from(`id='${id}'`)];
    const answer = this.#wait(
      (frame) => kindOf(frame) === 'iq' && needle.some((bytes) => frame.indexOf(bytes) !== -1),
    );
    this.send(`<iq xmlns="${NS.client}" to="${escapeAttr(to)}" type="${type}" id="${id}">${payload}</iq>`);
    return answer;
  }

  /** Sends a stanza; with stream management it is kept until the server has acknowledged it. */
  send(stanza: string): void {
    const ask = this.#counts.sent(stanza);
    this.#wire?.send(stanza);
    if (ask) this.#wire?.send(`<r xmlns="${NS.sm}"/>`);
  }

  /** Reads no more until `unpause`. */
  pause(): void {
    this.#wire?.pause();
  }

  unpause(): void {
    this.#wire?.unpause();
  }

  /** Is gone without a word; the session can be resumed. */
  drop(): void {
    this.#unwire()?.drop();
    this.#awaited.refuse(new Error('the connection was dropped'));
  }

  /** Ends the stream in order. */
  close(): void {
    this.#unwire()?.close();
    this.#awaited.refuse(new Error('the stream was ended'));
  }

  async #dial(): Promise<Dialogue> {
    if (this.#wire) throw new Error('the user is connected already');
    let ended: string | undefined;
    let wire: Wire | undefined;
    wire = await this.#connect(this.index, {
      frame: (bytes) => this.#hear(bytes),
      ended: (why) => {
        ended = why;
        if (wire !== undefined && this.#wire === wire) this.#lost(why);
      },
    });
    if (ended !== undefined) throw new Error(ended);
    this.#wire = wire;
    this.#listener.connected(1);
    const dialled = wire;
    return {
      open: () => dialled.open(this.#context.target.domain),
      send: (element) => dialled.send(element),
      hear: (...names) => this.#wait((frame) => names.some((name) => begins(frame, name))),
      counted: () => this.#counts.begin(),
    };
  }

  #hear(frame: Buffer): void {
    const kind = kindOf(frame);
    switch (kind) {
      case 'message': {
        this.#counts.received();
        const number = this.#finder.find(frame);
        if (number !== -1) {
          if (!isError(frame)) this.#listener.numbered(number);
          return;
        }
        break;
      }
      case 'presence':
        this.#counts.received();
        this.#listener.presence();
        break;
      case 'iq':
        this.#counts.received();
        this.#answerPing(frame);
        break;
      case 'r':
        this.#wire?.send(`<a xmlns="${NS.sm}" h="${this.#counts.handled}"/>`);
        return;
      case 'a':
        this.#counts.acknowledge(Number(attribute(frame.toString(), 'h')));
        return;
      case 'other':
        if (begins(frame, 'stream:error')) this.#awaited.refuse(new Error(frame.toString()));
        break;
    }
    this.#awaited.hear(frame);
  }

  /** Servers look whether somebody is there (XEP-0199), and hang up on who does not answer. */
  #answerPing(frame: Buffer): void {
    if (frame.indexOf(NS.ping) === -1) return;
    const text = frame.toString();
    const from = attribute(text, 'from');
    const to = from === undefined ? '' : ` to="${escapeAttr(from)}"`;
    if (attribute(text, 'type') !== 'get') return;
    this.send(
      `<iq xmlns="${NS.client}"${to} type="result" id="${escapeAttr(attribute(text, 'id') ?? '')}"/>`,
    );
  }

  async #wait(test: (frame: Buffer) => boolean): Promise<string> {
    if (!this.#wire) throw new Error('the user is not connected');
    return this.#awaited.wait(test);
  }

  #lost(why: string): void {
    this.#unwire();
    this.#awaited.refuse(new Error(why));
    this.#listener.lost(why);
  }

  #unwire(): Wire | undefined {
    const wire = this.#wire;
    this.#wire = undefined;
    if (wire) this.#listener.connected(-1);
    return wire;
  }
}
