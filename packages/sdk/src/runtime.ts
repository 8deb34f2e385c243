import type { Env } from '@meerkat-chat/xmpp';
import type { LocksLike, Page, PageEvent, Platform } from './platform.js';

/** The real clock and real chance. */
export function realEnv(): Env {
  return {
    clock: {
      now: () => Date.now(),
      monotonic: () => performance.now(),
      after(delay, run) {
        const timer = setTimeout(run, delay);
        return () => clearTimeout(timer);
      },
      every(period, run) {
        const timer = setInterval(run, period);
        return () => clearInterval(timer);
      },
    },
    random: {
      number: () => Math.random(),
      bytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
    },
  };
}

/** Whether we are in a page at all, and not in Node or in a worker. */
export const inPage = (): boolean => typeof document !== 'undefined';

/** How the browser calls each event of a page, at its window and at its document; nothing is called nothing. */
const NAMES: Readonly<Record<PageEvent, readonly [window: string, document: string]>> = {
  online: ['online', ''],
  offline: ['offline', ''],
  visible: ['', 'visibilitychange'],
  hidden: ['', 'visibilitychange'],
  suspend: ['pagehide', 'freeze'],
  show: ['pageshow', 'resume'],
};

function realPage(): Page {
  const visible = (): boolean => !inPage() || document.visibilityState === 'visible';
  const { origin } = globalThis.location ?? {};
  return {
    // Opaque origins, as of sandboxed frames and files, call themselves "null".
    origin: origin === undefined || origin === 'null' ? undefined : origin,
    // Node has a navigator without this.
    online: () => globalThis.navigator?.onLine !== false,
    visible,
    on(event, listener) {
      const hear = (): void => {
        if (event === 'visible' && !visible()) return;
        if (event === 'hidden' && visible()) return;
        listener();
      };
      const [ofWindow, ofDocument] = NAMES[event];
      const abort = new AbortController();
      globalThis.addEventListener?.(ofWindow, hear, abort);
      if (inPage()) document.addEventListener?.(ofDocument, hear, abort);
      return () => abort.abort();
    },
  };
}

function realLocks(): LocksLike | undefined {
  const locks = globalThis.navigator?.locks;
  // The platform's own type says less of the result of a callback than it gives.
  return locks && { request: (name, options, held) => locks.request(name, options, held) as never };
}

/** The browser, as the globals have it. Nothing is touched before this is called, so that importing does nothing. */
export function browserPlatform(): Platform {
  return {
    env: realEnv(),
    page: realPage(),
    openSocket: (url, protocol) => new WebSocket(url, protocol),
    fetch: (url, init) => fetch(url, init),
    storage: (kind) => (kind === 'local' ? localStorage : sessionStorage),
    locks: realLocks(),
    subtle: globalThis.crypto?.subtle,
  };
}
