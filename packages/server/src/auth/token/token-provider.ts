import type { BareJid, Clock, DomainJid } from '@meerkat-chat/xmpp';
import { bareJid } from '@meerkat-chat/xmpp';
import { decodeProtectedHeader, errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { Logger } from '../../kernel/logger.js';
import type { Peer } from '../../link/server-link.js';
import type { AuthProvider, AuthRefusal, AuthVerdict } from '../provider.js';
import { readClaims, type TokenClaims } from './claims.js';
import type { TokenSettings } from './settings.js';
import { isShared, PUBLISHED_ALGORITHMS, SHARED_ALGORITHM } from './token-keys.js';
import type { UsedTokens } from './used-tokens.js';

/** The longest token that is looked at, in characters. */
export const MAX_TOKEN_LENGTH = 8192;

/** What judges tokens. */
export interface TokenProviderOptions {
  readonly domain: DomainJid;
  readonly clock: Clock;
  readonly log: Logger;
  readonly settings: TokenSettings;
  /** Secrets that tokens may be signed with: the site's, and the one that `meerkat token` uses. */
  readonly secrets: readonly Buffer[];
  /** The keys that the site publishes. */
  readonly published: JWTVerifyGetKey | undefined;
  readonly used: UsedTokens;
}

/** How many cookies of one name are looked at: browsers send one for each path that they were set for. */
const MAX_COOKIES = 4;

interface Refusal {
  readonly reason: AuthRefusal;
  /** For the log: what the site's owner has to know. Whoever presents the token is told the condition alone. */
  readonly why: string;
}

/**
 * Judges tokens that the site has signed (JWT, RFC 7519): by OAUTHBEARER and X-OAUTH2, and as passwords where the
 * settings say so.
 */
export function tokenProvider(options: TokenProviderOptions): AuthProvider {
  const { domain, log, settings } = options;

  const judge = async (
    token: string,
    peer: Peer,
    account: BareJid | undefined,
    singleUse = settings.singleUse,
  ): Promise<AuthVerdict | 'none'> => {
    if (!looksLikeToken(token)) return 'none';
    const claims = await verify(options, token);
    const problem = 'why' in claims ? claims : refusalOf(options, claims, peer, account, singleUse);
    if (problem) {
      log.info({ address: peer.address, why: problem.why }, 'a token was refused');
      return { verdict: 'refused', reason: problem.reason };
    }
    const { account: who, grant } = claims as TokenClaims;
    return { verdict: 'accepted', identity: { account: who, kind: 'user', grant } };
  };

  const signs = settings.secrets.length > 0 || settings.jwks !== undefined;
  return {
    id: 'token',
    offersTokens: signs,
    async verifyToken(token, peer) {
      const verdict = await judge(token, peer, undefined);
      return verdict === 'none' ? { verdict: 'refused', reason: 'not-authorized' } : verdict;
    },
    ...(settings.cookie === undefined
      ? {}
      : {
          cookies: {
            knows: (name) => name === settings.cookie,
            async verify(cookies, peer) {
              // A browser has it for as long as it is good, and sends it each time.
              for (const value of cookies.values(settings.cookie ?? '').slice(0, MAX_COOKIES)) {
                const verdict = await judge(value, peer, undefined, false);
                if (verdict !== 'none') return verdict;
              }
              return { verdict: 'unknown' };
            },
          },
        }),
    ...(settings.asPassword && signs
      ? {
          async verifyPassword(local, password, peer) {
            const account = bareJid(local, domain);
            const verdict = account && (await judge(password, peer, account));
            return verdict === undefined || verdict === 'none' ? { verdict: 'unknown' } : verdict;
          },
        }
      : {}),
  };
}

/** Whether a text could be a token at all: three parts in the letters of base64url, and not too long. */
function looksLikeToken(text: string): boolean {
  return text.length <= MAX_TOKEN_LENGTH && /^[\w-]+\.[\w-]+\.[\w-]+$/.test(text);
}

/** Checks signature, times, issuer and audience, and reads the claims. */
async function verify(options: TokenProviderOptions, token: string): Promise<TokenClaims | Refusal> {
  const { clock, domain, published, secrets, settings } = options;
  const checks = {
    currentDate: new Date(clock.now()),
    clockTolerance: settings.leeway / 1000,
    requiredClaims: ['exp', 'sub'],
    ...(settings.issuer === undefined ? {} : { issuer: settings.issuer }),
  };
  const audience = settings.audience.length > 0 ? settings.audience : [domain];
  try {
    const header = decodeProtectedHeader(token);
    if (!isShared(header)) {
      if (!published) return { reason: 'not-authorized', why: `there is no key for ${String(header.alg)}` };
      const { payload } = await jwtVerify(token, published, {
        ...checks,
        audience,
        algorithms: PUBLISHED_ALGORITHMS,
      });
      return understood(payload, domain);
    }
    let refusal: Refusal = { reason: 'not-authorized', why: 'there is no secret for HS256' };
    for (const secret of secrets) {
      try {
        const { payload } = await jwtVerify(token, secret, { ...checks, algorithms: [SHARED_ALGORITHM] });
        // A secret is shared with one site, so a token needs no audience; one for somebody else is foreign all the same.
        if (payload.aud !== undefined && !meets(payload.aud, audience)) {
          return { reason: 'not-authorized', why: `claim aud: not for ${audience.join(', ')}` };
        }
        return understood(payload, domain);
      } catch (error) {
        refusal = refusalFor(error);
        if (!(error instanceof errors.JWSSignatureVerificationFailed)) return refusal;
      }
    }
    return refusal;
  } catch (error) {
    return refusalFor(error);
  }
}

function understood(payload: unknown, domain: DomainJid): TokenClaims | Refusal {
  const claims = readClaims(payload, domain);
  return 'problem' in claims ? { reason: 'not-authorized', why: claims.problem } : claims;
}

function meets(said: string | readonly string[], wanted: readonly string[]): boolean {
  return (typeof said === 'string' ? [said] : said).some((one) => wanted.includes(one));
}

/** Why a token with a good signature is of no use here; undefined when it is, and then it has been used. */
function refusalOf(
  { clock, settings, used }: TokenProviderOptions,
  claims: TokenClaims,
  peer: Peer,
  account: BareJid | undefined,
  singleUse: boolean,
): Refusal | undefined {
  const refused = (why: string): Refusal => ({ reason: 'not-authorized', why });
  if (account !== undefined && account !== claims.account) {
    return refused(`it is for ${claims.account}, not for ${account}`);
  }
  if (claims.origins && (peer.origin === undefined || !claims.origins.includes(peer.origin))) {
    return refused(`claim origin: it came from ${peer.origin ?? 'no page'}`);
  }
  if (claims.expiresAt > clock.now() + settings.maxLife + settings.leeway) {
    return refused('claim exp: further ahead than auth.token.maxLife');
  }
  if (claims.grant.until !== undefined && claims.grant.until <= clock.now()) {
    return { reason: 'credentials-expired', why: 'claim until: it is over' };
  }
  if (!singleUse || claims.id === undefined) return undefined;
  switch (used.use(claims.id, claims.expiresAt + settings.leeway)) {
    case true:
      return undefined;
    case false:
      return refused('claim jti: it has been used before');
    case 'full':
      return {
        reason: 'temporary-auth-failure',
        why: 'too many tokens are remembered (auth.token.remembered)',
      };
  }
}

function refusalFor(error: unknown): Refusal {
  if (error instanceof errors.JWTExpired)
    return { reason: 'credentials-expired', why: 'claim exp: it has expired' };
  const known =
    error instanceof errors.JOSEError &&
    !(error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid);
  // A claim's name, or what is wrong with the form; never what the token holds.
  if (known) return { reason: 'not-authorized', why: error.message };
  // JSON that is none, or bytes that are none, of whoever made the token up.
  if (error instanceof TypeError && /header|protected|token/i.test(error.message)) {
    return { reason: 'not-authorized', why: error.message };
  }
  const why = error instanceof Error ? error.message : String(error);
  return { reason: 'temporary-auth-failure', why: `the keys cannot be had: ${why}` };
}
