import type { Sha256 } from '../../base/crypto.js';
import type { CalendarDate } from '../../base/time.js';
import type { Basis } from '../../messages/bases.js';
import type { DatasetKind } from '../../messages/tables.js';
import type { DateOrder } from '../../dataset/dates.js';
import type { Encoding } from '../../dataset/encoding.js';
import type { Mapping } from '../../dataset/mapping.js';
import type { FixClass } from '../../dataset/repair.js';
import type { Relation } from '../../messages/relations.js';
import type { Difference } from './difference.js';

/** The statute that keeps an archive, and the latest day on which a period of its records begins. */
export interface ArchiveOrder {
  readonly basis: Basis;
  readonly since: CalendarDate;
}

/** A file that is to be imported, and how. */
export interface ImportInput {
  /** Absolute path of the CSV file. */
  readonly path: string;
  readonly kind: DatasetKind;
  readonly encoding?: Encoding;
  /** Of an archive: the statute that keeps it, and the day on which its period begins. */
  readonly archive?: ArchiveOrder;
  /** Whether persons of the archive may come into the customer list, because they are customers again. */
  readonly returned?: boolean;
  /** A mapping file; null uses the one beside the source if there is one, else synonyms. */
  readonly mapping: string | null;
  /** Where rejected rows go; null for beside the source. */
  readonly rejects: string | null;
  /** Whether a file that was imported before is imported once more. */
  readonly again: boolean;
  /** Whether an existing reject file is replaced. */
  readonly force: boolean;
  readonly dryRun: boolean;
  /** The sheet of a workbook, where the person named it. */
  readonly sheet?: string;
  /** Headers, or their numbers, of columns that stay unread. */
  readonly skipColumns?: readonly string[];
  /** How the file writes dates whose year comes last, where the person said so. */
  readonly dateOrder?: DateOrder;
  /** Classes of damage that are mended. */
  readonly fixes?: readonly FixClass[];
  /** How a customer file relates to the list, where the person said so; null where the file has to show it. */
  readonly relation: Relation | null;
  /** Asks for it where the file does not show it; null where nobody can be asked. */
  readonly ask: ((difference: Difference) => Promise<Relation | null>) | null;
  /** Asks which column a field is that no header names; absent where nobody can be asked. */
  readonly askColumn?: AskColumn | null;
}

/** Which column a field is that no header names. */
interface ColumnQuestion {
  readonly field: string;
  /** Columns without a field: number from 1, and the header as it may be shown. */
  readonly columns: readonly {
    readonly number: number;
    readonly shown: string;
    readonly isLikely: boolean;
  }[];
  /** Whether the file can be used without it. */
  readonly mayLack: boolean;
}

/** Gives the number of the column, null for none of them. */
export type AskColumn = (question: ColumnQuestion) => Promise<number | null>;

/** The mapping by which a file is read. */
export interface ChosenMapping {
  readonly mapping: Mapping;
  readonly path: string;
  /** Whether a file decided it, rather than synonyms. */
  readonly used: boolean;
  /** SHA-256 of what that file says, without comments and order; null where there was none. */
  readonly said: Sha256 | null;
  /** The file of the same columns whose mapping was taken; null for none. */
  readonly like: string | null;
}
