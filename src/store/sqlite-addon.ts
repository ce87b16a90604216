import { createRequire } from 'node:module';
import { versions } from 'node:process';
import type { Database as Addon, Statement } from 'better-sqlite3';
import type { NativeCause } from '../messages/engines.js';
import {
  type Bound,
  bound,
  firstValueOf,
  type SqliteConnection,
  type SqliteEngine,
  SqliteFault,
  type SqliteStatement,
} from './sqlite-engine.js';

const require = createRequire(import.meta.url);

const PACKAGE = 'better-sqlite3';

/** From this version on the package carries its binaries, for the version of Node's interface that is named. An older Node crashes on them. */
const WITH_BINARIES = { package: 13, interface: 10 };

/**
 * The package better-sqlite3, if it is there and its machine code loads.
 *
 * @returns why not, otherwise
 */
export function loadAddon(): SqliteEngine | NativeCause {
  try {
    const about: { readonly version: string } = require(`${PACKAGE}/package.json`);
    if (
      Number.parseInt(about.version, 10) >= WITH_BINARIES.package &&
      nodeInterface() < WITH_BINARIES.interface
    )
      return 'newer-node';
    const Database: typeof import('better-sqlite3') = require(PACKAGE);
    // The machine code is loaded with the first database.
    new Database(':memory:').close();
    return {
      name: 'addon',
      open: (path, { exists, timeout }) =>
        refusedBy(
          Database,
          () => new AddonConnection(Database, new Database(path, { fileMustExist: exists, timeout })),
        ),
    };
  } catch (error) {
    const cause = causeOf(error);
    if (cause !== null) return cause;
    throw error;
  }
}

function nodeInterface(): number {
  return Number(versions['napi'] ?? 0);
}

/** Why it cannot be loaded, or null for any other error. What the loader says names paths of the machine, so only the kind is told. */
export function causeOf(error: unknown): NativeCause | null {
  if (!(error instanceof Error)) return null;
  const code = 'code' in error ? error.code : '';
  const { message } = error;
  if (
    message.startsWith('Could not locate the bindings file') ||
    (code === 'MODULE_NOT_FOUND' && /better[-_]sqlite3/.test(message))
  )
    return 'missing';
  if (code !== 'ERR_DLOPEN_FAILED') return null;
  return /NODE_MODULE_VERSION/.test(message) ? 'other-node' : 'other-system';
}

type Package = typeof import('better-sqlite3');

/** Runs `work` and drops what the package says of SQLite's refusals, but for the code. */
function refusedBy<T>(Database: Package, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Database.SqliteError) throw new SqliteFault(error.code);
    throw error;
  }
}

class AddonConnection implements SqliteConnection {
  readonly #package: Package;
  readonly #database: Addon;

  constructor(Database: Package, database: Addon) {
    this.#package = Database;
    this.#database = database;
  }

  get inTransaction(): boolean {
    return this.#database.inTransaction;
  }

  get isOpen(): boolean {
    return this.#database.open;
  }

  prepare(sql: string): SqliteStatement {
    const statement: Statement<Bound[]> = this.#refused(() => this.#database.prepare<Bound[]>(sql));
    return {
      run: (...values) => this.#refused(() => statement.run(...values.map(bound)).changes),
      get: (...values) => this.#refused(() => statement.get(...values.map(bound))),
      all: (...values) => this.#refused(() => statement.all(...values.map(bound))),
    };
  }

  exec(sql: string): void {
    this.#refused(() => this.#database.exec(sql));
  }

  pragmaOf(sql: string): unknown {
    return firstValueOf(this.prepare(sql).get());
  }

  close(): void {
    this.#refused(() => this.#database.close());
  }

  #refused<T>(work: () => T): T {
    return refusedBy(this.#package, work);
  }
}
