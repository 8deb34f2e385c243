import type { Millis } from '@meerkat-chat/xmpp';
import type { Cookies } from '../../link/cookies.js';
import type { AuthProvider, AuthVerdict } from '../provider.js';
import { RememberedAnswers } from './remembered-answers.js';
import type { SiteSessionSettings } from './settings.js';
import { type SiteAnswer, SiteInquiry, type SiteInquiryOptions } from './site-inquiry.js';

/** The longest value of a cookie that a site is asked about. */
export const MAX_COOKIE = 4096;
/** How many cookies of one name of the settings a site is asked about. */
export const MAX_COOKIES = 4;

/** What asks the site about cookies. */
export interface SiteSessionOptions extends SiteInquiryOptions {
  readonly settings: SiteSessionSettings & { readonly url: string };
}

/** Judges session cookies by asking the site's back end whose they are: `GET url` with the cookies. */
export function siteSessionProvider(options: SiteSessionOptions): AuthProvider {
  const { clock, settings } = options;
  const inquiry = new SiteInquiry(options);
  const answers = new RememberedAnswers<SiteAnswer>(clock, settings.remembered, (answer) =>
    lifeOf(answer, settings),
  );

  const verdictFor = async (cookie: string): Promise<AuthVerdict> => {
    const answer = await answers.get(cookie, () => inquiry.ask({ method: 'GET', headers: { cookie } }));
    if (answer === 'unsure') return { verdict: 'refused', reason: 'temporary-auth-failure' };
    if (answer === 'nobody') return { verdict: 'refused', reason: 'not-authorized' };
    const { until } = answer.grant;
    if (until !== undefined && until <= clock.now()) {
      return { verdict: 'refused', reason: 'credentials-expired' };
    }
    return { verdict: 'accepted', identity: { ...answer, kind: 'user', holds: () => verdictFor(cookie) } };
  };

  return {
    id: 'site-session',
    cookies: {
      knows: (name) => settings.cookies.some((pattern) => fits(name, pattern)),
      async verify(cookies) {
        const cookie = headerOf(cookies, settings.cookies);
        return cookie === undefined ? { verdict: 'unknown' } : verdictFor(cookie);
      },
    },
  };
}

/** Whether a cookie's name is that of the settings, or begins with what stands before its `*`. */
function fits(name: string, pattern: string): boolean {
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}

/** The cookies that the site knows its sessions by, as a header; the others are none of its business here. */
function headerOf(cookies: Cookies, patterns: readonly string[]): string | undefined {
  const good = cookies
    .entries()
    .filter(([, value]) => value.length <= MAX_COOKIE && /^[\x21-\x7e]*$/.test(value));
  const known = patterns.flatMap((pattern) =>
    good
      .filter(([name]) => fits(name, pattern))
      .slice(0, MAX_COOKIES)
      .map(([name, value]) => `${name}=${value}`),
  );
  return known.length === 0 ? undefined : known.join('; ');
}

function lifeOf(answer: SiteAnswer, { keep, keepRefusal }: SiteSessionSettings): Millis {
  // What nobody could say is asked again at once: the inquiry bounds that.
  if (answer === 'unsure') return 0;
  return answer === 'nobody' ? keepRefusal : keep;
}
