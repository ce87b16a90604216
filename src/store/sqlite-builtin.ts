import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import process from 'node:process';
import {
  type Bound,
  bound,
  firstValueOf,
  type SqliteConnection,
  type SqliteEngine,
  SqliteFault,
  type SqliteStatement,
} from './sqlite-engine.js';

/** What is used of `node:sqlite`, which Node has from 22.13 on. */
interface Builtin {
  readonly DatabaseSync: new (path: string) => BuiltinDatabase;
}

interface BuiltinDatabase {
  exec(sql: string): void;
  prepare(sql: string): BuiltinStatement;
  close(): void;
  /** Since 22.16. */
  readonly isTransaction?: boolean;
}

interface BuiltinStatement {
  run(...values: readonly Bound[]): { readonly changes: number | bigint };
  get(...values: readonly Bound[]): unknown;
  all(...values: readonly Bound[]): unknown[];
}

/** The SQLite of Node itself, or null where this Node has none. */
export function loadBuiltin(): SqliteEngine | null {
  const builtin = required();
  if (builtin === null) return null;
  return { name: 'builtin', open: (path, options) => open(builtin, path, options) };
}

/** Some versions warn that the module may change. Nobody at a terminal can do anything about that. */
function required(): Builtin | null {
  const { emitWarning } = process;
  process.emitWarning = () => undefined;
  try {
    return createRequire(import.meta.url)('node:sqlite');
  } catch {
    return null;
  } finally {
    process.emitWarning = emitWarning;
  }
}

function open(
  { DatabaseSync }: Builtin,
  path: string,
  options: { readonly exists: boolean; readonly timeout: number },
): SqliteConnection {
  // It has no way to be told that there has to be a file.
  if (options.exists && statSync(path, { throwIfNoEntry: false }) === undefined)
    throw new SqliteFault('SQLITE_CANTOPEN');
  const connection = new BuiltinConnection(refused(() => new DatabaseSync(path)));
  try {
    connection.exec(`PRAGMA busy_timeout = ${options.timeout}`);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

class BuiltinConnection implements SqliteConnection {
  readonly #database: BuiltinDatabase;
  #isOpen = true;

  constructor(database: BuiltinDatabase) {
    this.#database = database;
  }

  get inTransaction(): boolean {
    return this.#database.isTransaction ?? this.#refusesToBegin();
  }

  /** To begin what has begun is refused, and beginning takes no lock. */
  #refusesToBegin(): boolean {
    try {
      this.#database.exec('BEGIN');
    } catch {
      return true;
    }
    this.#database.exec('ROLLBACK');
    return false;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  prepare(sql: string): SqliteStatement {
    const statement = refused(() => this.#database.prepare(sql));
    return {
      run: (...values) => refused(() => Number(statement.run(...values.map(bound)).changes)),
      get: (...values) => withBuffers(refused(() => statement.get(...values.map(bound)))),
      all: (...values) => refused(() => statement.all(...values.map(bound))).map(withBuffers),
    };
  }

  exec(sql: string): void {
    refused(() => this.#database.exec(sql));
  }

  pragmaOf(sql: string): unknown {
    return firstValueOf(this.prepare(sql).get());
  }

  close(): void {
    this.#isOpen = false;
    refused(() => this.#database.close());
  }
}

/** Blobs as the addon gives them, and the row as an object like any other: it comes as one that has no prototype. */
function withBuffers(row: unknown): unknown {
  if (typeof row !== 'object' || row === null) return row;
  const columns = Object.entries(row).map(([name, value]): readonly [string, unknown] => [
    name,
    value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.byteLength) : value,
  ]);
  return Object.fromEntries(columns);
}

function refused<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw faultOf(error) ?? error;
  }
}

/** @see https://www.sqlite.org/rescode.html */
const PRIMARY: Readonly<Record<number, string>> = {
  1: 'ERROR',
  2: 'INTERNAL',
  3: 'PERM',
  4: 'ABORT',
  5: 'BUSY',
  6: 'LOCKED',
  7: 'NOMEM',
  8: 'READONLY',
  9: 'INTERRUPT',
  10: 'IOERR',
  11: 'CORRUPT',
  13: 'FULL',
  14: 'CANTOPEN',
  15: 'PROTOCOL',
  17: 'SCHEMA',
  18: 'TOOBIG',
  19: 'CONSTRAINT',
  20: 'MISMATCH',
  21: 'MISUSE',
  23: 'AUTH',
  24: 'FORMAT',
  25: 'RANGE',
  26: 'NOTADB',
};

/** What kind of rule was broken: the second byte of a code of CONSTRAINT. */
const RULES: Readonly<Record<number, string>> = {
  1: 'CHECK',
  3: 'FOREIGNKEY',
  5: 'NOTNULL',
  6: 'PRIMARYKEY',
  7: 'TRIGGER',
  8: 'UNIQUE',
  10: 'ROWID',
  12: 'DATATYPE',
};

function faultOf(error: unknown): SqliteFault | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  // A number beyond what JavaScript counts exactly, which this program never wrote.
  if (error.code === 'ERR_OUT_OF_RANGE') return new SqliteFault('SQLITE_CORRUPT');
  if (error.code !== 'ERR_SQLITE_ERROR' || !('errcode' in error) || typeof error.errcode !== 'number')
    return null;
  const primary = PRIMARY[error.errcode & 0xff] ?? 'ERROR';
  const rule = primary === 'CONSTRAINT' ? RULES[error.errcode >> 8] : undefined;
  return new SqliteFault(`SQLITE_${primary}${rule === undefined ? '' : `_${rule}`}`);
}
