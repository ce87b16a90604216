import { HandoverError } from '../messages/error.js';
import type { NativeCause, SqliteEngineName } from '../messages/engines.js';
import { longPath } from './platform.js';
import { loadAddon } from './sqlite-addon.js';
import { loadBuiltin } from './sqlite-builtin.js';
import { firstValueOf, type SqliteConnection, type SqliteEngine } from './sqlite-engine.js';

export { type SqliteConnection, SqliteFault, type SqliteStatement, type Value } from './sqlite-engine.js';

let wanted: SqliteEngineName | null = null;
let chosen: SqliteEngine | null = null;

/** Says which SQLite is to be used, from now on; null for the first that works, the addon before the one of Node itself. */
export function preferSqlite(name: SqliteEngineName | null): void {
  if (name === wanted) return;
  wanted = name;
  chosen = null;
}

/** Which SQLite a database is opened by, and the version of it. */
export function sqliteInUse(db: SqliteConnection): {
  readonly name: SqliteEngineName;
  readonly version: string;
} {
  return { name: engine().name, version: String(firstValueOf(db.prepare('SELECT sqlite_version()').get())) };
}

/**
 * Opens a database by the SQLite that works here.
 *
 * @param options.exists whether there has to be one; it is made otherwise
 * @param options.timeout how long somebody else's lock is waited for, in milliseconds
 * @throws HandoverError CLI_NATIVE_MODULE where no SQLite works at all
 * @throws SqliteFault
 */
export function openSqlite(
  path: string,
  options: { readonly exists: boolean; readonly timeout: number },
): SqliteConnection {
  return engine().open(longPath(path), options);
}

function engine(): SqliteEngine {
  chosen ??= choose();
  return chosen;
}

function choose(): SqliteEngine {
  const addon = wanted === 'builtin' ? null : loadAddon();
  if (addon !== null && typeof addon !== 'string') return addon;
  const builtin = wanted === 'addon' ? null : loadBuiltin();
  if (builtin !== null) return builtin;
  const cause: NativeCause = addon ?? 'no-builtin';
  throw new HandoverError({ code: 'CLI_NATIVE_MODULE', cause });
}
