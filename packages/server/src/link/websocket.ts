import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Logger } from '../kernel/logger.js';
import type { TurnShare } from '../kernel/turn-share.js';
import type { Admission } from './admission.js';
import { mayConnect, noteForeignPage, type PeerReader } from './peer.js';
import { refuseUpgrade } from './refuse-upgrade.js';
import type { Peer, ServerLink } from './server-link.js';
import { LENIENCE, WebSocketLink } from './websocket-link.js';
import { WriteRound } from './write-round.js';

/** RFC 7395 section 3.1. */
const SUBPROTOCOL = 'xmpp';
/** Parts that one message may come in; no honest client sends more than a few. */
export const MAX_FRAGMENTS = 16;

/** What decides who may open a WebSocket, and what becomes of it. */
export interface WebSocketOptions {
  readonly peerOf: PeerReader;
  readonly admission: Admission;
  /** Origins of pages that may connect, beside the server's own; see `mayConnect`. */
  readonly origins: readonly string[] | undefined;
  /** Bytes of one frame, until the stream says otherwise. */
  readonly firstFrameBytes: number;
  /** Bytes of one frame that the stream may ever ask for. */
  readonly frameBytes: number;
  /** How many sockets are written to in one turn of the event loop. */
  readonly writesPerTurn: number;
  /** Runs something at the end of the loop's turn. */
  readonly later: (run: () => void) => void;
  /** What handshakes may take of a turn. */
  readonly churn: TurnShare;
  readonly log: Logger;
  accept(link: ServerLink): void;
}

/** Takes upgrade requests and makes links of them. It listens nowhere itself. */
export class WebSocketListener {
  readonly #options: WebSocketOptions;
  readonly #server: WebSocketServer;
  readonly #links = new Set<WebSocketLink>();
  readonly #round: WriteRound;
  #closing = false;

  constructor(options: WebSocketOptions) {
    this.#options = options;
    this.#round = new WriteRound(options.later, options.writesPerTurn);
    this.#server = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      // A context of zlib costs more memory than all else of a connection.
      perMessageDeflate: false,
      maxPayload: options.frameBytes * LENIENCE,
      maxFragments: MAX_FRAGMENTS,
      handleProtocols: (offered) => (offered.has(SUBPROTOCOL) ? SUBPROTOCOL : false),
    });
  }

  /** Links that are open. */
  get size(): number {
    return this.#links.size;
  }

  /** Hears an upgrade request of an HTTP server. Whatever comes of it, the request itself is not kept. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // Until `ws` takes over nobody else listens, and an unheard error would end the process.
    const onError = () => socket.destroy();
    socket.on('error', onError);
    if (socket.destroyed) return;
    const refusal = this.#refusal(request);
    if (refusal) {
      refuseUpgrade(socket, refusal);
      return;
    }
    const peer = this.#options.peerOf(request, 'websocket');
    const release = this.#options.admission.admit(peer.address);
    if (!release) {
      this.#options.log.info({ address: peer.address }, 'too many connections from one address');
      refuseUpgrade(socket, '429 Too Many Requests');
      return;
    }
    // However it ends, a socket says `close` once: a handshake that fails, a peer that vanishes, an orderly end.
    socket.on('close', release);
    this.#options.churn.run(() =>
      this.#server.handleUpgrade(request, socket, head, (ws) => {
        socket.off('error', onError);
        this.#open(ws, socket, peer);
      }),
    );
  }

  /** Takes no more links, and fulfils when the last of those that are here has ended. */
  async drain(): Promise<void> {
    this.#closing = true;
    await Promise.all(
      [...this.#links].map((link) => new Promise<void>((ended) => void link.onClose(() => ended()))),
    );
  }

  /** Drops every link, and takes no more. */
  close(): void {
    this.#closing = true;
    for (const link of this.#links) link.terminate();
    this.#server.close();
  }

  #refusal(request: IncomingMessage): string | undefined {
    if (this.#closing) return '503 Service Unavailable';
    if (!mayConnect(request, this.#options.origins)) {
      noteForeignPage(this.#options.log, request);
      return '403 Forbidden';
    }
    const offered = request.headers['sec-websocket-protocol'] ?? '';
    const speaks = offered.split(',').some((name) => name.trim() === SUBPROTOCOL);
    return speaks ? undefined : '400 Bad Request';
  }

  #open(ws: WebSocket, socket: Duplex, peer: Peer): void {
    const link = new WebSocketLink(ws, socket, peer, this.#round, this.#options.firstFrameBytes);
    this.#links.add(link);
    link.onClose(() => this.#links.delete(link));
    this.#options.accept(link);
  }
}
