import { parseBareJid } from '@meerkat-chat/xmpp';
import { type UserAdmin, UserAdminError } from '../auth/user-admin.js';
import type { Person } from './person.js';

/** How administrators say whom they mean: an account or a guest by name, or an occupant of a room by their id there. */
export interface PersonWish {
  readonly name?: string | undefined;
  /** The whole address. */
  readonly room?: string | undefined;
  readonly occupant?: string | undefined;
}

/** XEP-0421 leaves the form of an id open; ours have 24 letters. */
const OCCUPANT = /^[\w-]{1,64}$/;

/** Reads whom an administrator means. @throws {UserAdminError} */
export function readPerson(users: Pick<UserAdmin, 'account'>, { name, occupant, room }: PersonWish): Person {
  if (name !== undefined && room === undefined && occupant === undefined) {
    return { kind: 'account', account: users.account(name) };
  }
  if (name !== undefined || room === undefined || occupant === undefined) {
    throw new UserAdminError('a person is meant by a name, or by a room and an occupant’s id in it');
  }
  const jid = parseBareJid(room);
  if (jid === undefined) throw new UserAdminError(`${JSON.stringify(room)} is not the address of a room`);
  if (!OCCUPANT.test(occupant)) throw new UserAdminError('this cannot be the id of an occupant');
  return { kind: 'occupant', room: jid, occupantId: occupant };
}
