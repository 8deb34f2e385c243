/** What came of asking for a token. `why` is for the owner of the site. */
export type Asked =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'out'; readonly why?: string | undefined }
  /** `late`: the answer that it may still give. */
  | { readonly kind: 'down'; readonly why: string; readonly late?: Promise<Asked> };

/** A bearer token (RFC 6750 section 2.1), which every JWT is, and how long servers take one. */
const TOKEN = /^[\w.~+/-]+=*$/;
const MAX_TOKEN = 8192;

function tokenIn(text: string): unknown {
  try {
    const said: unknown = JSON.parse(text);
    return typeof said === 'object' && said !== null && 'token' in said ? said.token : said;
  } catch {
    return text;
  }
}

/** Reads a token that a page's own function gave; nothing is nobody. */
export function readToken(token: unknown): Asked {
  if (token === undefined || token === null || token === '') return { kind: 'out' };
  if (typeof token === 'string' && token.length <= MAX_TOKEN && TOKEN.test(token))
    return { kind: 'token', token };
  return { kind: 'down', why: 'it gave something that is no token' };
}

/**
 * Reads the answer of a site: a token as text, or as `{"token": "..."}`; nobody by 401, 403, 204, a null instead of the
 * token, or the way to a page where one signs in.
 */
export function readAnswer({ status, text }: { readonly status: number; readonly text: string }): Asked {
  if (status === 403) return { kind: 'out', why: `it answered 403: ${text.trim().slice(0, 200)}` };
  if (status === 401 || (status >= 300 && status < 400)) return { kind: 'out' };
  if (status < 200 || status > 299) return { kind: 'down', why: `it answered ${status}` };
  return readToken(tokenIn(text.trim()));
}
