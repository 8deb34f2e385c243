import { createRemoteJWKSet, customFetch, type FetchImplementation, type JWTVerifyGetKey } from 'jose';

/** Algorithms of keys that a site publishes. */
export const PUBLISHED_ALGORITHMS = ['EdDSA', 'Ed25519', 'ES256', 'ES384', 'PS256', 'RS256'];
/** The one of secrets that we share with a site. */
export const SHARED_ALGORITHM = 'HS256';

/** How long an answer with keys may take, how long it is good, and how soon an unknown key may ask for it again: ms. */
const JWKS_TIMEOUT = 5000;
const JWKS_LIFE = 600_000;
const JWKS_COOLDOWN = 30_000;

/**
 * The keys that a site publishes at a URL (RFC 7517), kept for ten minutes. A key that is not among them has them
 * fetched again, but not more than twice a minute, whatever keys an attacker makes up.
 */
export function publishedKeys(url: string, fetch?: FetchImplementation): JWTVerifyGetKey {
  return createRemoteJWKSet(new URL(url), {
    timeoutDuration: JWKS_TIMEOUT,
    cacheMaxAge: JWKS_LIFE,
    cooldownDuration: JWKS_COOLDOWN,
    ...(fetch === undefined ? {} : { [customFetch]: fetch }),
  });
}
