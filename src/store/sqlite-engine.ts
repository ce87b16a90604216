import type { SqliteEngineName } from '../messages/engines.js';

/** A value that SQLite stores. */
export type Value = string | number | Uint8Array | null;

/** A prepared statement. Rows are objects by the names of their columns; a blob is a Uint8Array. */
export interface SqliteStatement {
  /** @returns how many rows were changed */
  run(...values: readonly Value[]): number;
  /** @returns the first row, or undefined */
  get(...values: readonly Value[]): unknown;
  all(...values: readonly Value[]): unknown[];
}

/** An open database. Everything throws {@link SqliteFault} for what SQLite refuses. */
export interface SqliteConnection {
  prepare(sql: string): SqliteStatement;
  /** Runs one statement or several, and drops what they give. */
  exec(sql: string): void;
  /** The first value of the first row that a statement gives: a pragma's setting. */
  pragmaOf(sql: string): unknown;
  readonly inTransaction: boolean;
  readonly isOpen: boolean;
  close(): void;
}

/** One way to SQLite. */
export interface SqliteEngine {
  readonly name: SqliteEngineName;
  open(path: string, options: { readonly exists: boolean; readonly timeout: number }): SqliteConnection;
}

/** What SQLite refused, by SQLite's own code (`SQLITE_BUSY`). Its message is dropped: it may quote what it failed on. */
export class SqliteFault extends Error {
  override readonly name = 'SqliteFault';
  /** @see https://www.sqlite.org/rescode.html */
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/** What an engine is handed for a {@link Value}. */
export type Bound = Value | bigint;

/** A whole number as one: as a number of JavaScript it would be stored as a floating one where the column does not say better. */
export function bound(value: Value): Bound {
  return typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : value;
}

/** The first value of a row, which is an object by column. */
export function firstValueOf(row: unknown): unknown {
  return typeof row === 'object' && row !== null ? Object.values(row)[0] : undefined;
}
