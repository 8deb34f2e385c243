import type { BareJid, Millis } from '@meerkat-chat/xmpp';
import { isGuestName } from '../auth/anonymous.js';
import { textOfArchived } from '../kernel/archived-text.js';
import { parseGrant } from '../kernel/grant.js';
import type { OccupantIds } from '../kernel/occupant-ids.js';
import type { ArchiveEntry, Storage } from '../storage/storage.js';
import { idsOf, type Person, saidInRooms, saidToPeople } from './person.js';

/** What exporting needs: it only reads. */
export interface ExportOptions {
  readonly storage: Storage;
  readonly ids: OccupantIds;
  isRoom(archive: BareJid): boolean;
}

/** One thing that is kept of a person. Times are milliseconds since 1970; secrets are in none of them. */
export type ExportedLine = { readonly kind: string } & Readonly<Record<string, unknown>>;

/** Entries and messages that are read at a time. */
const PAGE = 200;
/** More tokens than anybody has: two for each of their devices. */
const MOST_TOKENS = 100_000;

/** Everything that is kept of a person, one thing after another; no more than a page is in memory. */
export async function* exportPerson(person: Person, options: ExportOptions): AsyncGenerator<ExportedLine> {
  const { ids, isRoom, storage } = options;
  if (person.kind === 'occupant') {
    const { occupantId, room } = person;
    for await (const { archive, entries } of saidInRooms(storage.archive, isRoom, () => [occupantId], room)) {
      yield* entries.map((entry) => lineOf('room-message', { room: archive }, entry));
    }
    return;
  }
  const { account } = person;
  const user = await storage.users.get(account);
  if (user) yield accountLine(user);
  for (const { clientId, expiresAt, grant, issuedAt } of await storage.tokens.of(account, MOST_TOKENS)) {
    const granted = grant === undefined ? {} : { granted: parseGrant(grant) };
    yield { kind: 'sign-in', client: clientId, issuedAt, expiresAt, ...granted };
  }
  const status = await storage.statuses.of(account);
  if (status) yield { kind: 'shared-status', id: status.id, status: status.status, since: status.since };
  yield* affiliations(storage, account);
  let own = 0;
  for await (const line of archive(storage, account)) {
    own++;
    yield line;
  }
  const gone = user || isGuestName(account) ? 'no' : 'all';
  const idsIn = (room: BareJid): readonly string[] => [
    ...(gone === 'all' ? idsOf(ids, room, account, 'all') : []),
    ids.of(room, account),
  ];
  for await (const { archive: room, entries } of saidInRooms(storage.archive, isRoom, idsIn)) {
    yield* entries.map((entry) => lineOf('room-message', { room }, entry));
  }
  // Who has an archive has it there; guests have none, and neither has whose account was removed.
  if (own === 0 && !user) {
    for await (const { archive: to, entries } of saidToPeople(storage.archive, isRoom, account)) {
      yield* entries.map((entry) => lineOf('message', { to }, entry));
    }
  }
  yield* auditLines(storage, account);
}

function accountLine(user: {
  readonly account: BareJid;
  readonly createdAt: Millis;
  readonly keys?: unknown;
  readonly changedAt?: Millis;
  readonly suspendedAt?: Millis;
}): ExportedLine {
  const { account, changedAt, createdAt, keys, suspendedAt } = user;
  return {
    kind: 'account',
    account,
    createdAt,
    hasPassword: keys !== undefined,
    ...(changedAt === undefined ? {} : { passwordChangedAt: changedAt }),
    ...(suspendedAt === undefined ? {} : { suspendedAt }),
  };
}

function lineOf(kind: string, where: object, { at, id, sender, xml }: ArchiveEntry): ExportedLine {
  return { kind, ...where, id, at, sender, text: textOfArchived(xml), xml };
}

async function* affiliations({ rooms }: Storage, account: BareJid): AsyncGenerator<ExportedLine> {
  for (let after: BareJid | undefined; ; ) {
    const page = await rooms.affiliationsOf(account, {
      limit: PAGE,
      ...(after === undefined ? {} : { after }),
    });
    for (const { affiliation, room } of page) yield { kind: 'affiliation', room, affiliation };
    after = page.at(-1)?.room;
    if (page.length < PAGE) return;
  }
}

async function* archive({ archive: store }: Storage, account: BareJid): AsyncGenerator<ExportedLine> {
  for (let after: string | undefined; ; ) {
    const page = await store.query({
      archive: account,
      max: PAGE,
      ...(after === undefined ? {} : { after }),
    });
    // Purged meanwhile: what comes behind is read by time no more, and the rest is gone with it.
    if (!page.found) return;
    yield* page.entries.map((entry) => lineOf('message', { with: entry.sender }, entry));
    after = page.entries.at(-1)?.id;
    if (page.complete) return;
  }
}

async function* auditLines({ audit }: Storage, account: BareJid): AsyncGenerator<ExportedLine> {
  const names = [account, account.slice(0, account.indexOf('@'))];
  for (let before: number | undefined; ; ) {
    const page = await audit.list({ limit: PAGE, ...(before === undefined ? {} : { before }) });
    for (const { action, actor, at, details, target } of page) {
      if (!names.includes(target) && !names.includes(String(details.user))) continue;
      yield { kind: 'audit', at, actor, action, target, details };
    }
    before = page.at(-1)?.id;
    if (page.length < PAGE) return;
  }
}
