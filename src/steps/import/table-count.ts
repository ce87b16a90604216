import type { Sums } from '../../bundle/accounting.js';
import { addedSums, TableSums } from '../../bundle/sums.js';
import type { FurtherTable } from '../../messages/tables.js';
import { namesakes } from '../../policy/table-rows.js';
import { ROW_FIGURES, type TablePage } from '../workers/stages/import.js';
import { TAG_BYTES } from '../../base/tagger.js';

/** What the rows of a table add up to. */
export interface TableCounted {
  /** Rows that agree are one row, as they are when the table leaves. */
  readonly records: Sums;
  /** How many rows are the same as another one, and are not among `records`. */
  readonly same: number;
  /** Rejected rows as far as they could be read. */
  readonly rejected: Sums;
}

/** Adds up the rows of a table beside the customer list while its file is read. */
export class TableCount {
  readonly #table: FurtherTable;
  readonly #columns: readonly string[];
  readonly #pages: Float64Array[] = [];
  readonly #persons = new Set<string>();
  #rejected: Sums;

  constructor(table: FurtherTable, columns: readonly string[]) {
    this.#table = table;
    this.#columns = columns;
    this.#rejected = new TableSums(table, columns).end();
  }

  /** @param tags of the customers of the page's rows */
  add(tags: Uint8Array, { rows, rejected }: TablePage): void {
    this.#pages.push(rows);
    this.#rejected = addedSums(this.#rejected, rejected);
    for (let at = tags.byteOffset; at < tags.byteOffset + tags.length; at += TAG_BYTES)
      this.#persons.add(Buffer.from(tags.buffer, at, TAG_BYTES).toString('latin1'));
  }

  /** Once the file was read: equal rows may be pages apart. */
  end(): TableCounted {
    const rows = new Float64Array(this.#pages.reduce((sum, { length }) => sum + length, 0));
    this.#pages.reduce((at, page) => {
      rows.set(page, at);
      return at + page.length;
    }, 0);
    const count = rows.length / ROW_FIGURES;
    const figure = (at: number, which: number): number => rows[at * ROW_FIGURES + which] ?? 0;
    const repeated = namesakes(
      count,
      (at) => figure(at, 0),
      (at) => figure(at, 1),
    );
    const left = new Set(repeated.flatMap(({ positions, isSame }) => (isSame ? positions.slice(1) : [])));
    const sums = new TableSums(this.#table, this.#columns);
    for (let at = 0; at < count; at++) if (!left.has(at)) sums.addRead(figure(at, 2), figure(at, 3));
    return {
      records: { ...sums.end(), persons: this.#persons.size },
      same: left.size,
      rejected: this.#rejected,
    };
  }
}
