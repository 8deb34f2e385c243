import type { Clock, Millis } from '@meerkat-chat/xmpp';
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import type { Logger } from '../../kernel/logger.js';
import type { SiteFetch } from '../site/site-inquiry.js';

/** How long the site may take to answer with its keys. */
const TIMEOUT: Millis = 5000;
/** How long keys are good without a look whether they still are. */
const LIFE: Millis = 600_000;
/** How long they are good while the site does not say. */
const LIFE_UNANSWERED: Millis = 86_400_000;
/** From one question to the next, whatever came of it. */
const PAUSE: Millis = 30_000;

/** The site does not say what its keys are, which says nothing of a token. */
export class KeysUnavailable extends Error {
  override readonly name = 'KeysUnavailable';
}

/** Where keys are had from. */
export interface PublishedKeysOptions {
  readonly url: string;
  readonly clock: Pick<Clock, 'after' | 'monotonic'>;
  readonly log: Logger;
  readonly fetch: SiteFetch;
}

/**
 * The keys that a site publishes at a URL (JWKS, RFC 7517), kept for ten minutes. One that is not among them has them asked
 * for again, but not more than twice a minute, whatever keys an attacker makes up. While the site does not answer, those
 * of before are good for a day: nobody is kept out for that.
 */
export class PublishedKeys {
  readonly #options: PublishedKeysOptions;
  #keys: JWTVerifyGetKey | undefined;
  /** When these were had. */
  #hadAt: Millis = Number.NEGATIVE_INFINITY;
  #askedAt: Millis = Number.NEGATIVE_INFINITY;
  #answered = false;
  #asking: Promise<void> | undefined;

  constructor(options: PublishedKeysOptions) {
    this.#options = options;
  }

  /**
   * The key that a token is signed with.
   * @throws {errors.JOSEError} when there is none such
   * @throws {KeysUnavailable} when that cannot be said now
   */
  readonly find: JWTVerifyGetKey = async (header, token) => {
    if (this.#age() >= LIFE) await this.#ask();
    const known = this.#held();
    try {
      return await known(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      // The site may have published it since.
      await this.#ask();
      const now = this.#held();
      if (now !== known) return now(header, token);
      throw this.#answered ? error : unavailable();
    }
  };

  #held(): JWTVerifyGetKey {
    if (this.#keys && this.#age() < LIFE_UNANSWERED) return this.#keys;
    throw unavailable();
  }

  #age(): Millis {
    return this.#options.clock.monotonic() - this.#hadAt;
  }

  /** Once for all who wait for it. */
  async #ask(): Promise<void> {
    const now = this.#options.clock.monotonic();
    if (!this.#asking && now - this.#askedAt < PAUSE) return;
    this.#askedAt = this.#asking ? this.#askedAt : now;
    this.#asking ??= this.#read().finally(() => {
      this.#asking = undefined;
    });
    await this.#asking;
  }

  async #read(): Promise<void> {
    const { clock, fetch, log, url } = this.#options;
    const abort = new AbortController();
    const off = clock.after(TIMEOUT, () => abort.abort(new Error('it took too long to answer')));
    try {
      const headers = { accept: 'application/json, application/jwk-set+json' };
      const answer = await fetch(url, { method: 'GET', headers, signal: abort.signal, redirect: 'error' });
      const text = await answer.text();
      if (answer.status !== 200) throw new Error(`it answered with ${answer.status}`);
      // Whatever else it may be is refused there.
      this.#keys = createLocalJWKSet(JSON.parse(text) as JSONWebKeySet);
      this.#hadAt = clock.monotonic();
      this.#answered = true;
    } catch (err) {
      this.#answered = false;
      log.warn({ err, url }, 'the site does not say what its keys are');
    } finally {
      off();
    }
  }
}

function unavailable(): KeysUnavailable {
  return new KeysUnavailable('the site did not say when it was asked');
}
