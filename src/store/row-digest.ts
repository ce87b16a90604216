import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Sha256 } from '../base/crypto.js';
import { release } from '../base/transfer.js';
import type { Database, Value } from './database.js';
import { readRow } from './columns.js';
import { digestOf } from './whole-file.js';

/** Which rows of a table are digested, and how. The names may come from a schema that somebody changed. */
export interface DigestedRows {
  readonly table: string;
  readonly columns: readonly string[];
  /** Columns of {@link columns} that hold long bytes: taken as they are behind their length, and any other value in hexadecimal digits. */
  readonly bytes?: readonly string[];
  /** What orders the rows: no two of them have the same. */
  readonly key: readonly string[];
  /** Only rows with this value in this column. */
  readonly of?: { readonly column: string; readonly value: Value };
  readonly atOnce: number;
}

/**
 * SHA-256 over rows in the order of their key, a few at a time. Each value stands with its kind, so that no two rows read the same. SQLite
 * puts the text together, of many rows in one call, and hands it over as bytes: a text that is no UTF-8 would be read as another.
 */
export function rowDigest(db: Database, rows: DigestedRows): Sha256 {
  const { table, columns, key, atOnce, of } = rows;
  const bytes = rows.bytes ?? [];
  const line = columns
    .map((column) =>
      bytes.includes(column)
        ? lengthAndBytes(sqlColumn(table, column))
        : kindAndDigits(sqlColumn(table, column)),
    )
    .join(` || ',' || `);
  const keyed = key.map((name) => sqlColumn(table, name));
  const keys = keyed.join(', ');
  const from = (isFirst: boolean): string => {
    const conditions = [
      ...(of === undefined ? [] : [`${sqlColumn(table, of.column)} = ? COLLATE BINARY`]),
      ...(isFirst ? [] : [`(${keys}) > (${key.map(() => '?').join(', ')})`]),
    ];
    return `FROM ${sqlName(table)} ${conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`} ORDER BY ${keys}`;
  };
  const digest = createHash('sha256');
  const first = of === undefined ? [] : [of.value];
  for (let after: readonly Value[] | null = null; ; ) {
    const here = from(after === null);
    const values = [...first, ...(after ?? [])];
    const lines = `SELECT ${line} || char(10) AS line ${here} LIMIT ${atOnce}`;
    const found = readRow(
      linesRow,
      db.get(
        `SELECT count(*) AS rows, CAST(group_concat(line, '') AS BLOB) AS lines FROM (${lines})`,
        ...values,
      ),
    );
    if (found.lines !== null) {
      digest.update(found.lines);
      release(found.lines);
    }
    if (found.rows < atOnce) return digestOf(digest);
    const last = db.get(
      `SELECT ${keyed.map((name, i) => `${name} AS k${i}`).join(', ')} ${here} LIMIT 1 OFFSET ${atOnce - 1}`,
      ...values,
    );
    const row = readRow(keyRow, last);
    after = key.map((_, i) => row[`k${i}`] ?? null);
  }
}

const linesRow = z.object({ rows: z.int(), lines: z.instanceof(Uint8Array).nullable() });
const keyRow = z.record(z.string(), z.union([z.string(), z.number(), z.instanceof(Uint8Array), z.null()]));

/** SQL for a value in hexadecimal digits: none of them is a comma or the end of a line. */
function kindAndDigits(column: string): string {
  return `typeof(${column}) || hex(${column})`;
}

/** SQL for a value as it is: its length says where it ends. */
function lengthAndBytes(column: string): string {
  return `typeof(${column}) || ifnull(octet_length(${column}), '') || ':' || ifnull(${column}, '')`;
}

/** A column in SQL, with its table: by its name alone a result would be meant that is called the same, or a text if there is none. */
export function sqlColumn(table: string, name: string): string {
  return `${sqlName(table)}.${sqlName(name)}`;
}

/** A name in SQL. */
export function sqlName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
