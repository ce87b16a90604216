import { z } from 'zod';
import { howToRead } from '../../base/shape.js';
import { fail } from '../../messages/error.js';
import type { Reader } from '../../store/reader.js';
import type { Dataset } from '../../store/dataset-rows.js';

const count = z.int().min(0);

/** What an import counted, as kept with its dataset. */
const schema = z.object({
  rows: count,
  records: count,
  rejected: count,
  blank: count,
  rejectedBy: z.record(z.string(), z.int().min(1)),
  /** Rows that repeat the customer number of an earlier one. */
  repeats: z.object({ same: count, different: count, orders: count.default(0) }).optional(),
  /** How the file's persons differed from the list before it. */
  difference: z.object({ added: count, changed: count, unchanged: count, gone: count }).nullable().optional(),
  /** Records that were purged since. */
  purged: count.default(0),
});

/** Where the rows of a file went on import, without records that were purged since: rows = records + rejected + blank. */
export type ImportCounts = Readonly<Omit<z.infer<typeof schema>, 'purged'>>;

/** Where the rows of several files went together: rows = records + rejected + blank + replaced. */
export type ListCounts = Pick<ImportCounts, 'rows' | 'records' | 'rejected' | 'blank' | 'rejectedBy'> & {
  /** Rejected rows that another of the files brought back. */
  readonly replaced: number;
};

/** @throws HandoverError WORKSPACE_DAMAGED if the database does not hold what import wrote */
export function importCountsOf(dataset: Dataset): ImportCounts {
  const { purged, rows, records, ...rest } = storedCounts(dataset);
  return { ...rest, rows: rows - purged, records: records - purged };
}

/** How many records of a dataset were purged since. @throws HandoverError WORKSPACE_DAMAGED */
export function purgedOf(dataset: Dataset): number {
  return storedCounts(dataset).purged;
}

function storedCounts(dataset: Dataset): z.infer<typeof schema> {
  const read = schema.safeParse(dataset.counts, howToRead());
  return read.success ? read.data : fail({ code: 'WORKSPACE_DAMAGED', name: 'handover.db' });
}

/** @throws HandoverError WORKSPACE_DAMAGED if the database does not hold what import wrote */
export function listCounts(read: Reader, datasets: readonly Dataset[]): ListCounts {
  const ids = datasets.map(({ id }) => id);
  const total = { rows: 0, records: 0, rejected: 0, blank: 0, replaced: 0 };
  const rejectedBy: Record<string, number> = {};
  for (const dataset of datasets) {
    const counts = importCountsOf(dataset);
    for (const [code, rows] of Object.entries(counts.rejectedBy))
      rejectedBy[code] = (rejectedBy[code] ?? 0) + rows;
    total.rows += counts.rows;
    total.records += counts.records;
    total.rejected += counts.rejected;
    total.blank += counts.blank;
    for (const { code, corrected } of read.correctedRows(dataset.id, ids)) {
      rejectedBy[code] = (rejectedBy[code] ?? 0) - corrected;
      if (rejectedBy[code] === 0) delete rejectedBy[code];
      total.rejected -= corrected;
      total.replaced += corrected;
    }
  }
  return { ...total, rejectedBy };
}
