import { z } from 'zod';
import { utf8 } from '../base/bytes.js';
import { type Sha256, sha256 } from '../base/crypto.js';
import type { Database, Value } from './database.js';
import { sqlColumn, sqlName, rowDigest } from './row-digest.js';
import { readRow } from './columns.js';

/** How a table is divided that grows with the list. */
interface Division {
  /** The column that says whose rows they are. */
  readonly owner: string;
  /** What orders the rows of one owner. */
  readonly key: readonly string[];
  /** Columns of long bytes. */
  readonly bytes: readonly string[];
  readonly atOnce: number;
}

/** Rows that are read together where each holds the bytes of thousands of records. */
const PAGES_AT_ONCE = 20;
const ROWS_AT_ONCE = 1000;

const TAGS = { key: ['number'], bytes: ['tags'], atOnce: PAGES_AT_ONCE };

const DIVISIONS: Readonly<Record<string, Division>> = {
  check_page: {
    owner: 'check_run',
    key: ['dataset', 'number'],
    bytes: ['reason_sets', 'stays'],
    atOnce: PAGES_AT_ONCE,
  },
  handed_over: { owner: 'bundle', ...TAGS },
  asked: { owner: 'batch', ...TAGS },
  erased: { owner: 'purge', ...TAGS },
  rejected_row: { owner: 'dataset', key: ['line'], bytes: [], atOnce: ROWS_AT_ONCE },
};

/**
 * Tables with some bytes for each record or each row of a file. Who verifies the whole log reads them; a command that only signs does not,
 * so that what it costs does not grow with the list.
 */
export const LARGE_TABLES: readonly string[] = Object.keys(DIVISIONS);

/** The column by which a table is digested; null for one that is digested as a whole. */
export function ownerColumn(table: string): string | null {
  return DIVISIONS[table]?.owner ?? null;
}

/** The digest of each owner's rows, by the name of the owner in {@link ownersOf}. */
export type Shares = ReadonlyMap<string, Share>;

interface Share {
  readonly owner: Value;
  readonly rows: number;
  readonly sha256: Sha256;
}

/**
 * The rows of a large table as digests, one for each owner.
 *
 * @param isKnown what is known of an owner's rows that need not be read again
 */
export function sharesOf(
  db: Database,
  table: string,
  columns: readonly string[],
  known: (name: string) => Share | undefined = () => undefined,
): Shares {
  const division = DIVISIONS[table];
  if (division === undefined) throw new Error(`${table} is not divided`);
  const { owner: column, key, bytes, atOnce } = division;
  const others = columns.filter((name) => name !== column);
  return new Map(
    ownersOf(db, table, column).map(({ name, owner, rows }) => {
      const before = known(name);
      if (before?.rows === rows) return [name, before];
      const of = { column, value: owner };
      return [
        name,
        { owner, rows, sha256: rowDigest(db, { table, columns: others, bytes, key, of, atOnce }) },
      ];
    }),
  );
}

/** The name of an owner that is a text. */
export function ownerName(owner: string): string {
  return `text${Buffer.from(owner, 'utf8').toString('hex').toUpperCase()}`;
}

/** One digest for all of a table. */
export function digestOfShares(shares: Shares): Sha256 {
  const lines = Array.from(shares, ([name, { rows, sha256: digest }]) => `${name} ${rows} ${digest}\n`);
  return sha256(utf8(lines.join('')));
}

/**
 * Every owner with how many rows there are: where the digest leaves out some of them, for whatever reason, that does not add up. Byte by byte,
 * whatever the schema says is the same.
 */
function ownersOf(db: Database, table: string, column: string) {
  const name = sqlColumn(table, column);
  return db
    .all(
      `SELECT typeof(${name}) || hex(${name}) AS name, ${name} AS owner, count(*) AS rows FROM ${sqlName(table)} GROUP BY ${name} COLLATE BINARY ORDER BY ${name} COLLATE BINARY`,
    )
    .map((row) => readRow(ownerRow, row));
}

const ownerRow = z.object({
  name: z.string(),
  owner: z.union([z.string(), z.number(), z.instanceof(Uint8Array), z.null()]),
  rows: z.int(),
});
