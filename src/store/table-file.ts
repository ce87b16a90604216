import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fail } from '../messages/error.js';
import { errnoOf, translateErrno } from './errno.js';
import { readBlocks, type Writing, type Written, writeWhole } from './files.js';
import { openSqlite, type SqliteConnection, SqliteFault } from './sqlite.js';
import { sweepLeftoversOf, temporaryBeside } from './drafts.js';

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
  writing: Writing,
): Promise<Written> {
  const name = basename(path);
  sweepLeftoversOf(path);
  if (existsSync(path) && writing.force !== true) fail({ code: 'FILE_EXISTS', name });
  // SQLite makes the draft with the mode that the user's other files have: the folder keeps others out.
  const folder = temporaryBeside(path);
  try {
    await mkdir(folder.path, { mode: 0o700 }).catch((error: unknown) => {
      if (errnoOf(error) === 'ENOENT')
        fail({ code: 'FILE_FOLDER_MISSING', name, folder: basename(dirname(path)) });
      throw translateErrno(error, name);
    });
    const draft = join(folder.path, 'draft.db');
    await fill(draft, shape, batches, name);
    return await writeWhole(path, readBlocks(draft), writing);
  } finally {
    await rm(folder.path, { recursive: true, force: true });
    folder.release();
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
    db.exec('PRAGMA journal_mode = MEMORY');
    db.exec('PRAGMA synchronous = OFF');
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
    if (error instanceof SqliteFault) fail({ code: problemCode(error.code), name });
    throw error;
  } finally {
    db.close();
  }
}

function open(path: string, name: string): SqliteConnection {
  try {
    return openSqlite(path, { exists: false, timeout: 0 });
  } catch (error) {
    if (!(error instanceof SqliteFault)) throw error;
    return fail({ code: 'FILE_PERMISSION', name });
  }
}

/** What the disk refused, by SQLite's own code; its message, which may hold a value, is dropped. */
function problemCode(code: string): 'DISK_FULL' | 'DISK_FAULT' {
  return code === 'SQLITE_FULL' ? 'DISK_FULL' : 'DISK_FAULT';
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
