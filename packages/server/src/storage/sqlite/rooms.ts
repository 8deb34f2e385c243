import type { BareJid, Millis } from '@meerkat-chat/xmpp';
import type { Knex } from 'knex';
import type { Affiliation, RoomRecord, RoomStore } from '../storage.js';

interface RoomRow {
  readonly jid: BareJid;
  readonly config: string;
  readonly subject: string | null;
  readonly created_at: Millis;
}

interface AffiliationRow {
  readonly room: BareJid;
  readonly user: BareJid;
  readonly affiliation: Affiliation;
}

function encode(record: RoomRecord): RoomRow {
  return {
    jid: record.jid,
    config: JSON.stringify(record.config),
    subject: record.subject ? JSON.stringify(record.subject) : null,
    created_at: record.createdAt,
  };
}

function decode(row: RoomRow): RoomRecord {
  return {
    jid: row.jid,
    config: JSON.parse(row.config),
    subject: row.subject === null ? undefined : JSON.parse(row.subject),
    createdAt: row.created_at,
  };
}

/** Rooms in SQLite. */
export class SqliteRooms implements RoomStore {
  readonly #db: Knex;
  readonly #forgetArchive: (room: BareJid) => Promise<void>;

  /** @param forgetArchive removes the archive of a room that is about to be deleted */
  constructor(db: Knex, forgetArchive: (room: BareJid) => Promise<void>) {
    this.#db = db;
    this.#forgetArchive = forgetArchive;
  }

  async get(
    jid: BareJid,
  ): Promise<{ record: RoomRecord; affiliations: ReadonlyMap<BareJid, Affiliation> } | undefined> {
    const row = await this.#db<RoomRow>('rooms').where({ jid }).first();
    if (!row) return undefined;
    const affiliations = await this.#db<AffiliationRow>('affiliations').where({ room: jid });
    return {
      record: decode(row),
      affiliations: new Map(affiliations.map(({ user, affiliation }) => [user, affiliation])),
    };
  }

  async put(record: RoomRecord): Promise<void> {
    await this.#db('rooms').insert(encode(record)).onConflict('jid').merge();
  }

  async setAffiliation(room: BareJid, user: BareJid, affiliation: Affiliation): Promise<void> {
    if (affiliation === 'none') {
      await this.#db('affiliations').where({ room, user }).delete();
      return;
    }
    await this.#db('affiliations').insert({ room, user, affiliation }).onConflict(['room', 'user']).merge();
  }

  async delete(jid: BareJid): Promise<boolean> {
    // The archive first: whoever dies in between leaves a room that can be deleted again.
    await this.#forgetArchive(jid);
    return (await this.#db('rooms').where({ jid }).delete()) > 0;
  }

  async list(options: { readonly after?: BareJid; readonly limit: number }): Promise<RoomRecord[]> {
    const rows = await this.#db<RoomRow>('rooms')
      .where('jid', '>', options.after ?? '')
      .orderBy('jid')
      .limit(options.limit);
    return rows.map(decode);
  }

  affiliationsOf(
    user: BareJid,
    options: { readonly after?: BareJid; readonly limit: number },
  ): Promise<{ readonly room: BareJid; readonly affiliation: Affiliation }[]> {
    return this.#db<AffiliationRow>('affiliations')
      .select('room', 'affiliation')
      .where({ user })
      .where('room', '>', options.after ?? '')
      .orderBy('room')
      .limit(options.limit);
  }
}
