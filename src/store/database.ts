import { accessSync, closeSync, constants, openSync } from 'node:fs';
import { fail, HandoverError } from '../messages/error.js';
import { translateErrno } from './errno.js';
import { DATABASE_NAME } from './find-workspace.js';
import { APPLICATION_ID, MIGRATIONS } from './schema.js';
import {
  openSqlite,
  type SqliteConnection,
  SqliteFault,
  type SqliteStatement,
  type Value,
} from './sqlite.js';
import { removeLeftover, temporaryBeside } from './drafts.js';

export type { Value } from './sqlite.js';

/** How long another process's lock is waited for: enough for the end of a command before this one in a script. */
const LOCK_WAIT_MS = 400;

/**
 * SQLite with the settings that were measured to keep what was acknowledged and to leave no deleted row behind, and with its
 * errors translated at the border: SQLite's own may quote what they failed on.
 */
export class Database {
  readonly #path: string;
  readonly #connection: SqliteConnection;
  readonly #statements = new Map<string, SqliteStatement>();

  private constructor(path: string, connection: SqliteConnection) {
    this.#path = path;
    this.#connection = connection;
  }

  /** Makes a database that does not exist yet. */
  static create(path: string): Database {
    return Database.#open(path, false);
  }

  /**
   * Opens one and keeps it locked until it is closed.
   *
   * @throws HandoverError WORKSPACE_LOCKED, WORKSPACE_VERSION, WORKSPACE_DAMAGED, and the problems of disks
   */
  static open(path: string): Database {
    return Database.#open(path, true);
  }

  static #open(path: string, exists: boolean): Database {
    const connection = translated(path, () => openSqlite(path, { exists, timeout: LOCK_WAIT_MS }));
    try {
      translated(path, () => {
        if (exists) settle(connection);
        else prepare(connection);
        migrate(connection);
      });
      return new Database(path, connection);
    } catch (error) {
      connection.close();
      throw error;
    }
  }

  /** Whether a transaction is open. SQLite ends one by itself when the disk is full. */
  get inTransaction(): boolean {
    return this.#connection.inTransaction;
  }

  run(sql: string, ...values: Value[]): number {
    return this.#translated(() => this.#statement(sql).run(...values));
  }

  get(sql: string, ...values: Value[]): unknown {
    return this.#translated(() => this.#statement(sql).get(...values));
  }

  all(sql: string, ...values: Value[]): unknown[] {
    return this.#translated(() => this.#statement(sql).all(...values));
  }

  /**
   * Puts a rollback journal in the place of the write-ahead log, for one large transaction that adds. What is added then goes straight to its
   * place, once, and only the few pages that change are copied beforehand; the log would take all of it and be copied into the database
   * afterwards. A journal keeps what was acknowledged as well: it is emptied by cutting it off, which SQLite writes to disk before it goes on.
   */
  writeInPlace(): void {
    this.#setJournal('TRUNCATE');
  }

  /** Puts the write-ahead log back, and takes the journal away. */
  writeByLog(): void {
    this.#setJournal('WAL');
  }

  #setJournal(mode: 'TRUNCATE' | 'WAL'): void {
    this.#translated(() => this.#connection.exec(`PRAGMA journal_mode = ${mode}`));
  }

  /**
   * Empties the write-ahead log, writes the whole database anew without what was deleted, and empties the log again. SQLite makes the new
   * one in a temporary file of the system, where only what is sealed or in the clear by design can be.
   *
   * @throws HandoverError DISK_FULL, and the other problems of disks
   */
  compact(): void {
    this.#translated(() => {
      this.#statements.clear();
      this.#connection.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      this.#connection.exec('PRAGMA temp_store = FILE');
      try {
        this.#connection.exec('VACUUM');
      } finally {
        this.#connection.exec('PRAGMA temp_store = MEMORY');
      }
      this.#connection.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    });
  }

  /** Empties the write-ahead log into the database, so that deleted rows are in neither, and gives up the lock. */
  close(): void {
    if (!this.#connection.isOpen) return;
    try {
      if (this.inTransaction) this.run('ROLLBACK');
      this.writeByLog();
      this.#translated(() => this.#connection.exec('PRAGMA wal_checkpoint(TRUNCATE)'));
    } catch (error) {
      // A full disk may forbid it: the log then stays beside the database, and the next run reads it. A disk that fails is told.
      if (!(error instanceof HandoverError) || error.problem.code !== 'DISK_FULL') throw error;
    } finally {
      this.#translated(() => this.#connection.close());
    }
  }

  #translated<T>(work: () => T): T {
    return translated(this.#path, work);
  }

  #statement(sql: string): SqliteStatement {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#connection.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}

function prepare(connection: SqliteConnection): void {
  // What is stored are blobs of hundreds of kilobytes: SQLite's usual 4 KiB double the CPU time of writing them.
  connection.exec('PRAGMA page_size = 16384');
  connection.exec(`PRAGMA application_id = ${APPLICATION_ID}`);
  settle(connection);
}

function settle(connection: SqliteConnection): void {
  // First of all: asked for before the file is first read, it takes the lock with that reading, and needs no -shm file.
  connection.exec('PRAGMA locking_mode = EXCLUSIVE');
  if (connection.pragmaOf('PRAGMA application_id') !== APPLICATION_ID)
    fail({ code: 'WORKSPACE_DAMAGED', name: DATABASE_NAME });
  // With a log as FULL is. With a journal, its removal is on disk as well before anything follows: a power cut could bring it back otherwise.
  connection.exec('PRAGMA synchronous = EXTRA');
  connection.exec('PRAGMA journal_mode = WAL');
  connection.exec('PRAGMA secure_delete = ON');
  connection.exec('PRAGMA foreign_keys = ON');
  connection.exec('PRAGMA recursive_triggers = ON');
  // The schema is text in a file that somebody may have changed: it may call no function with an effect.
  connection.exec('PRAGMA trusted_schema = OFF');
  connection.exec('PRAGMA cell_size_check = ON');
  connection.exec('PRAGMA temp_store = MEMORY');
  connection.exec('PRAGMA cache_size = -8192');
}

function migrate(connection: SqliteConnection): void {
  const found = Number(connection.pragmaOf('PRAGMA user_version'));
  if (found > MIGRATIONS.length) fail({ code: 'WORKSPACE_VERSION', found, supported: MIGRATIONS.length });
  for (const [index, sql] of MIGRATIONS.entries()) {
    if (index < found) continue;
    connection.exec(`BEGIN IMMEDIATE; ${sql} PRAGMA user_version = ${index + 1}; COMMIT`);
  }
}

/**
 * Runs `work` and rewords what SQLite throws. A broken rule of the schema is a bug of this program, not a state of the workspace: it stays
 * a plain error, with the rule's name, which holds no value.
 */
function translated<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof SqliteFault) throw translateSqlite(path, error);
    throw error;
  }
}

/** @see https://www.sqlite.org/rescode.html */
function translateSqlite(path: string, error: SqliteFault): Error {
  const name = DATABASE_NAME;
  const [, primary = ''] = error.code.split('_');
  switch (primary) {
    case 'FULL':
      return new HandoverError({ code: 'DISK_FULL', name });
    case 'BUSY':
    case 'LOCKED':
    case 'PROTOCOL':
      return new HandoverError({ code: 'WORKSPACE_LOCKED' });
    case 'CORRUPT':
    case 'NOTADB':
    case 'FORMAT':
      return new HandoverError({ code: 'WORKSPACE_DAMAGED', name });
    case 'READONLY':
      return new HandoverError({ code: 'DISK_READ_ONLY', name });
    case 'CANTOPEN':
      return whyUnopened(path);
    case 'PERM':
    case 'AUTH':
      return new HandoverError({ code: 'FILE_PERMISSION', name });
    case 'IOERR':
      return new HandoverError({ code: 'DISK_FAULT', name });
    case 'TOOBIG':
      return new HandoverError({ code: 'DISK_LIMIT', name });
    default:
      return new Error(`the database refused a statement: ${error.code}`);
  }
}

/**
 * Why a file of the database could not be opened. SQLite says only that it could not: a disk that has no room for one more file (no free
 * inodes) reads like a missing permission. So whether the file may be written is asked, and a new one is made beside it.
 */
function whyUnopened(path: string): HandoverError {
  try {
    // To open the file and close it again would give up its lock.
    accessSync(path, constants.R_OK | constants.W_OK);
    const beside = temporaryBeside(path);
    try {
      closeSync(openSync(beside.path, 'wx', 0o600));
    } finally {
      removeLeftover(beside.path);
      beside.release();
    }
  } catch (error) {
    return translateErrno(error, DATABASE_NAME);
  }
  return new HandoverError({ code: 'FILE_PERMISSION', name: DATABASE_NAME });
}
