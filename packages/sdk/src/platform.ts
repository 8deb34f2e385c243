import type { Env, Off } from '@meerkat-chat/xmpp';

/** What we use of a browser's WebSocket. */
export interface SocketLike {
  /** The subprotocol that the server chose. */
  readonly protocol: string;
  send(text: string): void;
  close(code?: number): void;
  addEventListener(
    type: 'open' | 'message' | 'close' | 'error',
    listener: (event: SocketEvent) => void,
  ): void;
}

/** The fields of the events of a WebSocket that we read; each event has those that are its own. */
export interface SocketEvent {
  readonly data?: unknown;
  readonly code?: number;
  readonly reason?: string;
}

/** What we use of `fetch`. */
export type FetchLike = (
  url: string,
  init: {
    readonly method: 'GET' | 'POST';
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
    /** Cookies go along to a server of another origin, too. */
    readonly credentials?: 'include';
    readonly signal: AbortSignal;
  },
) => Promise<{ readonly status: number; text(): Promise<string> }>;

/** What we use of `localStorage` and `sessionStorage`. Every call may throw. */
export interface StorageLike {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** What we use of `navigator.locks`. */
export interface LocksLike {
  request<T>(
    name: string,
    options: { readonly ifAvailable: true },
    held: (lock: unknown) => Promise<T>,
  ): Promise<T>;
}

/** What happens to a page. */
export type PageEvent =
  | 'online' // the network is back
  | 'offline'
  | 'visible'
  | 'hidden'
  | 'suspend' // `pagehide` or `freeze`: the last moment to write anything down
  | 'show'; // `pageshow` or `resume`, after `suspend`

/** The page we are in, or something like it. */
export interface Page {
  /** Its origin; undefined where there is none to speak of (`file:`, a sandbox, Node). */
  readonly origin: string | undefined;
  /** False only when the browser is sure that there is no network. */
  online(): boolean;
  visible(): boolean;
  on(event: PageEvent, listener: () => void): Off;
}

/**
 * Everything that the session takes from the browser, in one place: `runtime.ts` makes it of the globals, tests make
 * it of fakes. What is not there (Web Locks and WebCrypto on insecure origins) is undefined.
 */
export interface Platform {
  readonly env: Env;
  readonly page: Page;
  /** Opens a WebSocket of that subprotocol; throws when the page may not (mixed content, CSP in some browsers). */
  readonly openSocket: (url: string, protocol: string) => SocketLike;
  readonly fetch: FetchLike;
  /** May throw: in sandboxed frames the mere look at `localStorage` does. */
  readonly storage: (kind: 'local' | 'session') => StorageLike;
  readonly locks: LocksLike | undefined;
  readonly subtle: SubtleCrypto | undefined;
}
