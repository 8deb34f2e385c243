import type { BareJid, DomainJid, Env } from '@meerkat-chat/xmpp';
import type { PasswordSettings } from '../auth/password-rules.js';
import { deriveKey } from '../auth/server-key.js';
import { UserAdmin, type UserAdminOptions } from '../auth/user-admin.js';
import { OCCUPANT_ID_PURPOSE, OccupantIds } from '../kernel/occupant-ids.js';
import type { RoomAdministration } from '../kernel/room-administration.js';
import type { Storage } from '../storage/storage.js';
import { type Erased, erasePerson } from './erase-person.js';
import { type ExportedLine, exportPerson } from './export-person.js';
import { isKnown } from './known-person.js';
import { type Person, roomsBeside } from './person.js';
import { forgetSignIns } from './sign-ins.js';

/** All that administrators do with accounts and with what is kept of people. */
export interface Accounts {
  readonly users: UserAdmin;
  /** Everything that is kept of a person, one thing after another. */
  export(person: Person): AsyncGenerator<ExportedLine>;
  /** Erases what is kept of a person. @throws {UserAdminError} when that is nothing */
  erase(person: Person): Promise<Erased>;
  /** Forgets by what somebody would come back without signing in, or what of it came of one sign-in to the site. */
  forgetSignIns(account: BareJid, signIn?: string): Promise<void>;
  /**
   * Shows the status of somebody on the web, or no longer, whether the storage knows them or a site does.
   * @returns the id of what is shown
   * @throws {UserAdminError} when this server shows none
   */
  shareStatus(account: BareJid, share: boolean): Promise<string | undefined>;
}

/** What it is made of. */
export interface AccountsOptions
  extends Pick<UserAdminOptions, 'changed' | 'erased' | 'shareStatus' | 'suspended'> {
  readonly storage: Storage;
  readonly domain: DomainJid;
  readonly env: Env;
  readonly iterations: number;
  readonly passwords: PasswordSettings;
  readonly rooms: Pick<RoomAdministration, 'forgetMessages' | 'occupantIds'>;
  /** Notes durably that a sign-in of somebody to the site has ended; undefined: all that there have been. */
  readonly signInEnded?: (account: BareJid, signIn: string | undefined) => Promise<void>;
}

/** The ids of occupants where no rooms run: the same as they have there. */
export function storedRooms(
  serverKey: Buffer,
  storage: Pick<Storage, 'former'>,
): Promise<AccountsOptions['rooms']> {
  const { module, purpose } = OCCUPANT_ID_PURPOSE;
  return OccupantIds.open(deriveKey(serverKey, `${module} ${purpose}`), storage.former).then(
    (occupantIds) => ({
      occupantIds,
      forgetMessages: async () => {},
    }),
  );
}

/** Puts the management of accounts together. */
export function openAccounts(options: AccountsOptions): Accounts {
  const { domain, env, rooms, storage } = options;
  const ids = rooms.occupantIds;
  const isRoom = roomsBeside(domain);
  const users = new UserAdmin({
    ...options,
    knows: (account) => isKnown(storage, account),
    retire: (account) => ids.retire(account),
    endSignIns: async (account) => options.signInEnded?.(account, undefined),
  });
  return {
    users,
    export: (person) => exportPerson(person, { storage, ids, isRoom }),
    erase: (person) =>
      erasePerson(person, {
        storage,
        users,
        ids,
        clock: env.clock,
        isRoom,
        forgetMessages: (room, occupantId) => rooms.forgetMessages(room, occupantId),
      }),
    forgetSignIns: async (account, signIn) => {
      await options.signInEnded?.(account, signIn);
      await forgetSignIns(storage.tokens, account, signIn);
    },
    shareStatus: (account, share) => options.shareStatus(account, share),
  };
}
