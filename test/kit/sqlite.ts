import { createRequire } from 'node:module';

type Value = string | number | Uint8Array | null;

interface Statement {
  run(...values: readonly Value[]): unknown;
  get(...values: readonly Value[]): unknown;
  all(...values: readonly Value[]): unknown[];
}

/** What the package better-sqlite3 and `node:sqlite` have in common. */
interface Common {
  exec(sql: string): unknown;
  prepare(sql: string): Statement;
  close(): unknown;
}

const open = opener();

/** The package, where it works with the Node that runs the tests; otherwise Node's own. Told apart from the program's way on purpose. */
function opener(): (path: string) => Common {
  const require = createRequire(import.meta.url);
  try {
    const Sqlite: new (path: string) => Common = require('better-sqlite3');
    new Sqlite(':memory:').close();
    return (path) => new Sqlite(path);
  } catch {
    const { DatabaseSync }: { DatabaseSync: new (path: string) => Common } = require('node:sqlite');
    return (path) => new DatabaseSync(path);
  }
}

/** A database that a test looks into, or changes behind the program's back. SQLite's own messages are thrown. */
export class OpenDatabase {
  readonly #database: Common;
  #isOpen = true;

  constructor(path: string) {
    this.#database = open(path);
    this.#database.exec('PRAGMA busy_timeout = 100');
  }

  exec(sql: string): void {
    this.#database.exec(sql);
  }

  run(sql: string, ...values: readonly Value[]): void {
    this.#database.prepare(sql).run(...values);
  }

  rows(sql: string, ...values: readonly Value[]): readonly Readonly<Record<string, unknown>>[] {
    return this.#database
      .prepare(sql)
      .all(...values)
      .map((row) => ({ ...Object(row) }));
  }

  /** The first column of every row. */
  column(sql: string, ...values: readonly Value[]): readonly unknown[] {
    return this.rows(sql, ...values).map((row) => Object.values(row)[0]);
  }

  /** The first value of the first row, or undefined. */
  value(sql: string, ...values: readonly Value[]): unknown {
    return this.column(sql, ...values)[0];
  }

  /** Also where it is closed. */
  close(): void {
    if (this.#isOpen) this.#database.close();
    this.#isOpen = false;
  }
}
