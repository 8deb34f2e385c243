import type { BareJid } from '@meerkat-chat/xmpp';
import { parseGrant } from '../kernel/grant.js';
import type { TokenStore } from '../storage/storage.js';

/** Tokens of an account that are looked through: one client has two at most. */
const LOOKED_AT = 1000;

/**
 * Forgets by what somebody would come back without signing in (XEP-0484), so that who is sent away has to sign in anew.
 * @param signIn only what came of this sign-in to the site, as the site calls it
 */
export async function forgetSignIns(
  tokens: Pick<TokenStore, 'drop' | 'of'>,
  account: BareJid,
  signIn?: string,
): Promise<void> {
  if (signIn === undefined) return tokens.drop(account);
  const found = await tokens.of(account, LOOKED_AT);
  const clients = found
    .filter(({ grant }) => grant !== undefined && parseGrant(grant).signIn === signIn)
    .map(({ clientId }) => clientId);
  for (const client of new Set(clients)) await tokens.drop(account, client);
}
