// What the tables hold, as digests under the party's signature: whoever can write the database and has no key cannot change it unseen.

import { z } from 'zod';
import { utf8 } from '../base/bytes.js';
import { type Sha256, sha256 } from '../base/crypto.js';
import { canonicalJson } from '../base/json.js';
import { fail } from '../messages/error.js';
import { numberRow, readRow } from './columns.js';
import type { Database } from './database.js';
import {
  digestOfShares,
  LARGE_TABLES,
  ownerColumn,
  ownerName,
  type Shares,
  sharesOf,
} from './large-tables.js';
import { rowDigest, sqlName } from './row-digest.js';
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
    const shape = sealedTables(this.#db).get(table);
    if (signed.by === undefined || !hasColumns(shape, signed))
      return isAsSigned(this.#db, table, shape, signed) && withFalseIndex(this.#db, [table]).size === 0;
    return (
      this.digest(table, signed.columns) === signed.sha256 && withFalseIndex(this.#db, [table]).size === 0
    );
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
    Array.from(sealedTables(db), ([table, shape]) => {
      const before = known?.[table];
      if (before !== undefined && !changed.has(table)) return [table, before];
      const columns = shape.columns.filter((column) => !COLUMNS_APART.includes(`${table}.${column}`));
      const by = ownerColumn(table);
      return by === null
        ? [table, { columns, sha256: tableDigest(db, table, { ...shape, columns }) }]
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
  const asked = Object.entries(digests).filter(([table]) => !except.includes(table));
  const names = asked.map(([table]) => table).filter((table) => there.has(table));
  const broken = withFalseIndex(db, names);
  const filled = filledTables(db, names);
  return asked
    .filter(([table, signed]) => {
      const shape = there.get(table);
      if (broken.has(table)) return true;
      if (filled.has(table)) return !isAsSigned(db, table, shape, signed);
      return !isOfTable(table, shape, signed) || signed.sha256 !== NO_ROWS;
    })
    .map(([table]) => table)
    .sort();
}

/** Of a table without rows, however its rows would be read. */
const NO_ROWS = sha256(new Uint8Array());

/** Those of the tables that hold a row. Most hold none, and one question for all of them takes less than a digest of each. */
function filledTables(db: Database, tables: readonly string[]): ReadonlySet<string> {
  if (tables.length === 0) return new Set();
  const asked = tables.map(
    (table, i) => `SELECT ${i} AS number WHERE EXISTS (SELECT 1 FROM ${sqlName(table)})`,
  );
  const found = db.all(asked.join(' UNION ALL ')).map((row) => readRow(numberRow, row).number);
  return new Set(tables.filter((_, i) => found.includes(i)));
}

/**
 * Those of the tables of which an index says other than the rows. What a command asks for by such an index it would not find, and a digest in
 * its order would not hold what the index lacks. They are tables that were signed: none has a number for a name.
 */
function withFalseIndex(db: Database, tables: readonly string[]): ReadonlySet<string> {
  const found = db.all(
    'SELECT t.value AS name FROM json_each(?) AS t JOIN pragma_integrity_check(t.value) AS c WHERE c.integrity_check <> ?',
    JSON.stringify(tables),
    'ok',
  );
  return new Set(found.map((row) => readRow(nameRow, row).name));
}

const nameRow = z.object({ name: z.string() });

/** Whether a table is what was signed, all of it read. */
function isAsSigned(
  db: Database,
  table: string,
  shape: TableShape | undefined,
  signed: TableDigest,
): boolean {
  const { columns, by, sha256: said } = signed;
  if (shape === undefined || !isOfTable(table, shape, signed)) return false;
  const digest =
    by === undefined
      ? tableDigest(db, table, { ...shape, columns })
      : digestOfShares(sharesOf(db, table, columns));
  return digest === said;
}

/** Whether a digest can be one of this table. */
function isOfTable(table: string, shape: TableShape | undefined, signed: TableDigest): boolean {
  return hasColumns(shape, signed) && (signed.by === undefined || signed.by === ownerColumn(table));
}

function hasColumns(shape: TableShape | undefined, { columns }: TableDigest): boolean {
  return shape !== undefined && columns.every((column) => shape.columns.includes(column));
}

/**
 * Triggers, views and indexes that this program did not write: they would change or hide what a command does. One that is gone is no matter;
 * triggers prevent accidents, and indexes save time.
 */
export function strangeSchema(db: Database): readonly string[] {
  // The index of a primary key has no text.
  const rows = db.all(
    "SELECT name, sql FROM sqlite_master WHERE type IN ('trigger', 'view', 'index') AND sql IS NOT NULL ORDER BY name",
  );
  return rows
    .map((row) => readRow(schemaRow, row))
    .filter(({ sql }) => !SCHEMA.includes(plain(sql)))
    .map(({ name }) => name);
}

const schemaRow = z.object({ name: z.string(), sql: z.string() });
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

/** What the schema says of a table. */
interface TableShape {
  readonly columns: readonly string[];
  /** The columns of its primary key, in their order. */
  readonly key: readonly string[];
}

/** The tables that are under the seal, by name. */
function sealedTables(db: Database): ReadonlyMap<string, TableShape> {
  const rows = db
    .all(
      "SELECT m.name AS \"table\", p.name AS name, p.pk AS place FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS p WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY m.rowid, p.cid",
    )
    .map((row) => readRow(columnRow, row))
    .filter(({ table }) => !APART.includes(table));
  const columns = new Map<string, z.infer<typeof columnRow>[]>();
  for (const row of rows) {
    const before = columns.get(row.table);
    if (before === undefined) columns.set(row.table, [row]);
    else before.push(row);
  }
  return new Map(Array.from(columns, ([table, found]) => [table, shapeOf(found)]));
}

function shapeOf(columns: readonly z.infer<typeof columnRow>[]): TableShape {
  const key = columns.filter(({ place }) => place > 0).sort((a, b) => a.place - b.place);
  return { columns: columns.map(({ name }) => name), key: key.map(({ name }) => name) };
}

const columnRow = z.object({ table: z.string(), name: z.string(), place: z.int() });

/** All rows of a table, by its primary key. */
function tableDigest(db: Database, table: string, { columns, key }: TableShape): Sha256 {
  return rowDigest(db, { table, columns, key, atOnce: ROWS_AT_ONCE });
}
