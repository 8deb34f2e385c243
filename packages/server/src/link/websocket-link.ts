import type { Duplex } from 'node:stream';
import type { LinkEnd, Off } from '@meerkat-chat/xmpp';
import type { RawData, WebSocket } from 'ws';
import type { SharedStanza } from '../kernel/shared-stanza.js';
import type { Peer, ServerLink } from './server-link.js';
import { frameOfShared, frameOfText } from './websocket-frame.js';
import type { Gatherer, WriteRound } from './write-round.js';

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

/** So many gathered bytes do not wait for the end of the turn. */
const ENOUGH_BYTES = 65_536;
/** What is less than this, and has nothing before it, nobody waits for: see `onDrain`. */
const LITTLE_BYTES = 16_384;

/**
 * One WebSocket as a link (RFC 7395): one message, one frame of the stream. It reads by `ws`. What it says it frames
 * itself, gathers while the turn of the event loop lasts, and writes to the socket as one piece. `ws` only writes control
 * frames, which may stand between any two others; its closing frame comes last, and nothing is written behind it.
 */
export class WebSocketLink implements ServerLink, Gatherer {
  readonly peer: Peer;
  readonly #ws: WebSocket;
  readonly #socket: Duplex;
  readonly #frameListeners = new Set<(frame: string) => void>();
  readonly #closeListeners = new Set<(end: LinkEnd) => void>();
  readonly #drainListeners = new Set<() => void>();
  readonly #round: WriteRound;
  #limit: number;
  #end: LinkEnd | undefined;
  /** Why `ws` gave up, where it said so. */
  #fault: string | undefined;
  /** Frames that were not given to the socket yet. */
  #gathered: Buffer[] | undefined;
  #gatheredBytes = 0;
  /** True while the round has this link. */
  #inRound = false;
  /** Set when we have said goodbye. */
  #closed = false;
  /** Somebody may wait for the queue to be empty. */
  #owesDrain = false;

  /**
   * @param socket what `ws` writes to as well
   * @param round when what was gathered is written
   * @param limit bytes of one incoming frame, until `limitFrames` says otherwise
   */
  constructor(ws: WebSocket, socket: Duplex, peer: Peer, round: WriteRound, limit: number) {
    this.#ws = ws;
    this.#socket = socket;
    this.peer = peer;
    this.#round = round;
    this.#limit = limit;
    ws.on('message', (data: RawData, isBinary: boolean) => this.#hear(data, isBinary));
    ws.on('error', (error) => {
      this.#fault = error.message;
    });
    ws.on('close', (code, reason) => this.#finish(code, reason.toString()));
  }

  get queuedBytes(): number {
    return this.#gatheredBytes + this.#socket.writableLength;
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
    if (!this.#closed) this.#gather(frameOfText(text));
  }

  write(stanza: SharedStanza, to: Buffer): void {
    if (!this.#closed) this.#gather(frameOfShared(stanza, to));
  }

  flush(): void {
    this.#inRound = false;
    this.#write();
  }

  close(reason = ''): void {
    this.#close(CODE.normal, reason);
  }

  /** Drops the connection without a word: for a server that ends, or a peer that is gone. */
  terminate(): void {
    this.#closed = true;
    this.#drop();
    this.#ws.terminate();
  }

  get #open(): boolean {
    return this.#ws.readyState === this.#ws.OPEN;
  }

  #close(code: number, reason: string): void {
    if (this.#closed || !this.#open) return;
    this.#write();
    this.#closed = true;
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

  #gather(frame: Buffer): void {
    this.#gatheredBytes += frame.length;
    if (this.#gathered) this.#gathered.push(frame);
    else this.#gathered = [frame];
    if (this.#gatheredBytes > ENOUGH_BYTES) {
      this.#write();
    } else if (!this.#inRound) {
      this.#inRound = true;
      this.#round.add(this);
    }
  }

  /** Gives the socket what was gathered. */
  #write(): void {
    const frames = this.#gathered;
    const bytes = this.#gatheredBytes;
    this.#drop();
    const [first] = frames ?? [];
    // Behind a goodbye, also one that `ws` has answered itself, there are no more frames (RFC 6455 section 5.5.1).
    if (!frames || !first || !this.#open) return;
    const piece = frames.length === 1 ? first : Buffer.concat(frames, bytes);
    this.#owesDrain ||= bytes >= LITTLE_BYTES || this.#socket.writableLength > 0;
    if (this.#owesDrain) this.#socket.write(piece, () => this.#drained());
    else this.#socket.write(piece);
  }

  #drop(): void {
    this.#gathered = undefined;
    this.#gatheredBytes = 0;
  }

  #drained(): void {
    if (!this.#owesDrain || this.#end || this.queuedBytes > 0) return;
    this.#owesDrain = false;
    for (const listener of this.#drainListeners) listener();
  }

  #finish(code: number, said: string): void {
    const reason = [String(code), said || this.#fault].filter(Boolean).join(' ');
    this.#closed = true;
    this.#drop();
    this.#end = { clean: IN_ORDER.includes(code), reason };
    for (const listener of this.#closeListeners) listener(this.#end);
    this.#frameListeners.clear();
    this.#closeListeners.clear();
    this.#drainListeners.clear();
  }
}
