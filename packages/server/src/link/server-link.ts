import type { Element, LinkEnd, Millis, Off } from '@meerkat-chat/xmpp';
import type { SharedStanza } from '../kernel/shared-stanza.js';
import type { Cookies } from './cookies.js';

/** What is known of who is at the other end, before anybody signs in. */
export interface Peer {
  readonly transport: 'bosh' | 'memory' | 'tcp' | 'websocket';
  /** The address limits count by: the client's own, also behind a trusted proxy. */
  readonly address: string;
  /** True when nobody between can read along: TLS, loopback, or a trusted proxy that says so. PLAIN needs it. */
  readonly secure: boolean;
  /** The page's origin, where a browser said it. */
  readonly origin: string | undefined;
  /** The cookies that came along, where the page is one that may use them; see `createPeerReader`. */
  readonly cookies?: Cookies;
}

/**
 * The server's end of a transport. Whatever the transport, a stream hears and says the frames of RFC 7395:
 * `<open/>`, `<close/>`, and one complete element each; BOSH and TCP translate.
 */
export interface ServerLink {
  readonly peer: Peer;
  /** Hears each frame: text, or an element where the transport had to parse it already (BOSH). */
  onFrame(listener: (frame: string | Element) => void): Off;
  /**
   * When the peer was last known to be there, where the transport watches over that itself, as BOSH does by its
   * requests. Else it counts when a frame was heard, and a silent peer is asked.
   */
  readonly heardAt?: Millis;
  /** Hears the end, once; at once when the link has ended already. */
  onClose(listener: (end: LinkEnd) => void): Off;
  /** Sends one frame. After the end it does nothing. */
  send(text: string): void;
  /** Sends a stanza that many get, addressed to this one: the hot path, no work beyond joining bytes. */
  write(stanza: SharedStanza, to: Buffer): void;
  /** Ends the link in order, after what was sent before. */
  close(reason?: string): void;
  /** Bytes accepted by `send` and `write` that the peer's socket has not taken yet. */
  readonly queuedBytes: number;
  /** Hears when `queuedBytes` has fallen to zero; it may not hear it where these were never more than 16 KiB. */
  onDrain(listener: () => void): Off;
  /**
   * Asks not to read from the peer for now (`true`), or to go on; frames already read may still come. Where a
   * transport cannot, a stream that gets too far ahead is ended.
   */
  hold?(held: boolean): void;
  /**
   * Tells how large one incoming frame may be from now on, in bytes: it grows when somebody has signed in. A link
   * bounds what it reads, but hands on what is a little too large: to refuse that is the stream's.
   */
  limitFrames(bytes: number): void;
}
