import type { Clock } from '@meerkat-chat/xmpp';
import type { Logger } from '../../kernel/logger.js';
import { CircuitBreaker } from '../site/circuit-breaker.js';
import type { BackEndSettings } from '../site/settings.js';
import { type SiteFetch, UNTAKEN } from '../site/site-inquiry.js';

/** The longest answer of a page that is passed on, in characters: those of captchas have some 2,000. */
export const MAX_PROOF = 4096;

/** How the site is asked. */
export interface SiteProofsOptions {
  readonly clock: Clock;
  readonly log: Logger;
  readonly fetch: SiteFetch;
  readonly settings: BackEndSettings & { readonly url: string };
}

/** Asks the site about what its page has found out of a guest, such as the answer of a captcha. Who cannot be asked about stays out. */
export class SiteProofs {
  readonly #options: SiteProofsOptions;
  readonly #breaker: CircuitBreaker;
  #asking = 0;

  constructor(options: SiteProofsOptions) {
    this.#options = options;
    this.#breaker = new CircuitBreaker(options.clock, options.settings);
  }

  async accept(answer: string, address: string): Promise<boolean> {
    if (answer === '' || answer.length > MAX_PROOF) return false;
    const { clock, fetch, log, settings } = this.#options;
    const { atOnce, secret, timeout, url } = settings;
    if (this.#asking >= atOnce || !this.#breaker.allows()) return false;
    const abort = new AbortController();
    const off = clock.after(timeout, () => abort.abort(new Error('it took too long to answer')));
    this.#asking++;
    try {
      const { status, text } = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(secret === undefined ? {} : { authorization: `Bearer ${secret}` }),
        },
        body: JSON.stringify({ answer, address }),
        signal: abort.signal,
        redirect: 'error',
      });
      await text().catch(() => {});
      // What it cannot take is no proof, and keeps nobody else out.
      const judged = status === 200 || status === 403 || UNTAKEN.has(status);
      if (!judged) throw new Error(`it answered with ${status}`);
      this.#breaker.succeeded();
      return status === 200;
    } catch (err) {
      this.#breaker.failed();
      log.warn({ err, url }, 'the site did not judge a guest');
      return false;
    } finally {
      off();
      this.#asking--;
    }
  }
}
