import type { BareJid, Env } from '@meerkat-chat/xmpp';
import type { PairedLink } from '@meerkat-chat/xmpp/testing';
import type { Chat, ChatAuth } from '../chat.js';
import type { ChatOptions } from '../chat-options.js';
import { composeChat } from '../compose-chat.js';
import type { Page, PageEvent, Platform, SocketEvent, SocketLike, StorageLike } from '../platform.js';
import type { RegisterOptions } from '../register.js';
import { registerAccount } from '../register-account.js';
import { createXmppSession } from '../session/create-session.js';

/** What a test gives to the browser. */
export interface TestBrowserOptions {
  readonly env: Env;
  /** Opens a link to the server: one end of a `linkPair`, of which the server has accepted the other. */
  readonly open: () => PairedLink;
  /** WebCrypto, for those who sign in by password; none by default. */
  readonly subtle?: Platform['subtle'];
}

/** One tab of a browser, whose WebSockets are link pairs: pages come and go in it, and what they stored stays. */
export class TestBrowser {
  readonly #options: TestBrowserOptions;
  readonly #stores = { local: memoryStore(), session: memoryStore() } as const;
  #page = new TestPage();

  constructor(options: TestBrowserOptions) {
    this.#options = options;
  }

  /** Opens a page with a chat in it, not yet started, in place of the page before. */
  open(options: ChatOptions): Chat {
    this.leave();
    const { env } = this.#options;
    const page = new TestPage();
    this.#page = page;
    const platform = this.#platform(page);
    const openSession = (auth: ChatAuth) => createXmppSession({ ...options, auth }, platform);
    return composeChat(options, { env, origin: page.origin, openSession });
  }

  /** Makes an account, from a page of its own. */
  register(options: RegisterOptions): Promise<BareJid> {
    return registerAccount(options, this.#platform(new TestPage()));
  }

  #platform(page: TestPage): Platform {
    const { env, open, subtle } = this.#options;
    return {
      env,
      page,
      openSocket: () => socketOver(open()),
      fetch: () => Promise.reject(new TypeError('there is no HTTP here')),
      storage: (kind) => this.#stores[kind],
      locks: undefined,
      subtle,
    };
  }

  /** Unloads the page, which may write down what it needs to go on. */
  leave(): void {
    this.#page.tell('suspend');
  }
}

class TestPage implements Page {
  readonly origin = 'http://localhost';
  readonly #listeners = new Map<PageEvent, Set<() => void>>();

  online(): boolean {
    return true;
  }

  visible(): boolean {
    return true;
  }

  on(event: PageEvent, listener: () => void): () => void {
    const listeners = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, listeners.add(listener));
    return () => void listeners.delete(listener);
  }

  tell(event: PageEvent): void {
    for (const listener of [...(this.#listeners.get(event) ?? [])]) listener();
  }
}

function memoryStore(): StorageLike {
  const items = new Map<string, string>();
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
}

function socketOver(link: PairedLink): SocketLike {
  const listeners = new Map<string, Set<(event: SocketEvent) => void>>();
  const tell = (type: string, event: SocketEvent = {}): void => {
    for (const listener of [...(listeners.get(type) ?? [])]) listener(event);
  };
  // A socket opens once whoever asked for it has had the time to listen.
  queueMicrotask(() => {
    tell('open');
    link.onText((data) => tell('message', { data }));
    link.onClose(({ clean, reason }) =>
      tell('close', { code: clean ? 1000 : 1006, ...(reason === undefined ? {} : { reason }) }),
    );
  });
  return {
    protocol: 'xmpp',
    send: (text) => link.send(text),
    close: () => link.close(),
    addEventListener(type, listener) {
      listeners.set(type, (listeners.get(type) ?? new Set()).add(listener));
    },
  };
}
