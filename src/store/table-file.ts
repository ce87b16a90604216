import Sqlite from 'better-sqlite3';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fail } from '../messages/error.js';
import { translateErrno } from './errno.js';
import { readBlocks, writeWhole, type Written } from './files.js';

/** A table of text, for a program that reads SQLite. */
export interface TableShape {
  readonly table: string;
  readonly columns: readonly string[];
}

/**
 * Writes rows to a new SQLite file that appears whole or not at all, with one table of text columns.
 *
 * @param batches rows, each cell a text or null
 * @throws HandoverError FILE_EXISTS, DISK_FULL and the other problems of writing
 */
export async function writeTable(
  path: string,
  shape: TableShape,
  batches: AsyncIterable<readonly (readonly (string | null)[])[]>,
  force: boolean,
): Promise<Written> {
  const name = basename(path);
  if (existsSync(path) && !force) fail({ code: 'FILE_EXISTS', name });
  const folder = await mkdtemp(join(dirname(path), `.${name}.`)).catch((error: unknown) => {
    throw translateErrno(error, name);
  });
  const draft = join(folder, 'draft.db');
  try {
    await chmod(folder, 0o700);
    await fill(draft, shape, batches, name);
    return await writeWhole(path, readBlocks(draft), { force });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function fill(
  path: string,
  { table, columns }: TableShape,
  batches: AsyncIterable<readonly (readonly (string | null)[])[]>,
  name: string,
): Promise<void> {
  const db = open(path, name);
  try {
    db.pragma('journal_mode = OFF');
    db.pragma('synchronous = OFF');
    const list = columns.map(quoted).join(', ');
    db.exec(
      `CREATE TABLE ${quoted(table)} (${columns.map((column) => `${quoted(column)} TEXT`).join(', ')})`,
    );
    const insert = db.prepare(
      `INSERT INTO ${quoted(table)} (${list}) VALUES (${columns.map(() => '?').join(', ')})`,
    );
    db.exec('BEGIN');
    for await (const rows of batches) for (const row of rows) insert.run(...row);
    db.exec('COMMIT');
  } catch (error) {
    throw error instanceof Sqlite.SqliteError ? translateErrno({ code: errnoOf(error.code) }, name) : error;
  } finally {
    db.close();
  }
}

function open(path: string, name: string): Sqlite.Database {
  try {
    return new Sqlite(path);
  } catch {
    return fail({ code: 'FILE_PERMISSION', name });
  }
}

/** SQLite's own codes for what the disk refused, as the system calls them; the message, which may hold a value, is dropped. */
function errnoOf(code: string): string {
  return code === 'SQLITE_FULL' ? 'ENOSPC' : 'EIO';
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
