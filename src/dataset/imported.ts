import type { FindingCode } from '../messages/findings.js';
import type { Finding } from './finding.js';
import type { FixClass } from './repair.js';

/** What became of the chunks of one page. rows = records + rejected + blank, always. */
export interface ImportedChunks {
  /** Data rows read. */
  readonly rows: number;
  /** Lines that are no rows of data, such as totals; not among `rows`. */
  readonly aside: number;
  /** Rows without a single value. */
  readonly blank: number;
  readonly records: number;
  readonly rejected: number;
  /**
   * The records as UTF-8: cells joined by U+001F, each record ended by U+001E. Not compressed, not sealed, and in memory that the next
   * page uses again.
   */
  readonly page: Uint8Array;
  /** 16 bytes a record: its subject tag. */
  readonly tags: Uint8Array;
  /** At most {@link MAX_FINDINGS}, in order; `counts` has them all. */
  readonly findings: readonly Finding[];
  readonly counts: Readonly<Partial<Record<FindingCode, number>>>;
  /** Cells that were left out while their row stayed, by column and code. */
  readonly leftOut: readonly LeftOut[];
  /** Cells about which anything was found, by column and code. */
  readonly cellCounts: readonly CellCount[];
  /** Cells and rows that could be mended, by class. */
  readonly mendable: Readonly<Partial<Record<FixClass, number>>>;
  /** Rejected rows by the code of their first error; the numbers add up to `rejected`. */
  readonly rejectedBy: Readonly<Partial<Record<FindingCode, number>>>;
  /** Where each rejected row began, with the code of its first error. */
  readonly rejectedRows: readonly RejectedRow[];
  /** The lines of another file that rows of this one bring back, if this is a reject file. */
  readonly broughtBack: readonly number[];
  /**
   * CSV text of the rejected rows in UTF-8, without header: it holds customers, and goes to the reject file only. In memory that is used
   * again for the next chunks.
   */
  readonly rejects: Uint8Array;
  /** The first records of the file, masked for a screen, in the order of the columns; only of chunk 0. */
  readonly samples: readonly (readonly string[])[];
}

/** Cells of one column that could not be used for one reason. */
export interface LeftOut {
  /** 1-based. */
  readonly column: number;
  readonly field: string;
  readonly code: FindingCode;
  readonly cells: number;
}

/** Cells of one column about which one thing was found. */
export interface CellCount {
  /** 1-based. */
  readonly column: number;
  readonly code: FindingCode;
  readonly cells: number;
}

/** A row that was rejected: where it began, and the code of its first error. */
export interface RejectedRow {
  readonly line: number;
  readonly code: FindingCode;
  /** Whether it may hold a no of somebody whom it does not name. */
  readonly isUnreadNo: boolean;
}

/** What can be read of a rejected row. */
export interface RejectedCells {
  /** The cells of a record, '' for what could not be read; null where nobody knows which column a cell belongs to. */
  readonly cells: readonly string[] | null;
  /** The customer number, '' where there is none. */
  readonly subject: string;
  /** Of a row of which nobody knows which column a cell belongs to: what it would say if the missing cells were at its end, and if they were at its beginning. */
  readings(fields: readonly string[]): readonly (readonly string[])[];
  /** How many cells are not empty. */
  filled(): number;
}

/** Findings kept per page; all are counted. */
export const MAX_FINDINGS = 1000;
