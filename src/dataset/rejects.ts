import { isMarkedText, textCell } from './csv-line.js';
import { forEachRow } from './rows.js';
import { workbookBytes } from './workbook/writing.js';
import { findingSeparator, rejectHeadings, rejectMark } from '../messages/findings.js';
import type { Lang } from '../messages/lang.js';
import { type Finding, findingSentence } from './finding.js';
import type { Mapping } from './mapping.js';

/**
 * The reject file: the original cells of each rejected row and three more columns with its line, what is wrong and what to do. It is
 * corrected in a spreadsheet and imported again, so what opening and saving would change or run is marked as text. UTF-8 with commas, LF.
 */

/** The columns that a reject file adds: line, problem, advice. */
export const REJECT_COLUMNS = 3;

/** The header row of the reject file, with its line end. The writer puts a byte order mark before it. */
export function rejectHeader(mapping: Mapping, lang: Lang): string {
  return csvRow([...mapping.columns.map((column) => column.header), ...rejectHeadings[lang]]);
}

/**
 * One rejected row. Cells beyond the header's width go behind the three columns, and missing ones are marked, so that the three always
 * are under their headings, and a row whose cells may have shifted is not taken back as it was.
 *
 * @param label - what a field is called in `lang`
 */
export function rejectRow(
  cells: readonly string[],
  width: number,
  line: number,
  findings: readonly Finding[],
  label: (field: string) => string,
  lang: Lang,
): string {
  const sentences = findings.map((finding) => findingSentence(finding, label(finding.field), lang));
  const joined = (parts: readonly string[]) => [...new Set(parts)].join(findingSeparator[lang]);
  const mark = rejectMark[lang];
  const row = Array.from({ length: width }, (_, i) => cells[i] ?? mark);
  row.push(`${line}`, joined(sentences.map((s) => s.what)), joined(sentences.map((s) => s.fix)));
  return csvRow([...row, ...cells.slice(width).map((cell) => (cell === '' ? mark : cell))]);
}

/**
 * The reject file as a workbook: the same cells, without the marks that a CSV file needs, because here each says itself that it is text.
 *
 * @param rows - what {@link rejectRow} gave, one after another
 */
export function rejectBook(mapping: Mapping, rows: string, sheet: string, lang: Lang): Uint8Array {
  const table: (readonly string[])[] = [];
  const text = rejectHeader(mapping, lang) + rows;
  forEachRow(text, { delimiter: ',', kind: 'irregular', firstLine: 1 }, (cells) => {
    table.push(cells.map((cell) => (isMarkedText(cell) ? cell.slice(1) : cell)));
  });
  return workbookBytes(sheet, table);
}

function csvRow(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\n`;
}

/** Quoted where RFC 4180 wants it, and where outer white space would otherwise be lost in other readers. */
function csvCell(raw: string): string {
  const cell = textCell(raw);
  return /[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
