import type { Link } from '@meerkat-chat/xmpp';
import type { BoshState } from './bosh-state.js';

/** The browser's end of a transport. `close()` lets go of the link; it is `<close/>` before it that ends a session. */
export interface ClientLink extends Link {
  readonly kind: 'bosh' | 'websocket';
  /** True when nobody between can read along: TLS, or loopback. */
  readonly secure: boolean;
  /**
   * Lets go at once, for a page that goes away: nothing is flushed.
   * @returns what a later link goes on with, where the transport can (BOSH)
   */
  suspend(): BoshState | undefined;
}

/** Why a BOSH link ends when there is something else at its URL. */
export const NO_ENDPOINT = 'no BOSH at this URL';

/** True for a URL whose traffic nobody between can read. Loopback counts (W3C Secure Contexts section 3.1). */
export function isSecureUrl(url: string): boolean {
  const { hostname, protocol } = new URL(url);
  if (protocol === 'wss:' || protocol === 'https:') return true;
  return /^(?:localhost|.*\.localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
}
