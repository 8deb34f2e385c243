import { bareJid, type DomainJid, type Random, randomId } from '@meerkat-chat/xmpp';
import type { GuestDoor } from './guests/guest-door.js';
import type { AuthProvider } from './provider.js';

/** How the names of guests begin; nobody may register such a name. */
export const GUEST_PREFIX = 'guest-';

/** True for a name that belongs to guests. @param local prepared */
export function isGuestName(local: string): boolean {
  return local.startsWith(GUEST_PREFIX);
}

/** Lets guests in, each under a name that nobody can guess (100 bits). @param door none: whoever comes */
export function anonymousProvider(
  domain: DomainJid,
  random: Random,
  door?: Pick<GuestDoor, 'knock'>,
): AuthProvider {
  return {
    id: 'anonymous',
    async anonymous(peer, proof) {
      const refusal = await door?.knock(peer.address, proof);
      if (refusal) return { verdict: 'refused', reason: 'temporary-auth-failure', ...refusal };
      const account = bareJid(GUEST_PREFIX + randomId(random, 20), domain);
      if (!account) throw new Error('a guest’s name must be a valid local part');
      return { verdict: 'accepted', identity: { account, kind: 'guest' } };
    },
  };
}
