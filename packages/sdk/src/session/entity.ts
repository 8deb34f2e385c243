import { type Element, encodeClose, encodeOpen, type LinkEnd, NS, serializeFrame } from '@meerkat-chat/xmpp';
import { Client } from '@xmpp/client-core';
import { EventEmitter } from '@xmpp/events';
import type { Element as LtxElement } from '@xmpp/xml';
import type { ClientLink } from '../link/client-link.js';
import { fromLtx, parseLtx } from './element-bridge.js';

/** What `Client` calls a socket: events `data` and `close`. */
class LinkSocket extends EventEmitter {
  readonly secure: boolean;
  readonly #link: ClientLink;

  constructor(link: ClientLink) {
    super();
    this.#link = link;
    this.secure = link.secure;
  }

  /** Begins to listen; whatever the link has kept comes at once. */
  start(): void {
    this.#link.onText((text) => this.emit('data', text));
    this.#link.onClose((end) => this.emit('close', !end.clean, end));
  }

  write(text: string, done?: (error?: Error) => void): void {
    this.#link.send(text);
    done?.();
  }

  end(): void {
    this.#link.close();
  }
}

/** What `Client` calls a parser: events `start`, `element`, `end` and `error`, here one for each frame. */
class FrameParser extends EventEmitter {
  write(text: string): void {
    const element = parseLtx(text);
    if (!element) this.emit('error', new Error('malformed frame'));
    else if (element.is('open', NS.framing)) this.emit('start', element);
    else if (element.is('close', NS.framing)) this.emit('end', element);
    else this.emit('element', element);
  }
}

/**
 * The methods of `Connection` that its published types leave out. Versions of the family are exact because of these;
 * entity.test.ts is their contract.
 */
interface Internals {
  _attachSocket(socket: LinkSocket): void;
  _detachSocket(): void;
  _attachParser(parser: FrameParser): void;
  _detachParser(): void;
  _status(status: string, ...args: readonly unknown[]): void;
  _streamError(condition: string): Promise<void>;
  _onElement(element: LtxElement): void;
}
const Base = Client as unknown as new (options: { readonly domain: string }) => Client & Internals;

export interface EntityHost {
  /** Hears every element but `<open/>` and `<close/>`. */
  element(element: Element): void;
  /** Hears the end, once: the link's, the stream's `<close/>`, or a frame that cannot be read. */
  ended(end: LinkEnd): void;
}

/**
 * The connection of xmpp.js (`Client` of @xmpp/client-core) over one link, for as long as that link lives. It is told
 * to open, and writes and hears elements of ours; negotiation and everything after is beside it.
 */
export class Entity extends Base {
  readonly #link: ClientLink;
  readonly #domain: string;
  readonly #host: EntityHost;
  #ended = false;

  constructor(link: ClientLink, domain: string, host: EntityHost) {
    super({ domain });
    this.#link = link;
    this.#domain = domain;
    this.#host = host;
    // Errors are told by `ended`; an emitter without a listener would throw them.
    this.on('error', () => {});
    this.on('disconnect', ({ event, reason }: { event?: unknown; reason?: LinkEnd }) =>
      this.#finish(reason ?? { clean: false, reason: String(event) }),
    );
    this.on('close', () => this.#finish({ clean: true, reason: 'the server closed the stream' }));
  }

  /** Opens the stream, or opens it anew after classic SASL (RFC 7395 section 3.7): writes at once, waits for nothing. */
  openStream(from?: string): void {
    this._detachParser();
    this._attachParser(new FrameParser());
    if (!this.socket) {
      const socket = new LinkSocket(this.#link);
      this._attachSocket(socket);
      this._status('connect');
      socket.start();
    }
    this._status('opening');
    // Who we are is nobody's business on a link that can be read (RFC 6120 section 4.7.1).
    const named = from !== undefined && this.#link.secure ? { from } : {};
    this.write(serializeFrame(encodeOpen({ to: this.#domain, ...named, lang: 'en' })));
  }

  /** Goes on with a link that is signed in and bound already. */
  adopt(): void {
    this._attachParser(new FrameParser());
    const socket = new LinkSocket(this.#link);
    this._attachSocket(socket);
    this._status('online');
    socket.start();
  }

  override async write(text: string): Promise<void> {
    if (!this.#ended) this.#link.send(text);
  }

  /** Ends the stream in order (RFC 7395 section 3.6): the server then ends the session, and nothing can be resumed. */
  override async disconnect(): Promise<void> {
    this.write(serializeFrame(encodeClose()));
    this.detach();
  }

  /** Lets go of the link without a word of farewell; nothing is heard any more. */
  detach(): void {
    this.#silence();
    this.#link.close();
  }

  /** Stops listening, and leaves the link as it is. */
  release(): ClientLink {
    this.#silence();
    return this.#link;
  }

  // Called by the base when the parser fails: its own would wait for a farewell that may never come.
  override async _streamError(): Promise<void> {
    const end = { clean: false, reason: 'malformed frame' };
    this.#link.close();
    this.#finish(end);
  }

  override _onElement(node: LtxElement): void {
    const element = fromLtx(node);
    if (!element) return void this._streamError();
    this.emit('element', node);
    this.#host.element(element);
  }

  #silence(): void {
    this.#ended = true;
    this._detachSocket();
    this._detachParser();
  }

  #finish(end: LinkEnd): void {
    if (this.#ended) return;
    this.#silence();
    this.#host.ended(end);
  }
}
