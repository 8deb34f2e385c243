import type { Clock, DomainJid } from '@meerkat-chat/xmpp';
import type { Logger } from '../../kernel/logger.js';
import { readSiteUser, type SiteUser } from '../token/claims.js';
import { CircuitBreaker } from './circuit-breaker.js';
import type { BackEndSettings } from './settings.js';

/** The longest answer of a site, in characters. */
export const MAX_ANSWER = 16_384;

/** What a site says of a question that it cannot take, such as one that is too long or looks like an attack. */
export const UNTAKEN: ReadonlySet<number> = new Set([400, 406, 413, 414, 422, 431]);

/** What is sent to a site, and what comes back: `fetch`, as far as it is needed. */
export type SiteFetch = (
  url: string,
  init: {
    readonly method: 'GET' | 'POST';
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string;
    readonly signal: AbortSignal;
    readonly redirect: 'error';
  },
) => Promise<{
  readonly status: number;
  /** The body. It is to be read also where nobody wants it: until then the connection is good for nothing else. */
  text(): Promise<string>;
}>;

/** What the site is asked with, beside its secret. */
export type SiteQuestion = Pick<Parameters<SiteFetch>[1], 'body' | 'headers' | 'method'>;

/** Whose a credential is; or nobody's; or the site did not say, which refuses nobody for good. */
export type SiteAnswer = SiteUser | 'nobody' | 'unsure';

/** What asks a site. */
export interface SiteInquiryOptions {
  readonly domain: DomainJid;
  readonly clock: Clock;
  readonly log: Logger;
  readonly fetch: SiteFetch;
  readonly settings: BackEndSettings & { readonly url: string };
}

/**
 * Asks a site's back end whose a credential is. It answers with 200 and `{"sub": "mira", "name": ...}` (the claims of a
 * token, without its times), with 401 or 403 when it is nobody's, and with 429 when it does not want to say now.
 * Everything else, and an answer that takes too long, is a failure; a site that fails is left alone for a while. What it
 * cannot take (400, 413, 431 and the like) is nobody's: else whoever sends it would keep everybody out.
 */
export class SiteInquiry {
  readonly #options: SiteInquiryOptions;
  readonly #breaker: CircuitBreaker;
  #asking = 0;

  constructor(options: SiteInquiryOptions) {
    this.#options = options;
    this.#breaker = new CircuitBreaker(options.clock, options.settings);
  }

  async ask(question: SiteQuestion): Promise<SiteAnswer> {
    const { domain, log, settings } = this.#options;
    if (this.#asking >= settings.atOnce || !this.#breaker.allows()) return 'unsure';
    this.#asking++;
    let answer: Awaited<ReturnType<typeof request>>;
    try {
      answer = await request(this.#options, question);
    } catch (err) {
      this.#breaker.failed();
      log.warn({ err, url: settings.url }, 'the site did not say who somebody is');
      return 'unsure';
    } finally {
      this.#asking--;
    }
    this.#breaker.succeeded();
    if (typeof answer === 'string') return answer;
    const user = readSiteUser(answer.said, domain);
    if (!('problem' in user)) return user;
    log.warn({ why: user.problem, url: settings.url }, 'what the site said of somebody is of no use');
    return 'nobody';
  }
}

/** @throws Error when the site does not answer in time, or with something else than it may */
async function request(
  { clock, fetch, log, settings }: SiteInquiryOptions,
  question: SiteQuestion,
): Promise<{ readonly said: unknown } | 'nobody' | 'unsure'> {
  const abort = new AbortController();
  const off = clock.after(settings.timeout, () => abort.abort(new Error('it took too long to answer')));
  try {
    const { secret, url } = settings;
    const answer = await fetch(url, {
      ...question,
      headers: {
        accept: 'application/json',
        ...question.headers,
        ...(secret === undefined ? {} : { authorization: `Bearer ${secret}` }),
      },
      signal: abort.signal,
      // Credentials go to the address that is set and to no other.
      redirect: 'error',
    });
    if (answer.status !== 200) await answer.text().catch(() => {});
    if (answer.status === 401 || answer.status === 403) return 'nobody';
    if (answer.status === 429) return 'unsure';
    if (UNTAKEN.has(answer.status)) {
      log.warn({ status: answer.status, url }, 'the site does not take what it is asked');
      return 'nobody';
    }
    if (answer.status !== 200) throw new Error(`it answered with ${answer.status}`);
    const text = await answer.text();
    if (text.length > MAX_ANSWER) throw new Error('its answer is too long');
    return { said: JSON.parse(text) };
  } finally {
    off();
  }
}
