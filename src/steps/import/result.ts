import type { Sha256 } from '../../base/crypto.js';
import type { Finding } from '../../dataset/finding.js';
import type { Opening } from '../../dataset/header.js';
import type { LeftOut } from '../../dataset/imported.js';
import type { DerivedColumn, MappedColumn } from '../../dataset/mapping.js';
import type { FixClass } from '../../dataset/repair.js';
import type { FindingCode } from '../../messages/findings.js';
import type { Relation } from '../../messages/relations.js';
import type { DatasetKind } from '../../messages/tables.js';
import type { Archive } from './cabinets.js';
import type { ImportCounts } from './counts.js';
import type { Difference } from './difference.js';
import type { ChosenMapping } from './input.js';
import type { SheetSource } from './sheet-source.js';
import type { TableCounted } from './table-count.js';

/** What was read of a workbook, and what it holds besides. */
export type ImportedSheet = Pick<
  SheetSource,
  'form' | 'name' | 'others' | 'hidden' | 'tables' | 'hasLinks' | 'facts'
>;

export interface ImportResult {
  readonly dataset: string;
  readonly kind: DatasetKind;
  readonly file: string;
  readonly bytes: number;
  readonly sha256: Sha256;
  readonly opening: Pick<Opening, 'encoding' | 'bom' | 'evidence' | 'delimiter'>;
  /** The sheet of a workbook; null for another file. */
  readonly sheet: ImportedSheet | null;
  readonly columns: readonly Pick<MappedColumn, 'index' | 'shown' | 'field' | 'also'>[];
  /** Fields that are made of other columns. */
  readonly derived: readonly DerivedColumn[];
  /** First records, masked, in the order of the fields that were mapped. */
  readonly samples: readonly (readonly string[])[];
  readonly sampleFields: readonly string[];
  readonly counts: ImportCounts;
  /** Of a table beside the customer list: what its rows add up to. */
  readonly sums: TableCounted | null;
  /** Of an archive, the statute that keeps it and until when; null for another file. */
  readonly archive: Archive | null;
  /** Persons who are in the other cabinet as well: of an archive in the customer list, of customers in the archive. */
  readonly otherCabinet: number;
  /** How a customer file relates to the list; null for a ledger. */
  readonly relation: Relation | null;
  /** The file to which it relates; null where there was no list. */
  readonly relatesTo: string | null;
  /** How its persons differ from those of the list before it; null where there was none. */
  readonly difference: Difference | null;
  /** All findings by code. */
  readonly findingCounts: Readonly<Partial<Record<FindingCode, number>>>;
  /** The first of them, in order. */
  readonly findings: readonly Finding[];
  /** Cells that were left out while their row stayed, by column and code. */
  readonly leftOut: readonly LeftOut[];
  /** Cells and rows that could be mended, by class. */
  readonly mendable: Readonly<Partial<Record<FixClass, number>>>;
  /** Lines that are no rows of data: titles, totals, signatures, repeated headers. */
  readonly aside: number;
  /** `workbook`: the same rows as a workbook; null where they are too many for one. */
  readonly rejects: { readonly path: string; readonly rows: number; readonly workbook: string | null } | null;
  /** Events of a ledger whose time cannot be read: a no among them holds the person until it is cleared. */
  readonly undated: number;
  /** Rejected rows that may hold a no of somebody whom they do not name: nobody leaves until somebody looked at them. */
  readonly unreadNoes: number;
  /** Whether so many rows were rejected that the file deserves a look first. */
  readonly isManyRejected: boolean;
  /** `findings` when so many rows were rejected that the file deserves a look first, or a no in it is undated or nobody's. */
  readonly outcome: 'ok' | 'findings';
  /** Records of persons who were erased before (the erasure ledger knows their tags). */
  readonly erasedBefore: number;
  /** Customers whose numbers differ only in spelling from those of persons who said no. */
  readonly spelledAlike: number;
  /** The mapping file that was used or written. */
  readonly mapping: Pick<ChosenMapping, 'path' | 'used' | 'like'>;
}
