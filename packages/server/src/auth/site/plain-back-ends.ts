import { isLoopback } from '../../link/peer.js';

/** The settings that name a back end of the site, or what it publishes. */
export interface BackEndUrls {
  readonly auth: {
    readonly siteSession: { readonly url?: string | undefined };
    readonly sitePassword: { readonly url?: string | undefined };
    readonly token: { readonly jwks?: string | undefined };
  };
  readonly guests: { readonly proof: { readonly url?: string | undefined } };
  readonly registration: { readonly hook?: string | undefined };
}

/**
 * The settings whose back end is asked over plain http on another machine: who is on the way reads cookies and passwords,
 * and can say who signs in. In a network of one's own that may be as it should be, so it is told and not refused.
 */
export function plainBackEnds({ auth, guests, registration }: BackEndUrls): readonly string[] {
  const urls: readonly (readonly [string, string | undefined])[] = [
    ['auth.siteSession.url', auth.siteSession.url],
    ['auth.sitePassword.url', auth.sitePassword.url],
    ['auth.token.jwks', auth.token.jwks],
    ['guests.proof.url', guests.proof.url],
    ['registration.hook', registration.hook],
  ];
  return urls.filter(([, url]) => url !== undefined && isPlain(url)).map(([setting]) => setting);
}

function isPlain(url: string): boolean {
  const { hostname, protocol } = new URL(url);
  const here = hostname === 'localhost' || isLoopback(hostname.replace(/^\[|\]$/g, ''));
  return protocol === 'http:' && !here;
}
