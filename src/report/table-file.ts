import { utf8 } from '../base/bytes.js';
import { csvLine } from '../dataset/csv-line.js';
import { type SheetColumn, writeWorkbook } from './workbook.js';

/** Forms of a table that a person opens in a spreadsheet. */
export const TABLE_FORMATS = ['csv', 'xlsx'] as const;
export type TableFormat = (typeof TABLE_FORMATS)[number];

/** The form that a file name asks for; null for any other name. */
export function tableFormatOf(path: string): TableFormat | null {
  return TABLE_FORMATS.find((format) => path.toLowerCase().endsWith(`.${format}`)) ?? null;
}

/** The bytes of a table. CSV is for Excel: byte order mark, CRLF, and no cell that it would take for a formula. @param name of a sheet */
export function tableBytes(
  format: TableFormat,
  name: string,
  columns: readonly SheetColumn[],
  batches: AsyncIterable<readonly (readonly (string | null)[])[]>,
): AsyncIterable<Uint8Array> {
  return format === 'xlsx' ? writeWorkbook(name, columns, batches) : csvOf(columns, batches);
}

async function* csvOf(
  columns: readonly SheetColumn[],
  batches: AsyncIterable<readonly (readonly (string | null)[])[]>,
): AsyncGenerator<Uint8Array, void, undefined> {
  yield utf8(`\ufeff${csvLine(columns.map(({ heading }) => heading))}`);
  for await (const rows of batches) yield utf8(rows.map(csvLine).join(''));
}
