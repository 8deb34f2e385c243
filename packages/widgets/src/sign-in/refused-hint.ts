import { type Claims, claimsOf } from '@meerkat-chat/sdk';

/** Clocks that are further apart than that, in seconds, are worth a word. */
const SKEW = 60;

/**
 * Why a server may have refused a token, for the owner of the site: what the token says, and what is odd about it. The
 * token itself is not in it.
 * @param now of this browser, in ms
 */
export function refusedHint(token: string, now: number): string {
  const claims = claimsOf(token);
  const odd = oddities(claims, now / 1000);
  const said = ['sub', 'aud', 'iss', 'exp'].map((name) => `${name} ${JSON.stringify(claims[name as 'sub'])}`);
  return [
    `the chat server refused it (${said.join(', ')}).`,
    ...odd,
    'The log of the server says why: look at the secret or keys, at aud and iss, and at auth.token.maxLife.',
  ].join(' ');
}

function oddities({ sub, exp, iat }: Claims, now: number): readonly string[] {
  if (sub === undefined) return ['It has no sub: is it a JWT?'];
  const found: string[] = [];
  if (typeof iat === 'number' && Math.abs(iat - now) > SKEW) {
    found.push(`The clock that signed it and that of this browser are ${Math.round(iat - now)} s apart.`);
  }
  if (typeof exp !== 'number') found.push('It has no exp.');
  else if (exp < now) found.push(`It ended ${Math.round(now - exp)} s ago.`);
  return found;
}
