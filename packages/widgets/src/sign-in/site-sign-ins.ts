import type { SignInSource, SignInUse } from './sign-in.js';
import { type SignInSurroundings, SiteSignIn } from './site-sign-in.js';

/** The sign-ins of a page: elements that say the same share one, so that the site is asked once. */
export class SiteSignIns {
  readonly #world: SignInSurroundings;
  readonly #present = new Map<unknown, SiteSignIn>();

  constructor(world: SignInSurroundings) {
    this.#world = world;
  }

  /** @param changed another answer is there; not called at once */
  use(source: SignInSource, changed: () => void): SignInUse {
    const key = source.getToken ?? source.tokenFrom ?? '';
    let present = this.#present.get(key);
    if (!present) {
      const made = new SiteSignIn(this.#world, () => {
        if (this.#present.get(key) === made) this.#present.delete(key);
      });
      present = made;
      this.#present.set(key, made);
    }
    return present.use(source, changed);
  }

  /** How many there are, for leak tests. */
  get size(): number {
    return this.#present.size;
  }
}
