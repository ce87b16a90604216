// What the tables hold, as digests under the party's signature: whoever can write the database and has no key cannot change it unseen.

import { z } from 'zod';
import { utf8 } from '../base/bytes.js';
import { type Sha256, sha256 } from '../base/crypto.js';
import { canonicalJson } from '../base/json.js';
import { fail } from '../messages/error.js';
import { readRow } from './columns.js';
import type { Database } from './database.js';
import {
  digestOfShares,
  LARGE_TABLES,
  ownerColumn,
  ownerName,
  type Shares,
  sharesOf,
} from './large-tables.js';
import { rowDigest } from './row-digest.js';
import { MIGRATIONS } from './schema.js';

/**
 * What is not under the seal, because something else holds it: events and checkpoints are the log; pages are sealed with their tags, their
 * dataset and their number, and counted (ROWS_MISSING); the seal cannot hold itself.
 */
const APART: readonly string[] = ['event', 'checkpoint', 'page', 'page_columns', 'tables_seal'];

/** A copy of a paper is sealed, and its digest stands beside it; files are found at another path where the workspace was moved. */
const COLUMNS_APART: readonly string[] = ['paper.sealed', 'file.path'];

const ROWS_AT_ONCE = 200;

const tableDigestSchema = z.object({
  columns: z.array(z.string()),
  by: z.string().optional(),
  sha256: z.string(),
});
const digestsSchema = z.record(z.string(), tableDigestSchema);

/** What is known of one table. */
interface TableDigest {
  /** Over which it was made: a later schema may have more. */
  readonly columns: readonly string[];
  /** The column whose values have a digest each, of which this is the digest; none where it is that of all rows. */
  readonly by?: string | undefined;
  readonly sha256: string;
}

/** Digest of each table. */
export type TableDigests = Readonly<Record<string, TableDigest>>;

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
 * may have put there. What was read then is remembered, so that of a table that changes only the rows of those owners are read again whose
 * rows were changed; nobody else can write the database until it is closed.
 */
export class LargeTables {
  readonly #db: Database;
  readonly #good = new Set<string>();
  readonly #known = new Map<string, { readonly columns: readonly string[]; readonly shares: Shares }>();
  /** Names of the owners whose rows changed, by table. */
  readonly #changed = new Map<string, Set<string>>();

  constructor(db: Database) {
    this.#db = db;
  }

  /** @throws HandoverError TABLES_CHANGED */
  require(table: string): void {
    if (this.#good.has(table) || !LARGE_TABLES.includes(table)) return;
    const signed = readSeal(this.#db)?.digests[table];
    if (signed !== undefined && !this.#isAsSigned(table, signed)) fail({ code: 'TABLES_CHANGED', table });
    this.#good.add(table);
  }

  /** Told before a table is changed. @param owner whose rows alone are changed; null where it may be those of any */
  changing(table: string, owner: string | null): void {
    this.require(table);
    if (owner === null) this.#known.delete(table);
    else this.#changedOf(table).add(ownerName(owner));
  }

  /** The table as it is. */
  digest(table: string, columns: readonly string[]): Sha256 {
    const known = this.#known.get(table);
    const isUseful = known?.columns.join() === columns.join();
    const changed = this.#changedOf(table);
    const shares = sharesOf(this.#db, table, columns, (name) =>
      isUseful && !changed.has(name) ? known?.shares.get(name) : undefined,
    );
    this.#known.set(table, { columns, shares });
    this.#changed.delete(table);
    return digestOfShares(shares);
  }

  /** Forgets what was read inside a transaction that was undone. */
  forget(): void {
    this.#known.clear();
    this.#changed.clear();
  }

  #isAsSigned(table: string, signed: TableDigest): boolean {
    if (signed.by === undefined || !hasColumns(this.#db, table, signed))
      return isAsSigned(this.#db, table, signed);
    return this.digest(table, signed.columns) === signed.sha256;
  }

  #changedOf(table: string): Set<string> {
    const changed = this.#changed.get(table) ?? new Set();
    this.#changed.set(table, changed);
    return changed;
  }
}

/** What is known of the tables of which a command that signs reads only those that it needs. */
export function digestsOfLarge(digests: TableDigests): TableDigests {
  return Object.fromEntries(Object.entries(digests).filter(([table]) => LARGE_TABLES.includes(table)));
}

/** Digests of the tables as they are: of those that are known, only the ones that changed are read again. */
function tableDigests(db: Database, { known, changed, large }: TablesSealing): TableDigests {
  return Object.fromEntries(
    sealedTables(db).map((table) => {
      const before = known?.[table];
      if (before !== undefined && !changed.has(table)) return [table, before];
      const columns = columnsOf(db, table).filter((column) => !COLUMNS_APART.includes(`${table}.${column}`));
      const by = ownerColumn(table);
      return by === null
        ? [table, { columns, sha256: tableDigest(db, table, columns) }]
        : [table, { columns, by, sha256: large.digest(table, columns) }];
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
  readonly large: LargeTables;
  /** @returns the note over this root */
  readonly sign: (root: Sha256) => string;
}

/** Signs the tables as they are, in the place of what was signed before. @returns their digests */
export function sealTables(db: Database, sealing: TablesSealing): TableDigests {
  const digests = tableDigests(db, sealing);
  keepSeal(db, { note: sealing.sign(rootOfTables(digests)), digests });
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
    .filter(([table, signed]) => !there.includes(table) || !isAsSigned(db, table, signed))
    .map(([table]) => table)
    .sort();
}

/** Whether a table is what was signed, all of it read. */
function isAsSigned(db: Database, table: string, signed: TableDigest): boolean {
  const { columns, by, sha256: said } = signed;
  if (!hasColumns(db, table, signed) || (by !== undefined && by !== ownerColumn(table))) return false;
  const digest =
    by === undefined ? tableDigest(db, table, columns) : digestOfShares(sharesOf(db, table, columns));
  return digest === said;
}

function hasColumns(db: Database, table: string, { columns }: TableDigest): boolean {
  const there = columnsOf(db, table);
  return columns.every((column) => there.includes(column));
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
      Object.entries(digests).map(([table, { columns, by, sha256: digest }]) => [
        table,
        { columns: [...columns], ...(by === undefined ? {} : { by }), sha256: digest },
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

/** All rows of a table, by its primary key. */
function tableDigest(db: Database, table: string, columns: readonly string[]): Sha256 {
  const key = db
    .all('SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk', table)
    .map((row) => readRow(nameRow, row).name);
  return rowDigest(db, { table, columns, key, atOnce: ROWS_AT_ONCE });
}
