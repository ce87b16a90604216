import type { CoverageCounts } from '../../report/coverage.js';
import type { Reader } from '../../store/reader.js';
import type { Dataset } from '../../store/dataset-rows.js';
import { customerList, personsIn, replacedRecords } from '../session/list.js';
import { importCountsOf, listCounts, purgedOf } from './counts.js';

/** A customer file, with its rows, blank ones included. */
interface CoveredFile extends Pick<Dataset, 'id' | 'file' | 'sha256' | 'relation' | 'imported'> {
  readonly rows: number;
}

/** What files cover, and what they leave out. */
export interface Coverage {
  readonly files: readonly CoveredFile[];
  /** Rows of the files, blank ones included. */
  readonly rows: number;
  /** Persons who is in them, each once; not those whose row was rejected. */
  readonly customers: number;
  /** Rows that a later one replaces. */
  readonly replaced: number;
  /** Persons of the list before that are not in it any more. */
  readonly gone: number;
  /** Files of the list that are not among them, where a part of the list was named. */
  readonly leftOut: number;
}

/** The same as counts. */
export function coverageCounts({ files, customers, replaced, gone }: Coverage): CoverageCounts {
  return { files: files.length, customers, replaced, gone };
}

/** What these files cover of the customer list, or what the whole list does. */
export function coverageOf(read: Reader, files: readonly Dataset[]): Coverage {
  const list = customerList(read);
  const ids = files.map(({ id }) => id);
  const first = files[0];
  const counts = listCounts(read, files);
  let replaced = counts.replaced;
  if (files.length > 1) for (const page of replacedRecords(read, files)) replaced += page.replaced.length;
  return {
    files: files.map(coveredFile),
    rows: counts.rows,
    customers: customersIn(read, files),
    replaced,
    gone:
      first?.relation === 'list' || first?.relation === 'newer'
        ? (importCountsOf(first).difference?.gone ?? 0)
        : 0,
    leftOut: list.filter(({ id }) => !ids.includes(id)).length,
  };
}

function coveredFile(dataset: Dataset): CoveredFile {
  const { id, file, sha256, relation, imported } = dataset;
  return { id, file, sha256, relation, imported, rows: importCountsOf(dataset).rows };
}

function customersIn(read: Reader, files: readonly Dataset[]): number {
  const [only] = files;
  if (only === undefined) return 0;
  const { records, repeats } = importCountsOf(only);
  // As import counted them; purged since, they have to be counted again.
  return files.length === 1 && repeats !== undefined && purgedOf(only) === 0
    ? records - repeats.same - repeats.different - repeats.orders
    : personsIn(read, files);
}
