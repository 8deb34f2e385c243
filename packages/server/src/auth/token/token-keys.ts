/** Algorithms of keys that a site publishes. */
export const PUBLISHED_ALGORITHMS = ['EdDSA', 'Ed25519', 'ES256', 'ES384', 'PS256', 'RS256'];
/** The one of secrets that we share with a site. */
export const SHARED_ALGORITHM = 'HS256';
