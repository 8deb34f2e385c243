import type { BareJid, Clock, DomainJid } from '@meerkat-chat/xmpp';
import { bareJid } from '@meerkat-chat/xmpp';
import type { Logger } from '../../kernel/logger.js';
import type { Peer } from '../../link/server-link.js';
import type { AuthProvider, AuthVerdict } from '../provider.js';
import { readClaims, type TokenClaims } from './claims.js';
import type { EndedSignIns } from './ended-sign-ins.js';
import type { TokenSettings } from './settings.js';
import { type Refusal, signedPayload, type TokenKeys } from './signature.js';
import type { UsedTokens } from './used-tokens.js';

/** The longest token that is looked at, in characters. */
export const MAX_TOKEN_LENGTH = 8192;

/** What judges tokens. */
export interface TokenProviderOptions extends TokenKeys {
  readonly domain: DomainJid;
  readonly clock: Clock;
  readonly log: Logger;
  readonly settings: TokenSettings;
  readonly used: UsedTokens;
  /** Sign-ins to the site that it has ended. */
  readonly ended?: Pick<EndedSignIns, 'has'> | undefined;
}

/** How many cookies of one name are looked at: browsers send one for each path that they were set for. */
const MAX_COOKIES = 4;

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
    const refused = ({ reason, why }: Refusal): AuthVerdict => {
      log.info({ address: peer.address, why }, 'a token was refused');
      return { verdict: 'refused', reason };
    };
    const read = await understood(options, token);
    if ('why' in read) return refused(read);
    const { claims } = read;
    const problem =
      refusalOf(options, read) ??
      refusalHere(claims, peer, account) ??
      refusalOfSignIn(options, claims) ??
      (singleUse ? await refusalOfUse(options, claims) : undefined);
    if (problem) return refused(problem);
    return { verdict: 'accepted', identity: { account: claims.account, kind: 'user', grant: claims.grant } };
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

/** Checks signature and form, and reads the claims. */
async function understood(
  options: TokenProviderOptions,
  token: string,
): Promise<{ readonly claims: TokenClaims; readonly shared: boolean } | Refusal> {
  const signed = await signedPayload(token, options);
  if ('why' in signed) return signed;
  const claims = readClaims(signed.payload, options.domain);
  if ('problem' in claims) return { reason: 'not-authorized', why: claims.problem };
  return { claims, shared: signed.shared };
}

/** Why a token with a good signature is of no use to this server now. */
function refusalOf(
  { clock, domain, settings }: TokenProviderOptions,
  { claims, shared }: { readonly claims: TokenClaims; readonly shared: boolean },
): Refusal | undefined {
  const now = clock.now();
  const { audience, expiresAt, grant, issuer, madeAt, notBefore } = claims;
  const { leeway, maxLife } = settings;
  const wanted = settings.audience.length > 0 ? settings.audience : [domain];
  if (expiresAt <= now - leeway) return { reason: 'credentials-expired', why: 'claim exp: it has expired' };
  if (notBefore !== undefined && notBefore > now + leeway) return refused('claim nbf: it is not good yet');
  // By its own word as well: in the end of its life it would outlast what is remembered of ended sign-ins.
  if (expiresAt > Math.min(now, madeAt ?? now) + maxLife + leeway) {
    return refused('claim exp: further ahead than auth.token.maxLife');
  }
  if (grant.until !== undefined && grant.until <= now) {
    return { reason: 'credentials-expired', why: 'claim until: it is over' };
  }
  if (settings.issuer !== undefined && issuer !== settings.issuer) {
    return refused(`claim iss: not ${settings.issuer}`);
  }
  // A secret is shared with one site, so a token needs no audience; one for somebody else is foreign all the same.
  const foreign = audience ? !audience.some((one) => wanted.includes(one)) : !shared;
  return foreign ? refused(`claim aud: not for ${wanted.join(', ')}`) : undefined;
}

/** Why a token is of no use to whoever presents it. */
function refusalHere(
  { account: whose, origins }: TokenClaims,
  { origin }: Peer,
  account: BareJid | undefined,
): Refusal | undefined {
  if (account !== undefined && account !== whose) return refused(`it is for ${whose}, not for ${account}`);
  if (origins && (origin === undefined || !origins.includes(origin))) {
    return refused(`claim origin: it came from ${origin ?? 'no page'}`);
  }
  return undefined;
}

/** Why a token is of no use any more although it has not expired. */
function refusalOfSignIn(
  { ended }: TokenProviderOptions,
  { account, grant: { signIn }, madeAt }: TokenClaims,
): Refusal | undefined {
  if (!ended?.has({ account, signIn, madeAt })) return undefined;
  return {
    reason: 'credentials-expired',
    why: 'claim sid or iat: the sign-in that it was made for has ended',
  };
}

/** Why a token that is taken once is not taken now; undefined when it is, and then it has been used. */
async function refusalOfUse(
  { settings, used }: TokenProviderOptions,
  { expiresAt, id }: TokenClaims,
): Promise<Refusal | undefined> {
  if (id === undefined) return undefined;
  switch (await used.use(id, expiresAt + settings.leeway)) {
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

function refused(why: string): Refusal {
  return { reason: 'not-authorized', why };
}
