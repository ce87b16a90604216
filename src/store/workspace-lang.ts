import { join } from 'node:path';
import { LANGS, type Lang } from '../messages/lang.js';
import { DATABASE_NAME } from './find-workspace.js';
import { firstValueOf } from './sqlite-engine.js';
import { openSqlite } from './sqlite.js';

/**
 * The language in which a workspace was made, or null where it cannot be had: whatever is wrong with the workspace is told by the command that
 * opens it.
 */
export function workspaceLang(dir: string): Lang | null {
  try {
    const db = openSqlite(join(dir, DATABASE_NAME), { exists: true, timeout: 0 });
    try {
      // With the lock, so that no file is made beside it.
      db.exec('PRAGMA locking_mode = EXCLUSIVE');
      db.exec('PRAGMA query_only = ON');
      const lang = firstValueOf(db.prepare('SELECT lang FROM workspace').get());
      return LANGS.find((known) => known === lang) ?? null;
    } finally {
      db.close();
    }
  } catch {
    return null;
  }
}
