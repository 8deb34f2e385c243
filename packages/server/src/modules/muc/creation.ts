import { assertNever, localOf, type StanzaError, stanzaError } from '@meerkat-chat/xmpp';
import { addressKey } from '../../kernel/address-key.js';
import type { Session } from '../../kernel/session.js';
import type { TokenBuckets } from '../../kernel/token-buckets.js';
import { defaultConfig } from './config.js';
import type { MucContext } from './muc-context.js';
import type { Room } from './room.js';

function mayCreate(muc: MucContext, session: Session): boolean {
  switch (muc.settings.create) {
    case 'anyone':
      return true;
    case 'users':
      return session.identity.kind === 'user';
    case 'admins':
      return muc.rooms.isAdmin(session.account);
    case 'nobody':
      return false;
    default:
      return assertNever(muc.settings.create);
  }
}

/**
 * Makes a room for a session that joins one that is not there, or says why not. A user becomes its owner, and the
 * room is kept from then on; a guest owns nothing, and the room goes with its last occupant. No room is locked.
 */
export function createRoom(
  muc: MucContext,
  room: Room,
  session: Session,
  byAddress: TokenBuckets<string>,
): StanzaError | undefined {
  if (!mayCreate(muc, session)) return stanzaError('not-allowed', 'You may not make a room here.');
  if (muc.settings.rateLimits && !byAddress.take(addressKey(session.peer.address))) {
    return stanzaError('policy-violation', 'Too many rooms were made from your address. Try again later.', {
      type: 'wait',
    });
  }
  room.established = true;
  if (session.identity.kind === 'guest') return undefined;
  room.affiliations.set(session.account, 'owner');
  room.config = defaultConfig(localOf(room.jid), true, muc.settings.archive);
  return undefined;
}
