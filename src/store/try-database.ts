import type { SqliteEngineName } from '../messages/engines.js';
import { firstValueOf } from './sqlite-engine.js';
import { openSqlite, sqliteInUse } from './sqlite.js';

/** What showed when a database was tried. */
export interface TriedDatabase {
  readonly engine: SqliteEngineName;
  /** Of SQLite itself. */
  readonly version: string;
  /** Whether a text came back as it was. */
  readonly isGood: boolean;
}

/**
 * Opens a database in memory, writes a text and reads it back.
 *
 * @throws HandoverError CLI_NATIVE_MODULE if no SQLite can be loaded
 */
export function tryDatabase(text: string): TriedDatabase {
  const db = openSqlite(':memory:', { exists: false, timeout: 0 });
  try {
    db.exec('CREATE TABLE t (name TEXT NOT NULL) STRICT');
    db.prepare('INSERT INTO t VALUES (?)').run(text);
    const read = firstValueOf(db.prepare('SELECT name FROM t WHERE name = ?').get(text));
    const { name, version } = sqliteInUse(db);
    return { engine: name, version, isGood: read === text };
  } finally {
    db.close();
  }
}
