import type { Off } from '@meerkat-chat/xmpp';
import { FakeClock, linkPair, type PairedLink, SeededRandom } from '@meerkat-chat/xmpp/testing';
import type {
  FetchLike,
  LocksLike,
  PageEvent,
  Platform,
  SocketEvent,
  SocketLike,
  StorageLike,
} from '../../platform.js';
import { hmacByLibrary } from '../sasl/hmac-library.js';

/** How a network treats a WebSocket. */
export type SocketFate = 'accept' | 'close' | 'no-subprotocol' | 'refuse' | 'stall' | 'throw';

type Listener = (event: SocketEvent) => void;

/** A WebSocket in memory. */
class FakeSocket implements SocketLike {
  protocol = '';
  readonly #listeners = new Map<string, Set<Listener>>();
  #link: PairedLink | undefined;
  #closed = false;

  open(link: PairedLink, protocol: string): void {
    this.#link = link;
    this.protocol = protocol;
    link.onText((data) => this.emit('message', { data }));
    link.onClose(({ clean }) => this.emit('close', { code: clean ? 1000 : 1006 }));
    this.emit('open', {});
  }

  emit(type: string, event: SocketEvent): void {
    if (this.#closed) return;
    if (type === 'close') this.#closed = true;
    for (const listener of [...(this.#listeners.get(type) ?? [])]) listener(event);
  }

  send(text: string): void {
    this.#link?.send(text);
  }

  close(): void {
    this.#link?.close();
  }

  addEventListener(type: string, listener: Listener): void {
    const listeners = this.#listeners.get(type) ?? new Set();
    this.#listeners.set(type, listeners.add(listener));
  }
}

/** A page, a network and a browser in memory. Several pages may share `local`, `session` and `locks`. */
export class FakePlatform implements Platform {
  readonly clock = new FakeClock();
  readonly env;
  subtle: SubtleCrypto | undefined = promptSubtle();
  locks: LocksLike | undefined;
  /** How each WebSocket fares, in turn; the last one for all that follow. */
  fates: SocketFate[] = ['accept'];
  /** Who is at the other end of what is accepted. */
  serve: (link: PairedLink) => void = () => {};
  fetch: FetchLike = () => Promise.reject(new TypeError('no network'));
  readonly stores: { readonly local: StorageLike; readonly session: StorageLike };
  readonly #listeners = new Map<PageEvent, Set<() => void>>();
  readonly opened: string[] = [];
  /** Our ends of the sockets that were accepted. */
  readonly links: PairedLink[] = [];
  isOnline = true;
  isVisible = true;

  constructor(seed = 1, shared: Partial<FakePlatform['stores']> = {}) {
    this.env = { clock: this.clock, random: new SeededRandom(seed) };
    this.stores = { local: memoryStorage(), session: memoryStorage(), ...shared };
  }

  readonly page = {
    origin: 'https://page.example',
    online: () => this.isOnline,
    visible: () => this.isVisible,
    on: (event: PageEvent, listener: () => void): Off => {
      const listeners = this.#listeners.get(event) ?? new Set();
      this.#listeners.set(event, listeners.add(listener));
      return () => void listeners.delete(listener);
    },
  };

  readonly storage = (kind: 'local' | 'session'): StorageLike => this.stores[kind];

  readonly openSocket = (url: string, protocol: string): SocketLike => {
    this.opened.push(url);
    const fate = (this.fates.length > 1 ? this.fates.shift() : this.fates[0]) ?? 'accept';
    if (fate === 'throw') throw new DOMException('mixed content', 'SecurityError');
    const socket = new FakeSocket();
    queueMicrotask(() => {
      if (fate === 'stall') return;
      if (fate === 'refuse') {
        socket.emit('error', {});
        socket.emit('close', { code: 1006 });
        return;
      }
      const [ours, theirs] = linkPair({ auto: true });
      this.links.push(ours);
      if (fate === 'accept') this.serve(theirs);
      socket.open(ours, fate === 'no-subprotocol' ? '' : protocol);
      if (fate === 'close') theirs.close();
    });
    return socket;
  };

  /** Something happens to the page. */
  happen(event: PageEvent): void {
    for (const listener of [...(this.#listeners.get(event) ?? [])]) listener();
  }

  /** How many listeners the page has, for leak tests. */
  get listening(): number {
    return [...this.#listeners.values()].reduce((sum, set) => sum + set.size, 0);
  }
}

export function memoryStorage(from: Iterable<readonly [string, string]> = []): StorageLike & {
  copy(): StorageLike;
} {
  const values = new Map(from);
  return {
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
    copy: () => memoryStorage(values),
  };
}

/** Storage of a sandboxed frame. */
export function blockedStorage(): StorageLike {
  const refuse = (): never => {
    throw new DOMException('denied', 'SecurityError');
  };
  return { getItem: refuse, setItem: refuse, removeItem: refuse };
}

/** Web Locks shared by all pages that are given them. */
export function fakeLocks(): LocksLike & { readonly held: ReadonlySet<string> } {
  const held = new Set<string>();
  return {
    held,
    request: async (name, _options, run) => {
      if (held.has(name)) return run(null);
      held.add(name);
      return run({ name }).finally(() => held.delete(name));
    },
  };
}

/** WebCrypto's HMAC-SHA-256, done at once: its own runs on threads, whose order nobody can choose. */
function promptSubtle(): SubtleCrypto {
  const prompt = {
    importKey: async (_format: unknown, key: Uint8Array) => key,
    sign: async (_name: unknown, key: Uint8Array, data: Uint8Array) =>
      Uint8Array.from(hmacByLibrary(key, data)).buffer,
  };
  return prompt as unknown as SubtleCrypto;
}
