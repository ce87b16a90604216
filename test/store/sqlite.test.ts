import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { SQLITE_ENGINES, type SqliteEngineName } from '../../src/messages/engines.js';
import { causeOf } from '../../src/store/sqlite-addon.js';
import { openSqlite, preferSqlite, type SqliteConnection, sqliteInUse } from '../../src/store/sqlite.js';
import { codeOf } from './folders.js';

const folder = mkdtempSync(join(tmpdir(), 'handover-sqlite-'));
afterAll(() => rmSync(folder, { recursive: true }));
afterAll(() => preferSqlite(null));

const coded = (code: string, message: string): Error => Object.assign(new Error(message), { code });

describe('why the addon does not load', () => {
  it.each([
    ['a missing addon', new Error('Could not locate the bindings file. Tried:'), 'missing'],
    [
      'a missing package',
      coded('MODULE_NOT_FOUND', "Cannot find module 'better-sqlite3/package.json'"),
      'missing',
    ],
    [
      'a package without its binaries',
      coded('MODULE_NOT_FOUND', "Cannot find module '/x/build/Release/better_sqlite3.node'"),
      'missing',
    ],
    [
      'an addon for another Node',
      coded(
        'ERR_DLOPEN_FAILED',
        'was compiled against a different Node.js version using\nNODE_MODULE_VERSION 108',
      ),
      'other-node',
    ],
    [
      'an addon for another system',
      coded('ERR_DLOPEN_FAILED', 'better_sqlite3.node: invalid ELF header'),
      'other-system',
    ],
    ['another module that is missing', coded('MODULE_NOT_FOUND', "Cannot find module 'zod'"), null],
    ['any other error', new TypeError('better-sqlite3'), null],
  ])('%s', (_, error, cause) => expect(causeOf(error)).toBe(cause));
});

/** The engines that this Node has: what is compiled for another does not load, and Node 20 has none of its own. */
const engines = SQLITE_ENGINES.filter((name) => {
  try {
    preferSqlite(name);
    openSqlite(':memory:', { exists: false, timeout: 0 }).close();
    return true;
  } catch {
    return false;
  } finally {
    preferSqlite(null);
  }
});

function open(name: SqliteEngineName, path = ':memory:', exists = false): SqliteConnection {
  preferSqlite(name);
  return openSqlite(path, { exists, timeout: 50 });
}

it('has at least one engine', () => expect(engines).not.toEqual([]));

it('says so where the one that was asked for is not there', async () => {
  const missing = SQLITE_ENGINES.find((name) => !engines.includes(name));
  if (missing === undefined) return;
  expect(await codeOf(() => open(missing))).toBe('CLI_NATIVE_MODULE');
});

describe.each(engines)('SQLite by the %s', (name) => {
  it('says who it is', () => {
    const db = open(name);
    expect(sqliteInUse(db)).toEqual({ name, version: expect.stringMatching(/^3\.\d+\.\d+$/) });
    db.close();
  });

  it('keeps integers whole, blobs and empty blobs as bytes, and texts as they are', () => {
    const db = open(name);
    db.exec('CREATE TABLE t (n INTEGER, t TEXT, b BLOB, e BLOB, x TEXT) STRICT');
    const add = db.prepare('INSERT INTO t VALUES (?, ?, ?, ?, ?)');
    expect(add.run(2 ** 40, '王小明𠮷', new Uint8Array([0, 255]), new Uint8Array(0), null)).toBe(1);
    const row = db.prepare('SELECT n, typeof(n) AS kind, t, b, e, typeof(e) AS empty, x FROM t').get();
    expect(row).toMatchObject({ n: 2 ** 40, kind: 'integer', t: '王小明𠮷', empty: 'blob', x: null });
    const { b, e }: { b?: unknown; e?: unknown } = Object(row);
    expect(b instanceof Uint8Array && [...b]).toEqual([0, 255]);
    expect(e instanceof Uint8Array && [...e]).toEqual([]);
    expect(db.prepare('SELECT typeof(?) AS kind, ? / 2 AS half').get(7, 7)).toMatchObject({ half: 3 });
    expect(db.prepare('SELECT typeof(?) AS kind').get(0.5)).toMatchObject({ kind: 'real' });
    expect(db.prepare('SELECT 1 WHERE 0').get()).toBeUndefined();
    expect(db.prepare('SELECT 1 WHERE 0').all()).toEqual([]);
    db.close();
  });

  it.each([
    ['CHECK', 'INSERT INTO t (id, n) VALUES (1, 200)', 'SQLITE_CONSTRAINT_CHECK'],
    ['NOT NULL', 'INSERT INTO t (id) VALUES (1)', 'SQLITE_CONSTRAINT_NOTNULL'],
    ['UNIQUE', 'INSERT INTO t (id, n) VALUES (1, 1), (2, 1)', 'SQLITE_CONSTRAINT_UNIQUE'],
    ['PRIMARY KEY', "INSERT INTO k VALUES ('a'), ('a')", 'SQLITE_CONSTRAINT_PRIMARYKEY'],
    ['FOREIGN KEY', 'INSERT INTO c VALUES (9)', 'SQLITE_CONSTRAINT_FOREIGNKEY'],
    ['a trigger', "UPDATE k SET name = 'b'", 'SQLITE_CONSTRAINT_TRIGGER'],
    ['a type', "INSERT INTO t (id, n) VALUES (1, 'x')", 'SQLITE_CONSTRAINT_DATATYPE'],
    ['a syntax', 'SELEKT 1', 'SQLITE_ERROR'],
    ['a text in double quotes', 'SELECT "x"', 'SQLITE_ERROR'],
  ])('names a broken rule by its code, and nothing else: %s', (_, sql, code) => {
    const db = open(name);
    db.exec('PRAGMA foreign_keys = ON');
    db.exec(`
      CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL UNIQUE CHECK (n < 100)) STRICT;
      CREATE TABLE k (name TEXT PRIMARY KEY) STRICT;
      CREATE TABLE c (t INTEGER REFERENCES t (id)) STRICT;
      INSERT INTO k VALUES ('z');
      CREATE TRIGGER kept BEFORE UPDATE ON k BEGIN SELECT raise(ABORT, 'kept'); END;
    `);
    expect(() => db.prepare(sql).run()).toThrow(expect.objectContaining({ message: code, code }));
    db.close();
  });

  it('knows whether a transaction is open, also one that SQLite ended by itself', () => {
    const db = open(name);
    expect(db.inTransaction).toBe(false);
    db.exec('CREATE TABLE t (n INTEGER UNIQUE)');
    db.exec('BEGIN');
    expect(db.inTransaction).toBe(true);
    expect(db.inTransaction).toBe(true);
    db.exec('INSERT INTO t VALUES (1)');
    expect(() => db.exec('INSERT OR ROLLBACK INTO t VALUES (1)')).toThrow('SQLITE_CONSTRAINT_UNIQUE');
    expect(db.inTransaction).toBe(false);
    db.close();
    expect(db.isOpen).toBe(false);
  });

  it('waits for a lock no longer than it is told', () => {
    const path = join(folder, `${name}-locked.db`);
    const first = open(name, path);
    first.exec('CREATE TABLE t (n INTEGER); BEGIN EXCLUSIVE');
    const second = open(name, path, true);
    const from = performance.now();
    expect(() => second.exec('BEGIN IMMEDIATE')).toThrow('SQLITE_BUSY');
    expect(performance.now() - from).toBeGreaterThan(40);
    expect(performance.now() - from).toBeLessThan(2000);
    second.close();
    first.close();
  });

  it.each([
    ['is not there', 'missing.db', 'SQLITE_CANTOPEN'],
    ['is a folder', '.', 'SQLITE_CANTOPEN'],
  ])('does not make a database that has to be there: it %s', (_, file, code) => {
    expect(() => open(name, join(folder, file), true)).toThrow(code);
  });

  it('reads a number beyond what JavaScript counts as a fault of the file, or as no whole number', () => {
    const db = open(name);
    const read = (): unknown => db.pragmaOf('SELECT 9223372036854775807');
    let value: unknown;
    try {
      value = read();
    } catch (error) {
      expect(error).toMatchObject({ code: 'SQLITE_CORRUPT' });
      return;
    }
    expect(Number.isSafeInteger(value)).toBe(false);
  });

  it('has the settings that the store relies on', () => {
    const db = open(name, join(folder, `${name}-settings.db`));
    for (const [pragma, given, read] of [
      ['journal_mode', 'WAL', 'wal'],
      ['synchronous', 'EXTRA', 3],
      ['secure_delete', 'ON', 1],
      ['foreign_keys', 'ON', 1],
      ['recursive_triggers', 'ON', 1],
      ['trusted_schema', 'OFF', 0],
      ['cell_size_check', 'ON', 1],
      ['temp_store', 'MEMORY', 2],
      ['cache_size', '-8192', -8192],
    ] as const) {
      db.exec(`PRAGMA ${pragma} = ${given}`);
      expect(db.pragmaOf(`PRAGMA ${pragma}`), pragma).toBe(read);
    }
    db.close();
  });
});
