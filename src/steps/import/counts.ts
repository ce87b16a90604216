import { z } from 'zod';
import { fail } from '../../messages/error.js';
import type { Dataset } from '../../store/rows.js';

/** What an import counted, as kept with its dataset. */
const schema = z.object({
  rows: z.int().min(0),
  records: z.int().min(0),
  rejected: z.int().min(0),
  blank: z.int().min(0),
  rejectedBy: z.record(z.string(), z.int().min(1)),
  /** Records that were purged since. */
  purged: z.int().min(0).default(0),
});

/** Where the rows of a file went on import, without records that were purged since: rows = records + rejected + blank. */
export type ImportCounts = Readonly<Omit<z.infer<typeof schema>, 'purged'>>;

/** @throws HandoverError WORKSPACE_DAMAGED if the database does not hold what import wrote */
export function importCountsOf(dataset: Dataset): ImportCounts {
  const read = schema.safeParse(dataset.counts);
  if (!read.success) return fail({ code: 'WORKSPACE_DAMAGED', name: 'handover.db' });
  const { purged, rows, records, ...rest } = read.data;
  return { ...rest, rows: rows - purged, records: records - purged };
}
