import type { z } from 'zod';
import { readRow } from './columns.js';
import type { Database, Value } from './database.js';

/** How a part of the reader looks into the database: every row is read by its schema. */
export class Query {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** @throws HandoverError WORKSPACE_DAMAGED */
  one<T>(schema: z.ZodType<T>, sql: string, ...values: Value[]): T | undefined {
    const row = this.#db.get(sql, ...values);
    return row === undefined ? undefined : readRow(schema, row);
  }

  /** The row of a statement that always gives one. @throws HandoverError WORKSPACE_DAMAGED */
  sole<T>(schema: z.ZodType<T>, sql: string, ...values: Value[]): T {
    return readRow(schema, this.#db.get(sql, ...values));
  }

  /** @throws HandoverError WORKSPACE_DAMAGED */
  all<T>(schema: z.ZodType<T>, sql: string, ...values: Value[]): T[] {
    return this.#db.all(sql, ...values).map((row) => readRow(schema, row));
  }

  /**
   * Rows by their number, one in memory at a time.
   *
   * @param sql with the last number as its last value
   * @throws HandoverError WORKSPACE_DAMAGED
   */
  *following<T extends { readonly number: number }>(
    schema: z.ZodType<T>,
    sql: string,
    ...owner: readonly string[]
  ): Generator<T, void, undefined> {
    for (let last = -1; ; ) {
      const row = this.one(schema, sql, ...owner, last);
      if (row === undefined) return;
      yield row;
      last = row.number;
    }
  }
}
