import type { Duplex } from 'node:stream';
import type { Link, LinkEnd, Off } from '@meerkat-chat/xmpp';
import { encodeFrame, FrameDecoder, MAX_FRAME } from './frames.js';

/** Bytes that may wait for a peer that does not read. */
const MAX_WAITING = 4 * MAX_FRAME;

/** A link of frames over a connection. Whoever sends too much, or reads nothing, is cut off. */
export class SocketLink implements Link {
  readonly #socket: Duplex;
  readonly #listeners = new Set<(text: string) => void>();
  readonly #endListeners = new Set<(end: LinkEnd) => void>();
  #kept: string[] = [];
  #end: LinkEnd | undefined;
  #closing = false;

  constructor(socket: Duplex) {
    this.#socket = socket;
    const decoder = new FrameDecoder((text) => this.#hear(text));
    socket.on('data', (chunk: Buffer) => {
      try {
        if (!this.#end) decoder.push(chunk);
      } catch (error) {
        this.#broke(error);
      }
    });
    socket.on('error', (error) => this.#finish({ clean: false, reason: error.message }));
    socket.on('end', () => this.#finish({ clean: true }));
    socket.on('close', () => this.#finish({ clean: true }));
  }

  send(text: string): void {
    if (this.#end || this.#closing) return;
    try {
      this.#socket.write(encodeFrame(text));
    } catch (error) {
      this.#broke(error);
    }
    if (this.#socket.writableLength > MAX_WAITING)
      this.#finish({ clean: false, reason: 'the other end does not read' });
  }

  close(): void {
    if (this.#end || this.#closing) return;
    this.#closing = true;
    this.#socket.end(() => this.#socket.destroy());
  }

  onText(listener: (text: string) => void): Off {
    this.#listeners.add(listener);
    for (const text of this.#kept.splice(0)) listener(text);
    return () => void this.#listeners.delete(listener);
  }

  onClose(listener: (end: LinkEnd) => void): Off {
    if (this.#end) {
      listener(this.#end);
      return () => {};
    }
    this.#endListeners.add(listener);
    return () => void this.#endListeners.delete(listener);
  }

  #hear(text: string): void {
    if (this.#end || this.#closing) return;
    if (this.#listeners.size === 0) this.#kept.push(text);
    for (const listener of [...this.#listeners]) listener(text);
  }

  #broke(error: unknown): void {
    this.#finish({ clean: false, reason: error instanceof Error ? error.message : String(error) });
  }

  #finish(end: LinkEnd): void {
    if (this.#end) return;
    this.#end = end;
    this.#kept = [];
    this.#socket.destroy();
    for (const listener of [...this.#endListeners]) listener(end);
  }
}
