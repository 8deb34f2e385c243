import { createHash } from 'node:crypto';
import {
  type BareJid,
  bareJid,
  type Clock,
  type DomainJid,
  escapeLocal,
  localOf,
  unescapeLocal,
} from '@meerkat-chat/xmpp';
import { EVERY_ROOM, type Grant } from '../../kernel/grant.js';
import type { Logger } from '../../kernel/logger.js';
import { isGuestName } from '../anonymous.js';
import type { AuthProvider, AuthVerdict } from '../provider.js';
import { RememberedAnswers } from '../site/remembered-answers.js';
import { decodeCookieValue, isLoginCookieName, loginCookieName } from './cookie-name.js';
import type { HashThread } from './hash-thread.js';
import { expirationOf, judgeLoginCookie, type LoginCookie, parseLoginCookie } from './login-cookie.js';
import { loggedInSecret } from './login-secret.js';
import type { WordpressSettings } from './settings.js';
import type { WordpressUser, WordpressUsers } from './users.js';

/** The longest value of a cookie that is looked at, and how many of them. */
export const MAX_LOGIN_COOKIE = 1024;
const MAX_VALUES = 4;

/** What judges WordPress's cookies. */
export interface WordpressOptions {
  readonly domain: DomainJid;
  readonly clock: Clock;
  readonly log: Logger;
  readonly users: WordpressUsers;
  readonly settings: WordpressSettings;
  /** Holds passwords against hashes. */
  readonly hashes: Pick<HashThread, 'fits'>;
}

/** A hash like those that WordPress makes, of no password that anybody knows. */
const NOBODYS_HASH = '$wp$2y$10$607XKVrBjPEqujeOXNwbYuOJ.gPMd2TelMMknmeV70Kap1E81Ovo7';

const REFUSED: AuthVerdict = { verdict: 'refused', reason: 'not-authorized' };
const UNSURE: AuthVerdict = { verdict: 'refused', reason: 'temporary-auth-failure' };

/**
 * Signs in who is signed in to WordPress, by the cookie that it gave the browser: signed by WordPress's secret, for a
 * user whose password is still the same, in a session that has not been ended. All of that is asked again as long as
 * the chat lasts, so signing out of WordPress ends it.
 */
export function wordpressProvider(options: WordpressOptions): AuthProvider {
  const { clock, domain, log, settings, users } = options;
  const { siteUrl } = settings;
  const name = siteUrl === undefined ? undefined : loginCookieName(siteUrl);
  const knows = (cookie: string) => (name === undefined ? isLoginCookieName(cookie) : cookie === name);
  const found = new RememberedAnswers<WordpressUser | undefined>(
    clock,
    settings.remembered,
    () => settings.keep,
  );
  const secrets = new RememberedAnswers<readonly string[]>(clock, 1, () => settings.keep);

  const judge = async (cookie: LoginCookie): Promise<AuthVerdict> => {
    try {
      const known = await secrets.get('', () => secretsOf(options));
      const now = Math.floor(clock.now() / 1000);
      const judged = (row: WordpressUser | undefined) =>
        judgeLoginCookie(cookie, row, { era: settings.era, secrets: known, now });
      // What is remembered may be older than the session of who has just signed in.
      const isValid = (row: WordpressUser | undefined) => judged(row) === 'valid';
      const row = await found.get(cookie.login, () => users.find(cookie.login), isValid);
      const verdict = judged(row);
      if (verdict === 'valid' && row) {
        const signIn = cookie.token && createHash('sha256').update(cookie.token).digest('hex');
        const until = expirationOf(cookie) * 1000;
        return accepted(options, row, { until, signIn }, () => judge(cookie));
      }
      log.info({ verdict }, 'a cookie of WordPress was refused');
      return verdict === 'expired' || verdict === 'bad_session_token'
        ? { verdict: 'refused', reason: 'credentials-expired' }
        : REFUSED;
    } catch (err) {
      log.warn({ err }, 'WordPress’s database cannot be read');
      return UNSURE;
    }
  };

  const password = async (local: string, typed: string): Promise<AuthVerdict> => {
    try {
      const login = unescapeLocal(local);
      const like = await found.get(login, () => users.find(login));
      // The database takes `mira` and `mirá` for one: failures are counted by name, so each account has one.
      const row = like && accountOf(like, domain) === bareJid(local, domain) ? like : undefined;
      const fits = await options.hashes.fits({
        typed,
        // An unknown user takes as much time as a known one.
        stored: settings.passwords === 'all' ? (row?.pass ?? NOBODYS_HASH) : undefined,
        application: row?.applicationPasswords ?? [],
        release: settings.release,
      });
      if (!row) return { verdict: 'unknown' };
      return fits ? accepted(options, row, { until: clock.now() + settings.lasts }) : REFUSED;
    } catch (err) {
      log.warn({ err }, 'WordPress’s database cannot be read, or too many passwords wait');
      return UNSURE;
    }
  };

  return {
    id: 'wordpress',
    ...(settings.passwords === 'none' ? {} : { verifyPassword: password }),
    cookies: {
      knows,
      async verify(cookies) {
        const candidates = cookies
          .entries()
          .filter(([cookie, value]) => knows(cookie) && value.length <= MAX_LOGIN_COOKIE)
          .slice(0, MAX_VALUES)
          .flatMap(([, value]) => decodeCookieValue(value))
          .map((value) => parseLoginCookie(value, settings.era))
          .filter((cookie) => cookie !== undefined);
        let answer: AuthVerdict = { verdict: 'unknown' };
        for (const cookie of candidates) {
          answer = await judge(cookie);
          if (answer.verdict === 'accepted') return answer;
        }
        return answer;
      },
    },
  };
}

async function secretsOf({ settings, users }: WordpressOptions): Promise<readonly string[]> {
  if (settings.secrets.length > 0) return settings.secrets;
  const secret = loggedInSecret({}, await users.keptSecret());
  return secret === undefined ? [] : [secret];
}

function accountOf({ login }: WordpressUser, domain: DomainJid): BareJid | undefined {
  const local = escapeLocal(login);
  return local === undefined ? undefined : bareJid(local, domain);
}

function accepted(
  { domain, log, settings }: WordpressOptions,
  user: WordpressUser,
  lasts: Pick<Grant, 'signIn' | 'until'>,
  holds?: () => Promise<AuthVerdict>,
): AuthVerdict {
  const account = accountOf(user, domain);
  if (account === undefined || isGuestName(localOf(account))) {
    log.info({ user: user.id }, 'the login of a user of WordPress cannot be an address');
    return REFUSED;
  }
  const moderates = user.roles.some((role) => settings.moderators.includes(role));
  const grant: Grant = {
    ...(user.displayName === '' ? {} : { name: user.displayName }),
    ...(moderates ? { rooms: { [EVERY_ROOM]: 'moderate' } } : {}),
    ...lasts,
  };
  return { verdict: 'accepted', identity: { account, kind: 'user', grant, ...(holds && { holds }) } };
}
