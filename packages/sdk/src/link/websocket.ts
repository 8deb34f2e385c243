import type { LinkEnd, Millis, Off } from '@meerkat-chat/xmpp';
import type { Platform, SocketEvent, SocketLike } from '../platform.js';
import { type ClientLink, isSecureUrl } from './client-link.js';
import { LinkListeners } from './link-listeners.js';

/** The subprotocol of RFC 7395. */
export const SUBPROTOCOL = 'xmpp';

class WebSocketLink implements ClientLink {
  readonly kind = 'websocket';
  readonly secure: boolean;
  readonly #socket: SocketLike;
  readonly #listeners = new LinkListeners();

  constructor(socket: SocketLike, secure: boolean) {
    this.#socket = socket;
    this.secure = secure;
    socket.addEventListener('message', ({ data }) => {
      if (typeof data === 'string') this.#listeners.hear(data);
      else this.#finish({ clean: false, reason: 'binary frame' });
    });
    socket.addEventListener('close', ({ code = 1006, reason = '' }: SocketEvent) =>
      this.#finish({ clean: code === 1000, reason: reason || `code ${code}` }),
    );
  }

  send(text: string): void {
    if (this.#listeners.ended) return;
    try {
      this.#socket.send(text);
    } catch (error) {
      this.#finish({ clean: false, reason: String(error) });
    }
  }

  close(): void {
    if (this.#listeners.ended) return;
    this.#socket.close(1000);
    // A dead network never completes the closing handshake: nobody should wait for it.
    this.#listeners.finish({ clean: true });
  }

  suspend(): undefined {
    this.close();
  }

  onText(listener: (text: string) => void): Off {
    return this.#listeners.onText(listener);
  }

  onClose(listener: (end: LinkEnd) => void): Off {
    return this.#listeners.onClose(listener);
  }

  #finish(end: LinkEnd): void {
    if (this.#listeners.ended) return;
    this.#socket.close();
    this.#listeners.finish(end);
  }
}

/**
 * Opens a WebSocket (RFC 7395).
 * @param stall how long it may take to open; a proxy that swallows the upgrade would keep it for minutes
 * @param signal gives up: the promise rejects
 * @throws where it cannot be had, or not with the subprotocol
 */
export function openWebSocket(
  platform: Pick<Platform, 'env' | 'openSocket'>,
  url: string,
  stall: Millis,
  signal: AbortSignal,
): Promise<ClientLink> {
  return new Promise((resolve, reject) => {
    let socket: SocketLike;
    let settled = false;
    const secure = isSecureUrl(url);
    const settle = (failure?: string): void => {
      if (settled) return;
      settled = true;
      stopTimer();
      signal.removeEventListener('abort', abort);
      if (!failure) {
        resolve(new WebSocketLink(socket, secure));
        return;
      }
      socket.close();
      reject(new Error(failure));
    };
    const abort = (): void => settle('given up');
    try {
      socket = platform.openSocket(url, SUBPROTOCOL);
    } catch (error) {
      return reject(new Error(String(error)));
    }
    const stopTimer = platform.env.clock.after(stall, () => settle('no answer'));
    socket.addEventListener('open', () =>
      settle(socket.protocol === SUBPROTOCOL ? undefined : 'no subprotocol'),
    );
    socket.addEventListener('close', () => settle('closed at once'));
    socket.addEventListener('error', () => settle('refused'));
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort);
  });
}
