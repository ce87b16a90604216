import type { Value } from './database.js';

/** How a part of the writer changes the database: through the writer itself, which refuses once it is closed or something went wrong. */
export interface Door {
  /** @returns how many rows changed */
  run(sql: string, ...values: Value[]): number;
  /** As {@link run}, for rows of one owner in a table that grows with the list. */
  runOf(owner: string, sql: string, ...values: Value[]): number;
  /** Changes one row. @throws Error if there is none, or several */
  changeOne(sql: string, ...values: Value[]): void;
}
