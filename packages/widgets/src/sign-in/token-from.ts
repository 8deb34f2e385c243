import type { SiteReply, SiteRequest } from './ask-site.js';
import { type Asked, readAnswer } from './token-answer.js';

/** How long a site may take to answer, in ms. */
export const PATIENCE = 15_000;

/** Asks a site; rejects where nobody answers. */
export type AskSite = (url: string, request: SiteRequest) => Promise<SiteReply>;

/** Where a site gives tokens, and what it wants to be shown for one. */
export interface TokenPlace {
  readonly tokenFrom: string;
  /** A nonce of WordPress, which goes along as `X-WP-Nonce`. */
  readonly tokenNonce?: string | undefined;
  readonly tokenNonceFrom?: string | undefined;
}

/**
 * Asks a site for a token of whoever is signed in there. A nonce that has become too old, as on a page that comes from a
 * cache, is renewed once.
 */
export async function tokenFrom(ask: AskSite, place: TokenPlace): Promise<Asked> {
  const { tokenFrom: url, tokenNonce, tokenNonceFrom } = place;
  const once = (nonce: string | undefined) =>
    ask(url, {
      method: 'POST',
      headers: { accept: 'application/json', ...(nonce ? { 'x-wp-nonce': nonce } : {}) },
      timeout: PATIENCE,
    });
  try {
    const first = await once(tokenNonce);
    if (first.status !== 403 || !tokenNonceFrom || !first.text.includes('invalid_nonce')) {
      return readAnswer(first);
    }
    const fresh = await ask(tokenNonceFrom, { method: 'GET', headers: {}, timeout: PATIENCE });
    const nonce = fresh.text.trim();
    // Without one WordPress says that nobody is signed in.
    if (fresh.status !== 200 || !/^[\w-]{1,64}$/.test(nonce)) return { kind: 'out' };
    return readAnswer(await once(nonce));
  } catch (error) {
    return { kind: 'down', why: error instanceof Error ? error.message : String(error) };
  }
}
