import type { BareJid, Clock } from '@meerkat-chat/xmpp';
import { isGuestName } from '../auth/anonymous.js';
import { type UserAdmin, UserAdminError } from '../auth/user-admin.js';
import type { OccupantIds } from '../kernel/occupant-ids.js';
import type { Storage } from '../storage/storage.js';
import { type Found, idsOf, type Person, saidInRooms, saidToPeople } from './person.js';
import { tombstone } from './tombstone.js';

/** What erasing needs. */
export interface ErasingOptions {
  readonly storage: Pick<Storage, 'archive' | 'audit' | 'rooms' | 'scrub' | 'statuses' | 'tokens'>;
  readonly users: Pick<UserAdmin, 'remove'>;
  readonly ids: OccupantIds;
  readonly clock: Pick<Clock, 'now'>;
  isRoom(archive: BareJid): boolean;
  /** Has a room that is in memory forget what an occupant said. */
  forgetMessages(room: BareJid, occupantId: string): Promise<void>;
}

/** What was removed, counted. */
export interface Erased {
  /** 1 where an account was kept. */
  readonly accounts: number;
  /** For signing in again. */
  readonly tokens: number;
  /** Places in the lists of rooms, bans too. */
  readonly affiliations: number;
  /** Ids under which a status was shown on the web. */
  readonly statuses: number;
  /** Messages of their own archive: what they said to people, and people to them. */
  readonly ownMessages: number;
  /** What they said in rooms. */
  readonly roomMessages: number;
  /** What they said to people, in those people's archives. */
  readonly sentMessages: number;
  /** Lines of the audit log that named them, and do so no longer. */
  readonly auditLines: number;
}

/** Tokens and places that are counted at a time. */
const COUNTED = 1000;

/**
 * Erases what is kept of a person. Messages leave a tombstone with their id, so that archives keep their order; the audit
 * log keeps that something happened, and no name.
 * @throws {UserAdminError} when nothing is kept of them
 */
export async function erasePerson(person: Person, options: ErasingOptions): Promise<Erased> {
  const erased = await erase(person, options);
  await options.storage.scrub();
  if (Object.values(erased).some((count) => count > 0)) return erased;
  throw new UserAdminError('nothing is kept of this person', 'unknown');
}

async function erase(person: Person, options: ErasingOptions): Promise<Erased> {
  const { ids, isRoom, storage, users } = options;
  if (person.kind === 'occupant') {
    const { occupantId, room } = person;
    const found = saidInRooms(storage.archive, isRoom, () => [occupantId], room);
    const roomMessages = await buryAll(found, options, () => [occupantId]);
    return { ...NOTHING, roomMessages };
  }
  const { account } = person;
  const before = {
    tokens: (await storage.tokens.of(account, COUNTED)).length,
    affiliations: await countAffiliations(storage, account),
    statuses: (await storage.statuses.of(account)) ? 1 : 0,
  };
  const { archived, known } = await users.remove(account);
  const idsIn = (room: BareJid): readonly string[] => idsOf(ids, room, account, known ? 'last' : 'all');
  const roomMessages = await buryAll(saidInRooms(storage.archive, isRoom, idsIn), options, idsIn);
  const sentMessages = await buryAll(saidToPeople(storage.archive, isRoom, account), options, () => []);
  const auditLines = await storage.audit.forget(namesOf(account), ERASED);
  return {
    accounts: known ? 1 : 0,
    ...before,
    ownMessages: archived,
    roomMessages,
    sentMessages,
    auditLines,
  };
}

/** What the audit log has in the place of a name. */
export const ERASED = '(erased)';

const NOTHING: Erased = {
  accounts: 0,
  tokens: 0,
  affiliations: 0,
  statuses: 0,
  ownMessages: 0,
  roomMessages: 0,
  sentMessages: 0,
  auditLines: 0,
};

/** How administrators may have written it. */
function namesOf(account: BareJid): readonly string[] {
  return [account, account.slice(0, account.indexOf('@'))];
}

async function buryAll(
  found: AsyncGenerator<Found>,
  { clock, forgetMessages, isRoom, storage }: ErasingOptions,
  idsIn: (room: BareJid) => readonly string[],
): Promise<number> {
  let buried = 0;
  let touched: BareJid | undefined;
  // A room in memory forgets when all its slices are written, or it might read again what is about to go.
  const forget = async (): Promise<void> => {
    if (touched !== undefined) for (const id of idsIn(touched)) await forgetMessages(touched, id);
    touched = undefined;
  };
  for await (const { archive, entries } of found) {
    if (archive !== touched) await forget();
    if (entries.length === 0) continue;
    touched = archive;
    buried += await storage.archive.rewrite(
      entries.map((entry) => tombstone(entry, isRoom(archive), clock.now())),
    );
  }
  await forget();
  return buried;
}

async function countAffiliations({ rooms }: Pick<Storage, 'rooms'>, account: BareJid): Promise<number> {
  if (isGuestName(account)) return 0;
  let count = 0;
  for (let after: BareJid | undefined; ; ) {
    const page = await rooms.affiliationsOf(account, {
      limit: COUNTED,
      ...(after === undefined ? {} : { after }),
    });
    count += page.length;
    after = page.at(-1)?.room;
    if (page.length < COUNTED) return count;
  }
}
