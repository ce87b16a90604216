import { howToRead } from '../../base/shape.js';
import { type Sums, sumsSchema } from '../../bundle/accounting.js';
import { type FurtherTable, isFurtherTable } from '../../messages/tables.js';
import type { Reader } from '../../store/reader.js';
import type { StoredCheck } from '../../store/check-rows.js';
import type { Dataset } from '../../store/dataset-rows.js';

/** What the rows of a stored table add up to, as they were counted when they came; null for another dataset. */
export function storedSums({ counts }: Pick<Dataset, 'counts'>): Sums | null {
  const read = sumsSchema.safeParse(counts['sums'], howToRead());
  return read.success ? read.data : null;
}

/** The files of one table as it is today, in order: a new one takes the place of those before it, unless it adds to them or corrects them. */
export function currentTable(read: Reader, table: FurtherTable): readonly Dataset[] {
  const files = read.datasets().filter(({ kind, content }) => kind === table && content === 'cells');
  const start = files.findLastIndex(({ relation }) => relation !== 'correction' && relation !== 'addition');
  return files.slice(Math.max(0, start)).filter(({ state }) => state === 'kept');
}

/** Whether a dataset is a table beside the customer list. */
export function isTable({ kind }: Pick<Dataset, 'kind'>): boolean {
  return isFurtherTable(kind);
}

/** The tables that a check judged with the list: ids of datasets, in order. */
export function judgedTables({ counts }: Pick<StoredCheck, 'counts'>): readonly string[] {
  const { tables } = counts;
  return Array.isArray(tables) ? tables.filter((id) => typeof id === 'string') : [];
}
