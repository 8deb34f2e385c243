import type { Clock, DomainJid, Millis } from '@meerkat-chat/xmpp';
import type { Logger } from '../../kernel/logger.js';
import type { Cookies } from '../../link/cookies.js';
import type { AuthProvider, AuthVerdict } from '../provider.js';
import { readSiteUser } from '../token/claims.js';
import { CircuitBreaker } from './circuit-breaker.js';
import { RememberedAnswers } from './remembered-answers.js';
import type { SiteSessionSettings } from './settings.js';

/** The longest answer of a site, in characters. */
export const MAX_ANSWER = 16_384;
/** The longest value of a cookie that a site is asked about, and how many of one name. */
export const MAX_COOKIE = 4096;
const MAX_VALUES = 4;

/** What is sent to a site, and what comes back: `fetch`, as far as it is needed. */
export type SiteFetch = (
  url: string,
  init: {
    readonly headers: Readonly<Record<string, string>>;
    readonly signal: AbortSignal;
    readonly redirect: 'error';
  },
) => Promise<{ readonly status: number; text(): Promise<string> }>;

/** What asks the site. */
export interface SiteSessionOptions {
  readonly domain: DomainJid;
  readonly clock: Clock;
  readonly log: Logger;
  readonly fetch: SiteFetch;
  readonly settings: SiteSessionSettings & { readonly url: string };
}

const UNSURE: AuthVerdict = { verdict: 'refused', reason: 'temporary-auth-failure' };
const REFUSED: AuthVerdict = { verdict: 'refused', reason: 'not-authorized' };

/**
 * Judges session cookies by asking the site's back end whose they are: `GET url` with the cookies, answered by 200 and
 * `{"sub": "mira", "name": ...}` (the claims of a token, without its times), or by 401 or 403. Everything else is a
 * failure of the site, which refuses nobody for good.
 */
export function siteSessionProvider(options: SiteSessionOptions): AuthProvider {
  const { clock, domain, log, settings } = options;
  const breaker = new CircuitBreaker(clock, settings);
  const answers = new RememberedAnswers<AuthVerdict>(clock, settings.remembered, (answer) =>
    lifeOf(answer, settings),
  );

  const ask = async (cookie: string): Promise<AuthVerdict> => {
    if (!breaker.allows()) return UNSURE;
    let answer: Awaited<ReturnType<typeof request>>;
    try {
      answer = await request(options, cookie);
    } catch (err) {
      breaker.failed();
      log.warn({ err }, 'the site did not say whose session it is (auth.siteSession.url)');
      return UNSURE;
    }
    breaker.succeeded();
    if (answer === undefined) return REFUSED;
    const user = readSiteUser(answer, domain);
    if ('problem' in user) {
      log.warn({ why: user.problem }, 'what the site said of a session is of no use');
      return REFUSED;
    }
    return { verdict: 'accepted', identity: { ...user, kind: 'user' } };
  };

  const verdictFor = async (cookie: string): Promise<AuthVerdict> => {
    const answer = await answers.get(cookie, async () =>
      answers.asking >= settings.atOnce ? UNSURE : ask(cookie),
    );
    if (answer.verdict !== 'accepted') return answer;
    const { identity } = answer;
    const { until } = identity.grant ?? {};
    if (until !== undefined && until <= clock.now()) {
      return { verdict: 'refused', reason: 'credentials-expired' };
    }
    return { verdict: 'accepted', identity: { ...identity, holds: () => verdictFor(cookie) } };
  };

  return {
    id: 'site-session',
    cookies: {
      knows: (name) => settings.cookies.includes(name),
      async verify(cookies) {
        const cookie = headerOf(cookies, settings.cookies);
        return cookie === undefined ? { verdict: 'unknown' } : verdictFor(cookie);
      },
    },
  };
}

/** The cookies that the site knows its sessions by, as a header; the others are none of its business here. */
function headerOf(cookies: Cookies, names: readonly string[]): string | undefined {
  const known = names.flatMap((name) =>
    cookies
      .values(name)
      .slice(0, MAX_VALUES)
      .filter((value) => value.length <= MAX_COOKIE && /^[\x21-\x7e]*$/.test(value))
      .map((value) => `${name}=${value}`),
  );
  return known.length === 0 ? undefined : known.join('; ');
}

function lifeOf(answer: AuthVerdict, { keep, keepRefusal }: SiteSessionSettings): Millis {
  if (answer.verdict === 'accepted') return keep;
  // What nobody could say is asked again at once: the breaker bounds that.
  return answer.verdict === 'refused' && answer.reason === 'temporary-auth-failure' ? 0 : keepRefusal;
}

/**
 * Asks the site.
 * @returns what it says of the user; undefined when it knows nobody by these cookies
 * @throws Error when it does not answer in time, or with something else
 */
async function request({ clock, fetch, settings }: SiteSessionOptions, cookie: string): Promise<unknown> {
  const abort = new AbortController();
  const off = clock.after(settings.timeout, () => abort.abort(new Error('it took too long to answer')));
  try {
    const { secret, url } = settings;
    const answer = await fetch(url, {
      headers: {
        accept: 'application/json',
        cookie,
        ...(secret === undefined ? {} : { authorization: `Bearer ${secret}` }),
      },
      signal: abort.signal,
      // Cookies go to the address that is set and to no other.
      redirect: 'error',
    });
    if (answer.status === 401 || answer.status === 403) return undefined;
    if (answer.status !== 200) throw new Error(`it answered with ${answer.status}`);
    const text = await answer.text();
    if (text.length > MAX_ANSWER) throw new Error('its answer is too long');
    return JSON.parse(text);
  } finally {
    off();
  }
}
