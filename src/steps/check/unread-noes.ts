import type { Reader } from '../../store/reader.js';
import { isLedger } from '../../store/dataset-rows.js';

/** Rejected rows that may hold a no of somebody whom they do not name. */
export interface UnreadNoes {
  readonly rows: number;
  /** Ids of the datasets of their files. */
  readonly datasets: readonly string[];
  /** Where the first of them begin. */
  readonly places: readonly { readonly file: string; readonly line: number }[];
}

const LISTED = 50;

/** Those of all customer files and ledgers that are kept, as far as none was brought back corrected. */
export function unreadNoes(read: Reader): UnreadNoes {
  const datasets: string[] = [];
  const places: { readonly file: string; readonly line: number }[] = [];
  let rows = 0;
  for (const dataset of read.datasets()) {
    const isHeard = dataset.kind === 'customers' || isLedger(dataset);
    if (!isHeard || dataset.state !== 'kept') continue;
    const found = read.countUnreadNoes(dataset.id);
    if (found === 0) continue;
    rows += found;
    datasets.push(dataset.id);
    for (const line of read.unreadNoes(dataset.id, LISTED - places.length))
      places.push({ file: dataset.file, line });
  }
  return { rows, datasets, places };
}
