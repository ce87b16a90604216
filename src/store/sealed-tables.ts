// What the tables hold, as digests under the party's signature: whoever can write the database and has no key cannot change it unseen.

import { createHash } from 'node:crypto';
import { z } from 'zod';
import { utf8 } from '../base/bytes.js';
import { type Sha256, sha256 } from '../base/crypto.js';
import { canonicalJson } from '../base/json.js';
import { fail } from '../messages/error.js';
import type { Database, Value } from './database.js';
import { readRow } from './columns.js';
import { MIGRATIONS } from './schema.js';
import { digestOf } from './whole-file.js';

/**
 * What is not under the seal, because something else holds it: events and checkpoints are the log; pages are sealed with their tags, their
 * dataset and their number, and counted (ROWS_MISSING); the seal cannot hold itself.
 */
const APART: readonly string[] = ['event', 'checkpoint', 'page', 'page_columns', 'tables_seal'];

/**
 * Tables with some bytes for each record or each row of a file. Who verifies the whole log reads them; a command that only signs does not,
 * so that what it costs does not grow with the list.
 */
export const LARGE_TABLES: readonly string[] = [
  'check_page',
  'handed_over',
  'asked',
  'erased',
  'rejected_row',
];

/** A copy of a paper is sealed, and its digest stands beside it; files are found at another path where the workspace was moved. */
const COLUMNS_APART: readonly string[] = ['paper.sealed', 'file.path'];

const ROWS_AT_ONCE = 200;

const tableDigestSchema = z.object({ columns: z.array(z.string()), sha256: z.string() });
const digestsSchema = z.record(z.string(), tableDigestSchema);

/** Digest of each table, with the columns over which it was made: a later schema may have more. */
export type TableDigests = Readonly<
  Record<string, { readonly columns: readonly string[]; readonly sha256: string }>
>;

/** What was signed last of the tables. */
export interface TablesSeal {
  /** A checkpoint whose root is {@link rootOfTables}. */
  readonly note: string;
  readonly digests: TableDigests;
}

/** The table that a statement changes; null for one that only reads. */
export function tableChangedBy(sql: string): string | null {
  return /^\s*(?:INSERT(?:\s+OR\s+\w+)?\s+INTO|UPDATE|DELETE\s+FROM)\s+(\w+)/i.exec(sql)?.[1] ?? null;
}

/**
 * Refuses a large table that is not as it was signed, when it is first read or changed: what is changed is signed anew, with all that somebody
 * may have put there.
 */
export class LargeTables {
  readonly #db: Database;
  readonly #good = new Set<string>();

  constructor(db: Database) {
    this.#db = db;
  }

  /** @throws HandoverError TABLES_CHANGED */
  require(table: string): void {
    if (this.#good.has(table) || !LARGE_TABLES.includes(table)) return;
    const signed = readSeal(this.#db)?.digests[table];
    if (signed !== undefined && tableDigest(this.#db, table, signed.columns) !== signed.sha256)
      fail({ code: 'TABLES_CHANGED', table });
    this.#good.add(table);
  }
}

/** Digests of the tables as they are: of those that are known, only the ones that changed are read again. */
function tableDigests(db: Database, known: TableDigests | null, changed: ReadonlySet<string>): TableDigests {
  return Object.fromEntries(
    sealedTables(db).map((table) => {
      const before = known?.[table];
      if (before !== undefined && !changed.has(table)) return [table, before];
      const columns = columnsOf(db, table).filter((column) => !COLUMNS_APART.includes(`${table}.${column}`));
      return [table, { columns, sha256: tableDigest(db, table, columns) }];
    }),
  );
}

/** One digest for all tables, to be signed. */
export function rootOfTables(digests: TableDigests): Sha256 {
  return sha256(utf8(textOf(digests)));
}

/** How the tables are put under a seal. */
export interface TablesSealing {
  /** What is known of those that did not change; null if nothing is. */
  readonly known: TableDigests | null;
  readonly changed: ReadonlySet<string>;
  /** @returns the note over this root */
  readonly sign: (root: Sha256) => string;
}

/** Signs the tables as they are, in the place of what was signed before. @returns their digests */
export function sealTables(db: Database, { known, changed, sign }: TablesSealing): TableDigests {
  const digests = tableDigests(db, known, changed);
  keepSeal(db, { note: sign(rootOfTables(digests)), digests });
  return digests;
}

function keepSeal(db: Database, { note, digests }: TablesSeal): void {
  db.run(
    'INSERT INTO tables_seal (one, note, digests) VALUES (1, ?, ?) ON CONFLICT (one) DO UPDATE SET note = excluded.note, digests = excluded.digests',
    note,
    textOf(digests),
  );
}

/** What was signed last, or null if nothing was, or nothing that can be read. */
export function readSeal(db: Database): TablesSeal | null {
  const row = db.get('SELECT note, digests FROM tables_seal WHERE one = 1');
  if (row === undefined) return null;
  const { note, digests } = readRow(sealRow, row);
  const read = digestsSchema.safeParse(parsed(digests));
  return read.success ? { note, digests: read.data } : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const sealRow = z.object({ note: z.string(), digests: z.string() });

/**
 * The tables that are not as they were signed, in order.
 *
 * @param except tables that need not be
 */
export function changedTables(
  db: Database,
  digests: TableDigests,
  except: readonly string[],
): readonly string[] {
  const there = sealedTables(db);
  return Object.entries(digests)
    .filter(([table]) => !except.includes(table))
    .filter(([table, { columns, sha256: said }]) => {
      if (!there.includes(table)) return true;
      const now = columnsOf(db, table);
      return columns.some((column) => !now.includes(column)) || tableDigest(db, table, columns) !== said;
    })
    .map(([table]) => table)
    .sort();
}

/**
 * Triggers and views that this program did not write: they would change or hide what a command does. One that is gone is no matter; they
 * prevent accidents.
 */
export function strangeSchema(db: Database): readonly string[] {
  const rows = db.all("SELECT name, sql FROM sqlite_master WHERE type IN ('trigger', 'view') ORDER BY name");
  return rows
    .map((row) => readRow(schemaRow, row))
    .filter(({ sql }) => !SCHEMA.includes(plain(sql)))
    .map(({ name }) => name);
}

const schemaRow = z.object({ name: z.string(), sql: z.string() });
const nameRow = z.object({ name: z.string() });
const plain = (sql: string): string => sql.replace(/\s+/g, ' ').trim();
const SCHEMA = plain(MIGRATIONS.join(' '));

function textOf(digests: TableDigests): string {
  return canonicalJson(
    Object.fromEntries(
      Object.entries(digests).map(([table, { columns, sha256: digest }]) => [
        table,
        { columns: [...columns], sha256: digest },
      ]),
    ),
  );
}

function sealedTables(db: Database): readonly string[] {
  const rows = db.all(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~'",
  );
  return rows.map((row) => readRow(nameRow, row).name).filter((name) => !APART.includes(name));
}

function columnsOf(db: Database, table: string): readonly string[] {
  const rows = db.all('SELECT name FROM pragma_table_info(?) ORDER BY cid', table);
  return rows.map((row) => readRow(nameRow, row).name);
}

/** By the primary key, a few rows at a time. Each value with its kind, so that no two rows read the same. */
function tableDigest(db: Database, table: string, columns: readonly string[]): string {
  const key = db
    .all('SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk', table)
    .map((row) => quoted(readRow(nameRow, row).name));
  const text = columns
    .map((column) => `typeof(${quoted(column)}) || hex(${quoted(column)})`)
    .join(` || ',' || `);
  const from = `SELECT ${text} AS row, ${key.map((name, i) => `${name} AS k${i}`).join(', ')} FROM ${quoted(table)}`;
  const order = `ORDER BY ${key.join(', ')} LIMIT ${ROWS_AT_ONCE}`;
  const digest = createHash('sha256');
  let last: Value[] | null = null;
  for (;;) {
    const rows: unknown[] =
      last === null
        ? db.all(`${from} ${order}`)
        : db.all(`${from} WHERE (${key.join(', ')}) > (${key.map(() => '?').join(', ')}) ${order}`, ...last);
    for (const row of rows) digest.update(`${String(member(row, 'row'))}\n`);
    if (rows.length < ROWS_AT_ONCE) return digestOf(digest);
    last = key.map((_, i) => storedValue(member(rows.at(-1), `k${i}`)));
  }
}

/** Looked at without a schema: there may be a row for each row of a file. */
function member(row: unknown, name: string): unknown {
  return typeof row === 'object' && row !== null ? Reflect.get(row, name) : undefined;
}

function storedValue(value: unknown): Value {
  const isValue = typeof value === 'string' || typeof value === 'number' || value instanceof Uint8Array;
  return isValue ? value : null;
}

/** The names come from the schema, which somebody may have changed. */
function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
