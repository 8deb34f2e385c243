import type { Duplex } from 'node:stream';
import type { LinkEnd, Off } from '@meerkat-chat/xmpp';
import type { RawData, WebSocket } from 'ws';
import type { SharedStanza } from '../kernel/shared-stanza.js';
import type { Peer, ServerLink } from './server-link.js';
import { textFrame } from './websocket-frame.js';

/** Codes of RFC 6455 section 7.4.1. */
const CODE = { normal: 1000, away: 1001, unsupported: 1003, none: 1005, tooBig: 1009 } as const;
const IN_ORDER: readonly number[] = [CODE.normal, CODE.away, CODE.none];
/**
 * A frame past the limit, but not past this many times of it, is handed on all the same: then the stream can say in
 * its own words why it ends (`policy-violation`, XEP-0478) before it does.
 */
export const LENIENCE = 2;
/** A reason travels in a control frame: 125 bytes, two of them the code. */
const REASON_BYTES = 123;

/** One WebSocket as a link (RFC 7395): one message, one frame of the stream. */
export class WebSocketLink implements ServerLink {
  readonly peer: Peer;
  readonly #ws: WebSocket;
  readonly #socket: Duplex;
  readonly #frameListeners = new Set<(frame: string) => void>();
  readonly #closeListeners = new Set<(end: LinkEnd) => void>();
  readonly #drainListeners = new Set<() => void>();
  #limit: number;
  #end: LinkEnd | undefined;
  /** Why `ws` gave up, where it said so. */
  #fault: string | undefined;
  #corked = false;
  #waiting = false;

  /**
   * @param socket what `ws` writes to, so that shared stanzas can be written beside it
   * @param limit bytes of one incoming frame, until `limitFrames` says otherwise
   */
  constructor(ws: WebSocket, socket: Duplex, peer: Peer, limit: number) {
    this.#ws = ws;
    this.#socket = socket;
    this.peer = peer;
    this.#limit = limit;
    ws.on('message', (data: RawData, isBinary: boolean) => this.#hear(data, isBinary));
    ws.on('error', (error) => {
      this.#fault = error.message;
    });
    ws.once('close', (code, reason) => this.#finish(code, reason.toString()));
  }

  get queuedBytes(): number {
    return this.#ws.bufferedAmount;
  }

  onFrame(listener: (frame: string) => void): Off {
    this.#frameListeners.add(listener);
    return () => void this.#frameListeners.delete(listener);
  }

  onClose(listener: (end: LinkEnd) => void): Off {
    if (this.#end) {
      listener(this.#end);
      return () => {};
    }
    this.#closeListeners.add(listener);
    return () => void this.#closeListeners.delete(listener);
  }

  onDrain(listener: () => void): Off {
    this.#drainListeners.add(listener);
    return () => void this.#drainListeners.delete(listener);
  }

  hold(held: boolean): void {
    if (held) this.#ws.pause();
    else this.#ws.resume();
  }

  limitFrames(bytes: number): void {
    this.#limit = bytes;
  }

  send(text: string): void {
    if (!this.#open) return;
    this.#gather();
    this.#ws.send(text, this.#written);
  }

  write(stanza: SharedStanza, to: Buffer): void {
    if (!this.#open) return;
    this.#gather();
    // Without compression `ws` itself writes at once, so frames of both kinds leave in the order of the calls.
    this.#socket.write(textFrame(stanza, to), this.#written);
  }

  close(reason = ''): void {
    this.#close(CODE.normal, reason);
  }

  /** Drops the connection without a word: for a server that ends, or a peer that is gone. */
  terminate(): void {
    this.#ws.terminate();
  }

  get #open(): boolean {
    return this.#ws.readyState === this.#ws.OPEN;
  }

  #close(code: number, reason: string): void {
    if (!this.#open) return;
    // The peer's own goodbye has to be read, or the connection stays until its time is out.
    this.#ws.resume();
    const bytes = Buffer.from(reason);
    this.#ws.close(code, bytes.length <= REASON_BYTES ? reason : '');
  }

  #hear(data: RawData, isBinary: boolean): void {
    // What comes after we have said goodbye is not for anybody.
    if (!this.#open) return;
    // `ws` gives one Buffer as long as `binaryType` is left alone.
    if (isBinary || !Buffer.isBuffer(data)) {
      this.#close(CODE.unsupported, 'only text is spoken here');
    } else if (data.length > this.#limit * LENIENCE) {
      this.#close(CODE.tooBig, 'the frame is too large');
    } else {
      const text = data.toString();
      for (const listener of this.#frameListeners) listener(text);
    }
  }

  /** Holds back what is written until the end of this turn, so that it leaves as one. */
  #gather(): void {
    this.#waiting = true;
    if (this.#corked) return;
    this.#corked = true;
    this.#socket.cork();
    queueMicrotask(this.#release);
  }

  readonly #release = (): void => {
    this.#corked = false;
    this.#socket.uncork();
  };

  readonly #written = (): void => {
    if (!this.#waiting || this.#end || this.queuedBytes > 0) return;
    this.#waiting = false;
    for (const listener of this.#drainListeners) listener();
  };

  #finish(code: number, said: string): void {
    const reason = [String(code), said || this.#fault].filter(Boolean).join(' ');
    this.#end = { clean: IN_ORDER.includes(code), reason };
    for (const listener of this.#closeListeners) listener(this.#end);
    this.#frameListeners.clear();
    this.#closeListeners.clear();
    this.#drainListeners.clear();
  }
}
