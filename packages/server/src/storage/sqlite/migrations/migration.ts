import type { Knex } from 'knex';

/** One step of the schema. It runs in a transaction with the note that it has run. */
export interface Migration {
  readonly name: string;
  up(db: Knex): Promise<void>;
}
