import { browserSurroundings } from '../runtime.js';
import type { StatusSurroundings } from './status-poll.js';

/** The browser's own. */
export const browserStatusSurroundings: StatusSurroundings = {
  clock: browserSurroundings.clock,
  random: () => Math.random(),
  fetchJson: async (url, signal) => {
    // No header of ours: it would cost a preflight for each request. The browser's cache knows the ETag by itself.
    const response = await fetch(url, { signal, credentials: 'omit', referrerPolicy: 'no-referrer' });
    if (!response.ok) throw new Error(`${response.status}`);
    return response.json();
  },
  onOnline: (run) => {
    addEventListener('online', run);
    return () => removeEventListener('online', run);
  },
};

interface Watched {
  readonly told: (seen: boolean) => void;
  near: boolean;
}

/** Which elements can be seen now: on the screen or close to it, in a page that is shown. One observer for all. */
export class Sight {
  readonly #watched = new Map<Element, Watched>();
  #observer: IntersectionObserver | undefined;

  /** Tells whether the element can be seen, and each time when that has changed or may have; the answer undoes it. */
  watch(element: Element, told: (seen: boolean) => void): () => void {
    if (this.#watched.size === 0) {
      document.addEventListener('visibilitychange', this.#onPage);
      this.#observer = new IntersectionObserver(this.#onCrossing, { rootMargin: '64px' });
    }
    this.#watched.set(element, { told, near: false });
    this.#observer?.observe(element);
    return () => {
      if (!this.#watched.delete(element)) return;
      this.#observer?.unobserve(element);
      if (this.#watched.size > 0) return;
      document.removeEventListener('visibilitychange', this.#onPage);
      this.#observer?.disconnect();
      this.#observer = undefined;
    };
  }

  #tell({ told, near }: Watched): void {
    told(near && document.visibilityState === 'visible');
  }

  readonly #onPage = (): void => {
    for (const watched of this.#watched.values()) this.#tell(watched);
  };

  readonly #onCrossing = (entries: readonly IntersectionObserverEntry[]): void => {
    for (const { target, isIntersecting } of entries) {
      const watched = this.#watched.get(target);
      if (!watched) continue;
      watched.near = isIntersecting;
      this.#tell(watched);
    }
  };
}
