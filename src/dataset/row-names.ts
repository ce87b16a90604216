import { ROW_NAMES } from '../deal/tables.js';
import type { FurtherTable } from '../messages/tables.js';
import { subjectOf } from '../base/tagger.js';
import { recordText } from './page.js';

/**
 * What tells a row of a table from all others: the customer and what names it. Of what was prepaid, rows without a name of their own are one
 * account; of orders and services the whole row is its name.
 */
export function compileRowName(
  table: FurtherTable,
  columns: readonly string[],
): (record: readonly string[]) => string {
  const subject = columns.indexOf('customer_no');
  const named = ROW_NAMES[table].map((field) => columns.indexOf(field)).filter((at) => at >= 0);
  return (record) => {
    const names = named.map((at) => record[at] ?? '');
    const own =
      names.some((name) => name !== '') || table === 'prepaid' ? recordText(names) : recordText(record);
    return `${table} ${subjectOf(record[subject] ?? '')} ${own}`;
  };
}
