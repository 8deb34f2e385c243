import { createHmac } from 'node:crypto';
import { compactVerify, decodeProtectedHeader, errors, type JWTVerifyGetKey } from 'jose';
import { sameText } from '../../kernel/same-text.js';
import type { AuthRefusal } from '../provider.js';
import { PUBLISHED_ALGORITHMS, SHARED_ALGORITHM } from './token-keys.js';

/** Why a token is of no use. */
export interface Refusal {
  readonly reason: AuthRefusal;
  /** For the log: what the site's owner has to know. Whoever presents the token is told the condition alone. */
  readonly why: string;
}

/** The keys that tokens may be signed with. */
export interface TokenKeys {
  /** Secrets that are shared with the site (HS256). */
  readonly secrets: readonly Buffer[];
  /** The keys that the site publishes. */
  readonly published: JWTVerifyGetKey | undefined;
}

/** What a token says whose signature is good; `shared` tells that it was made with one of the secrets. */
export interface Signed {
  readonly payload: unknown;
  readonly shared: boolean;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Checks a token's signature (RFC 7515, compact), and nothing of what it says.
 * @param token three parts in the letters of base64url
 */
export async function signedPayload(token: string, keys: TokenKeys): Promise<Refusal | Signed> {
  try {
    const header = decodeProtectedHeader(token);
    if (header.alg === SHARED_ALGORITHM) return byShared(token, header.crit, keys.secrets);
    const { published } = keys;
    if (!published) return refused(`there is no key for ${String(header.alg)}`);
    const { payload } = await compactVerify(token, published, { algorithms: PUBLISHED_ALGORITHMS });
    return { payload: JSON.parse(utf8.decode(payload)), shared: false };
  } catch (error) {
    return refusalFor(error);
  }
}

/**
 * HS256, without WebCrypto: each of its signatures waits for a thread, which costs a sign-in more than all the rest of
 * judging a token. Published keys are never tried here (RFC 8725 section 2.1).
 */
function byShared(token: string, critical: unknown, secrets: readonly Buffer[]): Refusal | Signed {
  // Whatever it is, we do not know it (RFC 7515 section 4.1.11).
  if (critical !== undefined) return refused('header crit: it asks for what is not known here');
  const [head = '', body = '', signature = ''] = token.split('.');
  const signedBy = (secret: Buffer) =>
    sameText(signature, createHmac('sha256', secret).update(`${head}.${body}`).digest('base64url'));
  if (secrets.length === 0) return refused('there is no secret for HS256');
  if (!secrets.some(signedBy)) return refused('signature verification failed');
  return { payload: JSON.parse(utf8.decode(Buffer.from(body, 'base64url'))), shared: true };
}

function refused(why: string): Refusal {
  return { reason: 'not-authorized', why };
}

function refusalFor(error: unknown): Refusal {
  // What is wrong with the form; never what the token holds.
  if (error instanceof errors.JOSEError) return refused(error.message);
  // Text that is no JSON, or bytes that are no text, of whoever made the token up.
  if (error instanceof SyntaxError) return refused('it is not JSON');
  if (error instanceof TypeError && /encoded|header|protected|token/i.test(error.message)) {
    return refused('it has not the form of a token');
  }
  const why = error instanceof Error ? error.message : String(error);
  return { reason: 'temporary-auth-failure', why: `the keys cannot be had: ${why}` };
}
