import { z } from 'zod';
import type { Sha256 } from '../base/crypto.js';
import type { CalendarDate, Instant } from '../base/time.js';
import { type Relation, RELATIONS } from '../messages/relations.js';
import { DATASET_KINDS, type DatasetKind } from '../messages/tables.js';
import { COLUMN, type Counts } from './columns.js';

/* What files became: datasets with their sealed pages and rejected rows, and the files outside the database that they came from or went to. */

const { blob, name: columnName, count, counts, date, digest, instant, json } = COLUMN;

/** One import of one file, or one resource of a received bundle. Its records are in pages. */
export interface Dataset {
  readonly id: string;
  readonly kind: DatasetKind;
  /** What a page holds once opened: cells joined by U+001F and U+001E (sealed-pages.ts), or gzip of NDJSON as it came in a bundle. */
  readonly content: 'cells' | 'ndjson-gz';
  readonly resource: string;
  /** The bundle that it came in, or null for an import. */
  readonly bundle: string | null;
  /** Base name of the file. */
  readonly file: string;
  readonly sha256: Sha256;
  readonly bytes: number;
  readonly encoding: string;
  readonly delimiter: string;
  /** Order of the cells of a record. */
  readonly columns: readonly string[];
  /** The data key in the vault. */
  readonly keyId: string;
  readonly counts: Counts;
  readonly imported: Instant;
  /** The mapping of the header, in its editable form. */
  readonly mapping: string;
  /** `purged`: its records are gone, this line stays. */
  readonly state: 'kept' | 'purged';
  /** How an imported customer file relates to those before it; null for a ledger and for what came in a bundle. */
  readonly relation: Relation | null;
  /** The dataset to which it relates; null for a list without one before it. */
  readonly relatesTo: string | null;
  /** The statute that keeps an archive, the day on which its period begins, and the last day of it; null for any other dataset. */
  readonly archiveBasis: string | null;
  readonly archiveSince: CalendarDate | null;
  readonly archiveUntil: CalendarDate | null;
}

/** The resource of what proves the consents of purged records. */
export const PROOFS = 'proofs';

/** Whether a dataset speaks of people of whom nothing else may be left: proof of a consent, or what only a statute keeps. */
export function isKeptApart({ kind, resource }: Pick<Dataset, 'kind' | 'resource'>): boolean {
  return resource === PROOFS || kind === 'archive';
}

/** What the answers of a campaign are called among the ledgers: their persons were found when they were taken in. */
export const ANSWERED = 'answers';

/** Whether a dataset is a ledger that is heard when verdicts are given; proofs of what is over let nobody go again. */
export function isLedger({ kind, resource }: Pick<Dataset, 'kind' | 'resource'>): boolean {
  return kind === 'consents' && resource !== PROOFS;
}

/** How many rejected rows of a customer file with the same first error came back corrected. */
export interface CorrectedCount {
  readonly code: string;
  readonly corrected: number;
}

/** The records of half a MiB of an imported file, or of a page of a bundle: sealed, with what may be queried without opening it. */
export interface StoredPage {
  readonly number: number;
  readonly records: number;
  readonly sealed: Uint8Array;
  /** 16 bytes a record. */
  readonly tags: Uint8Array;
}

/** The packed subject tags of a page. */
export type PageTags = Omit<StoredPage, 'sealed'>;

/** A file outside the database that may hold personal data, remembered so that a purge can name it. */
export interface RememberedFile {
  readonly path: string;
  readonly sha256: Sha256;
  readonly bytes: number;
  readonly kind: 'source' | 'reject' | 'extract' | 'bundle' | 'mapping' | 'report';
  readonly time: Instant;
  readonly dataset: string | null;
  /** When it was shredded; null while it may still be there. */
  readonly gone: Instant | null;
}

/** How many records a dataset had when it was taken in. */
export function takenIn(counts: Counts): number {
  return Number(counts['records'] ?? counts['received'] ?? 0);
}

export const DATASET_ROW = {
  dataset: z.object({
    id: z.string(),
    kind: z.enum(DATASET_KINDS),
    content: z.enum(['cells', 'ndjson-gz']),
    resource: z.string(),
    bundle: z.string().nullable(),
    file: z.string(),
    sha256: digest,
    bytes: count,
    encoding: z.string(),
    delimiter: z.string(),
    columns: json(z.array(columnName)),
    keyId: z.string(),
    counts,
    imported: instant,
    mapping: z.string(),
    state: z.enum(['kept', 'purged']),
    relation: z.enum(RELATIONS).nullable(),
    relatesTo: z.string().nullable(),
    archiveBasis: z.string().nullable(),
    archiveSince: date.nullable(),
    archiveUntil: date.nullable(),
  }),
  rows: z.object({ rows: count }),
  correctedCount: z.object({ code: z.string(), corrected: count }),
  page: z.object({ number: count, records: count, sealed: blob, tags: blob }),
  pageCount: z.object({ pages: count, columns: count, records: count }),
  pageTags: z.object({ number: count, records: count, tags: blob }),
  tags: z.object({ tags: blob }),
  file: z.object({
    path: z.string(),
    sha256: digest,
    bytes: count,
    kind: z.enum(['source', 'reject', 'extract', 'bundle', 'mapping', 'report']),
    time: instant,
    dataset: z.string().nullable(),
    gone: instant.nullable(),
  }),
} as const;
