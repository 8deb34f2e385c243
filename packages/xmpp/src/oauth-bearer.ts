/** What a client says with OAUTHBEARER (RFC 7628 section 3.1). */
export interface OAuthBearer {
  readonly token: string;
  /** The address to act as; undefined where the client leaves that to the token. */
  readonly authzid: string | undefined;
}

/** Between the parts of the message, and alone the client's last word after a refusal (RFC 7628 section 3.2.3). */
export const BEARER_SEPARATOR = '\x01';

/** Characters that a bearer token is made of (RFC 6750 section 2.1). */
const TOKEN = /^[A-Za-z0-9\-._~+/]+=*$/;

/** Writes the client's message: a GS2 header without channel binding, then `auth=Bearer TOKEN`. */
export function formatOAuthBearer({ authzid, token }: OAuthBearer): string {
  const name = authzid === undefined ? '' : `a=${authzid.replaceAll('=', '=3D').replaceAll(',', '=2C')}`;
  return `n,${name},${BEARER_SEPARATOR}auth=Bearer ${token}${BEARER_SEPARATOR}${BEARER_SEPARATOR}`;
}

/**
 * Reads the client's message; undefined when it is malformed or wants a channel bound. Host and port, and keys that we
 * do not know, are passed over (RFC 7628 section 3.1).
 */
export function parseOAuthBearer(message: string): OAuthBearer | undefined {
  const [header = '', ...pairs] = message.split(BEARER_SEPARATOR);
  const [, name] = /^[ny],(?:a=([^,\0]+))?,$/.exec(header) ?? [undefined, null];
  const ended = pairs.pop() === '' && pairs.pop() === '';
  const auth = pairs.filter((pair) => pair.startsWith('auth='));
  const [, token] = /^auth=bearer +(\S+) *$/i.exec(auth.length === 1 ? (auth[0] ?? '') : '') ?? [];
  if (name === null || !ended || token === undefined || !TOKEN.test(token)) return undefined;
  if (name !== undefined && /=(?!2C|3D)/i.test(name)) return undefined;
  return { token, authzid: name?.replace(/=2C/gi, ',').replace(/=3D/gi, '=') };
}
