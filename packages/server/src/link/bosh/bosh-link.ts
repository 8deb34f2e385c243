import type { Element, LinkEnd, Millis, Off } from '@meerkat-chat/xmpp';
import type { SharedStanza } from '../../kernel/shared-stanza.js';
import type { Peer, ServerLink } from '../server-link.js';

/** The session behind a link. */
export interface BoshCarrier {
  readonly queuedBytes: number;
  readonly heardAt: Millis;
  hold(held: boolean): void;
  say(frame: string): void;
  carry(stanza: SharedStanza, to: Buffer): void;
  close(reason: string | undefined): void;
}

/** What a stream sees of a BOSH session: frames of RFC 7395. */
export class BoshLink implements ServerLink {
  readonly peer: Peer;
  readonly #carrier: BoshCarrier;
  readonly #frames = new Set<(frame: Element) => void>();
  readonly #closes = new Set<(end: LinkEnd) => void>();
  readonly #drains = new Set<() => void>();
  #end: LinkEnd | undefined;
  #frameBytes: number;

  constructor(peer: Peer, carrier: BoshCarrier, frameBytes: number) {
    this.peer = peer;
    this.#carrier = carrier;
    this.#frameBytes = frameBytes;
  }

  get queuedBytes(): number {
    return this.#carrier.queuedBytes;
  }

  get heardAt(): Millis {
    return this.#carrier.heardAt;
  }

  /** How large a frame may be now. */
  get frameBytes(): number {
    return this.#frameBytes;
  }

  onFrame(listener: (frame: Element) => void): Off {
    this.#frames.add(listener);
    return () => void this.#frames.delete(listener);
  }

  onClose(listener: (end: LinkEnd) => void): Off {
    if (this.#end) {
      listener(this.#end);
      return () => {};
    }
    this.#closes.add(listener);
    return () => void this.#closes.delete(listener);
  }

  onDrain(listener: () => void): Off {
    this.#drains.add(listener);
    return () => void this.#drains.delete(listener);
  }

  hold(held: boolean): void {
    this.#carrier.hold(held);
  }

  limitFrames(bytes: number): void {
    this.#frameBytes = bytes;
  }

  send(text: string): void {
    this.#carrier.say(text);
  }

  write(stanza: SharedStanza, to: Buffer): void {
    this.#carrier.carry(stanza, to);
  }

  close(reason?: string): void {
    this.#carrier.close(reason);
  }

  /** Tells the stream what the client said. */
  hear(frame: Element): void {
    if (this.#end) return;
    for (const listener of [...this.#frames]) listener(frame);
  }

  drained(): void {
    for (const listener of [...this.#drains]) listener();
  }

  finish(end: LinkEnd): void {
    if (this.#end) return;
    this.#end = end;
    for (const listener of [...this.#closes]) listener(end);
    this.#frames.clear();
    this.#closes.clear();
    this.#drains.clear();
  }
}
