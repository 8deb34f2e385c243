import type { BareJid } from '@meerkat-chat/xmpp';
import type { ChatOptions } from './chat-options.js';
import { browserPlatform } from './runtime.js';

/** Who wants an account, and of which server; that of the page where nothing else is said. */
export interface RegisterOptions extends Pick<ChatOptions, 'bosh' | 'domain' | 'server' | 'websocket'> {
  readonly username: string;
  readonly password: string;
}

/**
 * Makes an account (XEP-0077) where the server's operator has opened that, over a secure connection; answers with its
 * address. Signing in with it is another step: `createChat({ auth: { kind: 'password', username, password } })`.
 * Rejects with `RequestError`, whose text is a sentence for the person: `conflict` for a name that is taken,
 * `not-acceptable` for a name or a password that cannot be, `resource-constraint` when there were too many,
 * `not-allowed` from the site, `service-unavailable` where nobody can register.
 */
export async function register(options: RegisterOptions): Promise<BareJid> {
  const { registerAccount } = await import('./register-account.js');
  return registerAccount(options, browserPlatform());
}
