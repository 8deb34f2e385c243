import type { BareJid, DomainJid, Env, Millis } from '@meerkat-chat/xmpp';
import type { Logger } from '../kernel/logger.js';
import type { Storage } from '../storage/storage.js';
import { anonymousProvider } from './anonymous.js';
import { type AttemptLimits, Attempts } from './attempts.js';
import type { Authenticator } from './authenticator.js';
import { AuthenticatorChain } from './authenticator-chain.js';
import { StoredFastTokens } from './fast-tokens.js';
import type { FrameSessions } from './frame/frame-sessions.js';
import type { GuestDoor } from './guests/guest-door.js';
import { internalProvider } from './internal.js';
import { deriveKey } from './server-key.js';
import type { SitePasswordSettings, SiteSessionSettings } from './site/settings.js';
import type { SiteFetch } from './site/site-inquiry.js';
import { sitePasswordProvider } from './site/site-password-provider.js';
import { siteSessionProvider } from './site/site-session-provider.js';
import type { EndedSignIns } from './token/ended-sign-ins.js';
import { PublishedKeys } from './token/published-keys.js';
import type { TokenSettings } from './token/settings.js';
import { tokenProvider } from './token/token-provider.js';
import { UsedTokens } from './token/used-tokens.js';
import { HashThread } from './wordpress/hash-thread.js';
import type { WordpressSettings } from './wordpress/settings.js';
import { openWordpressUsers } from './wordpress/users.js';
import { wordpressProvider } from './wordpress/wordpress-provider.js';

/** What decides who may sign in, and how. */
export interface CreateAuthenticatorOptions {
  readonly domain: DomainJid;
  readonly env: Env;
  readonly log: Logger;
  readonly storage: Pick<Storage, 'tokens' | 'usedTokens' | 'users'>;
  readonly serverKey: Buffer;
  /** Whether guests are let in. */
  readonly guests: boolean;
  /** Says which of them; none: whoever comes. */
  readonly door?: GuestDoor | undefined;
  /** Iterations of SCRAM, as many as new accounts get. */
  readonly iterations: number;
  /** How long a token is good; the default of the tokens where none is given. */
  readonly tokenLife?: Millis;
  /** How tokens of the site are judged. */
  readonly token: TokenSettings;
  /** Sign-ins to the site of which no token is taken any more. */
  readonly endedSignIns?: EndedSignIns;
  /** Sessions of framed rooms. */
  readonly frames?: Pick<FrameSessions, 'provider'>;
  /** How cookies are judged by asking the site. */
  readonly siteSession: SiteSessionSettings;
  /** How passwords are judged by asking the site. */
  readonly sitePassword: SitePasswordSettings;
  /** How WordPress's cookies are judged. */
  readonly wordpress: WordpressSettings;
  /** Whether an account is suspended; none is by default. */
  readonly suspended?: (account: BareJid) => boolean;
  /** Asks the site. */
  readonly fetch: SiteFetch;
  /** None: failures are not counted. */
  readonly attempts: AttemptLimits | undefined;
}

/** The secret that `meerkat token` signs with: of the server's own, so that tokens can be tried without any setting. */
export function ownTokenSecret(serverKey: Buffer): Buffer {
  return deriveKey(serverKey, 'site-token');
}

function publishedKeys({ env, fetch, log, token: { jwks } }: CreateAuthenticatorOptions) {
  return jwks === undefined ? undefined : new PublishedKeys({ url: jwks, clock: env.clock, log, fetch }).find;
}

function siteSession({ domain, env, fetch, log, siteSession: settings }: CreateAuthenticatorOptions) {
  const { url } = settings;
  if (url === undefined || settings.cookies.length === 0) return [];
  return [siteSessionProvider({ domain, clock: env.clock, log, fetch, settings: { ...settings, url } })];
}

function sitePassword({ domain, env, fetch, log, sitePassword: settings }: CreateAuthenticatorOptions) {
  const { url } = settings;
  if (url === undefined) return [];
  return [sitePasswordProvider({ domain, clock: env.clock, log, fetch, settings: { ...settings, url } })];
}

/** The provider of WordPress's cookies, where its database is set, with what closes that. */
function wordpress({ domain, env, log, wordpress: settings }: CreateAuthenticatorOptions) {
  if (settings.database === undefined) return undefined;
  const users = openWordpressUsers(settings.database, settings);
  const hashes = new HashThread();
  return {
    provider: wordpressProvider({ domain, clock: env.clock, log, users, settings, hashes }),
    close: async () => {
      await hashes.close();
      await users.close();
    },
  };
}

/** The chain of a host with accounts of its own and perhaps guests. Its sweeping of old tokens goes on until `stop`. */
export function createAuthenticator(options: CreateAuthenticatorOptions): {
  readonly authenticator: Authenticator;
  readonly stop: () => Promise<void>;
} {
  const { attempts, domain, env, guests, iterations, log, serverKey, storage, token } = options;
  const secret = deriveKey(serverKey, 'scram');
  const fast = new StoredFastTokens({
    store: storage.tokens,
    env,
    domain,
    secret: deriveKey(serverKey, 'fast'),
    guests,
    ...(options.tokenLife === undefined ? {} : { life: options.tokenLife }),
  });
  const blog = wordpress(options);
  const used = new UsedTokens(env.clock, storage.usedTokens, token.remembered);
  const authenticator = new AuthenticatorChain({
    domain,
    providers: [
      tokenProvider({
        domain,
        clock: env.clock,
        log,
        settings: token,
        secrets: [...token.secrets.map((text) => Buffer.from(text)), ownTokenSecret(serverKey)],
        published: publishedKeys(options),
        used,
        ended: options.endedSignIns,
      }),
      ...siteSession(options),
      ...(blog ? [blog.provider] : []),
      internalProvider({ users: storage.users, domain, iterations, random: env.random, secret, log }),
      // Passwords of accounts that the server has itself are told to nobody, and good while the site is away.
      ...sitePassword(options),
      ...(options.frames ? [options.frames.provider()] : []),
      ...(guests ? [anonymousProvider(domain, env.random, options.door)] : []),
    ],
    fast,
    attempts: attempts && new Attempts(env.clock, attempts),
    iterations,
    secret,
    ...(options.suspended ? { suspended: options.suspended } : {}),
  });
  const sweepFailed = (err: unknown) => log.warn({ err }, 'expired tokens were not removed');
  const stopSweeping = [fast.startSweeping(sweepFailed), used.startSweeping(sweepFailed)];
  const stop = async () => {
    for (const off of stopSweeping) off();
    await blog?.close();
  };
  return { authenticator, stop };
}
