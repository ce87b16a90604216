import { isMarkedText, textCell } from './csv-line.js';
import { forEachRow } from './rows.js';
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
 * Compiles one rejected row. Cells beyond the header's width go behind the three columns, and missing ones are marked, so that the three always
 * are under their headings, and a row whose cells may have shifted is not taken back as it was. What it gives has no line end.
 *
 * @param width - columns of the header
 * @param label - what a field is called in `lang`
 */
export function compileRejectRow(
  width: number,
  label: (field: string) => string,
  lang: Lang,
): (cells: readonly string[], line: number, findings: readonly Finding[]) => string {
  const mark = rejectMark[lang];
  const said = new Map<string, string>();
  /** What is wrong and what to do, as two cells; most rows of a bad file say the same. */
  let last: { readonly finding: Finding; readonly advice: string } | null = null;
  const adviceOf = (findings: readonly Finding[]): string => {
    const [only, ...others] = findings;
    if (only === undefined || others.length > 0) return adviceOfAll(findings);
    if (last === null || !saysTheSame(last.finding, only))
      last = { finding: only, advice: adviceOfAll(findings) };
    return last.advice;
  };
  const adviceOfAll = (findings: readonly Finding[]): string => {
    const key = findings.map((f) => `${f.code} ${f.column} ${f.field} ${f.expected} ${f.got}`).join('\n');
    const known = said.get(key);
    if (known !== undefined) return known;
    const sentences = findings.map((finding) => findingSentence(finding, label(finding.field), lang));
    const joined = (parts: readonly string[]): string => [...new Set(parts)].join(findingSeparator[lang]);
    const cells = [joined(sentences.map((s) => s.what)), joined(sentences.map((s) => s.fix))];
    const advice = cells.map(csvCell).join(',');
    if (said.size < MOST_SAID) said.set(key, advice);
    return advice;
  };
  // Joined at once: a text that is put together bit by bit keeps every bit alive, and with it the text that the cells were cut from.
  const parts: string[] = [];
  return (cells, line, findings) => {
    parts.length = 0;
    for (let i = 0; i < width; i++) parts.push(csvCell(cells[i] ?? mark));
    parts.push(String(line), adviceOf(findings));
    for (let i = width; i < cells.length; i++) parts.push(csvCell(cells[i] || mark));
    return parts.join(',');
  };
}

function saysTheSame(a: Finding, b: Finding): boolean {
  return (
    a.code === b.code &&
    a.column === b.column &&
    a.field === b.field &&
    a.expected === b.expected &&
    a.got === b.got
  );
}

/** Sentences that are kept at hand. */
const MOST_SAID = 1000;

/** Rows that are written into a workbook as well; whoever has more corrects them where they came from. */
export const MOST_IN_WORKBOOK = 20_000;

/**
 * The rows of a reject file, header first, for a workbook: the same cells, without the marks that a CSV file needs, because in a workbook
 * each says itself that it is text.
 *
 * @param rows - what {@link compileRejectRow} gave, one after another
 */
export function rejectCells(mapping: Mapping, rows: string, lang: Lang): readonly (readonly string[])[] {
  const table: (readonly string[])[] = [];
  const text = rejectHeader(mapping, lang) + rows;
  forEachRow(text, { delimiter: ',', kind: 'irregular', firstLine: 1 }, (cells) => {
    table.push(cells.map((cell) => (isMarkedText(cell) ? cell.slice(1) : cell)));
  });
  return table;
}

/** One line of such a file, with its line end. */
export function csvRow(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\n`;
}

/** Quoted where RFC 4180 wants it, and where outer white space would otherwise be lost in other readers. */
function csvCell(raw: string): string {
  const cell = textCell(raw);
  return isQuoted(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

function isQuoted(cell: string): boolean {
  for (let i = 0; i < cell.length; i++) {
    const unit = cell.charCodeAt(i);
    if (unit === 0x22 || unit === 0x2c || unit === 0x0a || unit === 0x0d) return true;
  }
  return isOuterSpace(cell.charCodeAt(0)) || isOuterSpace(cell.charCodeAt(cell.length - 1));
}

/** White space as \\s has it. */
function isOuterSpace(unit: number): boolean {
  if (unit <= 0x20) return unit === 0x20 || (unit >= 0x09 && unit <= 0x0d);
  return unit >= 0xa0 && /\s/.test(String.fromCharCode(unit));
}
