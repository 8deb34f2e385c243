import type { Millis } from '@meerkat-chat/xmpp';
import type { Knex } from 'knex';
import type { EndedSignIn, EndedSignInStore } from '../storage.js';

/** Sign-ins that have ended, in SQLite. */
export class SqliteEndedSignIns implements EndedSignInStore {
  readonly #db: Knex;

  constructor(db: Knex) {
    this.#db = db;
  }

  async note({ at, digest }: EndedSignIn, instead?: string): Promise<void> {
    await this.#db<EndedSignIn>('ended_sign_ins').insert({ at, digest }).onConflict('digest').merge();
    // Should this fail, there is one too many until its time comes.
    if (instead !== undefined) await this.#db('ended_sign_ins').where({ digest: instead }).delete();
  }

  list({ after, limit }: { readonly after?: string; readonly limit: number }): Promise<EndedSignIn[]> {
    return this.#db<EndedSignIn>('ended_sign_ins')
      .where('digest', '>', after ?? '')
      .orderBy('digest')
      .limit(limit);
  }

  async sweep(before: Millis): Promise<void> {
    await this.#db('ended_sign_ins').where('at', '<=', before).delete();
  }
}
