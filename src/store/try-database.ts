import BetterSqlite from 'better-sqlite3';
import { HandoverError } from '../messages/error.js';
import { nativeModuleProblem } from './native-module.js';

/**
 * Opens a database in memory, writes a text and reads it back.
 *
 * @returns whether it came back as it was
 * @throws HandoverError CLI_NATIVE_MODULE if SQLite cannot be loaded
 */
export function tryDatabase(text: string): boolean {
  try {
    const db = new BetterSqlite(':memory:');
    try {
      db.exec('CREATE TABLE t (name TEXT NOT NULL) STRICT');
      db.prepare('INSERT INTO t VALUES (?)').run(text);
      return db.prepare('SELECT name FROM t WHERE name = ?').pluck().get(text) === text;
    } finally {
      db.close();
    }
  } catch (error) {
    const problem = nativeModuleProblem(error);
    if (problem !== null) throw new HandoverError(problem);
    throw error;
  }
}
