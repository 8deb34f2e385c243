import type { Chat, ChatAuth } from '@meerkat-chat/sdk';

/** What an element says of who signs in. Of those that share a sign-in, what the last one says by then counts. */
export interface SignInSource {
  /** By what. By default a token where the page has a way to one, else nobody does: a guest. */
  readonly auth?: 'cookie' | 'guest' | 'token' | undefined;
  /** Where the site gives a token to whoever is signed in to it. */
  readonly tokenFrom?: string | undefined;
  /** What goes along as `X-WP-Nonce`. */
  readonly tokenNonce?: string | undefined;
  /** Where WordPress gives another nonce, when that one has become too old. */
  readonly tokenNonceFrom?: string | undefined;
  /** The page's own way to a token; nothing, where nobody is signed in. */
  readonly getToken?: (() => Promise<string | null | undefined>) | undefined;
}

/** Who is signed in to a site, as it says. */
export type SiteAnswer =
  // One object for all elements that are to be the same person.
  | { readonly kind: 'in'; readonly auth: ChatAuth }
  | { readonly kind: 'out' }
  // It says nothing now, and is asked again.
  | { readonly kind: 'down' };

/** The sign-in of a site, in use by one element. */
export interface SignInUse {
  /** Undefined while the site is being asked. */
  readonly answer: SiteAnswer | undefined;
  /** Who asks from now on begins anew: the site is asked again. */
  forget(): void;
  /** The chat that was signed in so: it ends when the site says that nobody is signed in any more. */
  follow(chat: Chat): void;
  /** Lets go of it. */
  release(): void;
}

/** Whether the site is asked for a token. */
export function byToken({ auth, tokenFrom, getToken }: SignInSource): boolean {
  return auth === 'token' || (!auth && Boolean(tokenFrom || getToken));
}
