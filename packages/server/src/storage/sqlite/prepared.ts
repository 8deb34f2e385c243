import type { Knex } from 'knex';

/** What is used of the driver's connection, beside Knex. */
interface RawConnection {
  prepare(sql: string, done: (error: Error | null) => void): RawStatement;
}

interface RawStatement {
  run(values: readonly unknown[], done: (error: Error | null) => void): void;
  finalize(done: () => void): void;
}

/**
 * A statement that is prepared once and runs in one trip to the driver's threads, for what happens all the time: Knex
 * builds and prepares each query anew. It takes turns with the queries and transactions of Knex, on the same connection.
 */
export class Prepared {
  readonly #db: Knex;
  readonly #sql: string;
  #made: { readonly connection: RawConnection; readonly statement: RawStatement } | undefined;

  constructor(db: Knex, sql: string) {
    this.#db = db;
    this.#sql = sql;
  }

  /** Runs it by itself: what it changes is on disk when this fulfils, and nothing is changed when it rejects. */
  async run(...values: readonly (string | number)[]): Promise<void> {
    const { client } = this.#db;
    const connection: RawConnection = await client.acquireConnection();
    try {
      const statement = await this.#on(connection);
      await new Promise<void>((fulfil, reject) => {
        statement.run(values, (error) => (error ? reject(error) : fulfil()));
      });
    } finally {
      client.releaseConnection(connection);
    }
  }

  /** Lets go of it; the connection cannot be closed before. */
  async close(): Promise<void> {
    const made = this.#made;
    this.#made = undefined;
    if (made) await new Promise<void>((fulfil) => made.statement.finalize(fulfil));
  }

  async #on(connection: RawConnection): Promise<RawStatement> {
    if (this.#made?.connection === connection) return this.#made.statement;
    await this.close();
    const statement = await new Promise<RawStatement>((fulfil, reject) => {
      const made = connection.prepare(this.#sql, (error) => (error ? reject(error) : fulfil(made)));
    });
    this.#made = { connection, statement };
    return statement;
  }
}
