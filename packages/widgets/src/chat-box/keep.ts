/** What a `Keep` needs of a window. Reading `localStorage` may throw. */
export interface KeepPlace extends Pick<EventTarget, 'addEventListener' | 'removeEventListener'> {
  readonly localStorage: Pick<Storage, 'getItem' | 'removeItem' | 'setItem'>;
}

/**
 * Texts that outlive the page and that all tabs of the site share; whoever writes last is right. Where storage is
 * blocked (sandboxed frames) or full, they are kept as long as this object, and nothing throws.
 */
export class Keep {
  readonly #place: KeepPlace;
  /** What storage did not take. */
  readonly #unstored = new Map<string, string>();

  constructor(place: KeepPlace) {
    this.#place = place;
  }

  read(key: string): string | undefined {
    const here = this.#unstored.get(key);
    if (here !== undefined) return here;
    try {
      return this.#place.localStorage.getItem(key) ?? undefined;
    } catch {
      return undefined;
    }
  }

  /** Undefined forgets it. */
  write(key: string, value: string | undefined): void {
    this.#unstored.delete(key);
    try {
      if (value === undefined) this.#place.localStorage.removeItem(key);
      else this.#place.localStorage.setItem(key, value);
    } catch {
      if (value !== undefined) this.#unstored.set(key, value);
    }
  }

  /** Calls with every change that another tab makes, until undone; all keys at once when it forgets everything. */
  watch(changed: (key: string | 'all', value: string | undefined) => void): () => void {
    const listener = (event: Event): void => {
      const { key, newValue } = event as StorageEvent;
      if (key === null) this.#unstored.clear();
      else this.#unstored.delete(key);
      changed(key ?? 'all', newValue ?? undefined);
    };
    this.#place.addEventListener('storage', listener);
    return () => this.#place.removeEventListener('storage', listener);
  }
}
