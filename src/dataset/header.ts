import { simplified } from '../base/simplified.js';
import { fail, HandoverError } from '../messages/error.js';
import { asideOf } from './aside.js';
import { type Dialect, detectDialect } from './dialect.js';
import { compileDecode, detectEncoding, type Encoding, type EncodingGuess } from './encoding.js';
import { mojibakeFile } from './mojibake.js';
import { forEachRow, lineBreaks, scanRecord } from './rows.js';

/** More columns than this are refused: no customer list has them, and each costs work per row. */
export const MAX_COLUMNS = 2000;

/** What the first bytes of a file say about all of it. */
export interface Opening extends EncodingGuess {
  readonly delimiter: Dialect['delimiter'];
  /** The cells of the header as written; of two rows, joined. May hold a customer where the file has no header. */
  readonly header: readonly string[];
  /** The rows that the header was made of, as a repetition further down would have them. */
  readonly headerRows: readonly (readonly string[])[];
  /** The line on which the header begins. */
  readonly headerLine: number;
  /** The first line behind the header: rows that begin before it are no data. */
  readonly dataLine: number;
  /** Lines above the header that hold titles and remarks. */
  readonly titles: readonly number[];
  /** Whether the text is the rows of a sheet, each of which counts as one line. */
  readonly isSheet: boolean;
  /** Cells that every row of the file has. */
  readonly width: number;
  /** The first rows behind the header. They hold customers: for judging columns, never for showing. */
  readonly sample: readonly (readonly string[])[];
}

/** One record at the begin of the file. */
interface HeadRecord {
  readonly cells: readonly string[];
  readonly raw: string;
  readonly line: number;
  /** Where the next record begins. */
  readonly next: number;
  /** The line on which the next record begins. */
  readonly nextLine: number;
  /** Cells with something in them. */
  readonly filled: number;
}

/** Characters that show whether a file is garbled. */
const GARBLED_WITHIN = 65_536;

/** Records in which a header is looked for. */
const HEADER_WITHIN = 25;

/**
 * Reads encoding, dialect and header from the first bytes of a file; 1 MiB is plenty.
 *
 * @param head - the first bytes
 * @param isWholeFile - whether they are all
 * @param named - the encoding that the user named
 * @param isKnown - whether a cell is the header of a known column
 * @throws HandoverError CSV_EMPTY, CSV_NO_ROWS, CSV_NOT_TEXT, CSV_ENCODING_BIG5, CSV_ENCODING_UNKNOWN, CSV_BAD_BYTES,
 *   CSV_MOJIBAKE, CSV_FULLWIDTH_COMMA, CSV_COLUMNS, CSV_QUOTE_OPEN
 */
export function readOpening(
  head: Uint8Array,
  isWholeFile: boolean,
  named?: Encoding,
  isKnown: (cell: string) => boolean = () => false,
): Opening {
  return openingOf(head, isWholeFile, detectEncoding(head, isWholeFile, named), null, isKnown);
}

/** As {@link readOpening}, for the text of a sheet (workbook/sheet.ts), of which nothing has to be guessed but its header. */
export function readSheetOpening(
  head: Uint8Array,
  isWhole: boolean,
  isKnown: (cell: string) => boolean,
): Opening {
  const guess: EncodingGuess = { encoding: 'utf-8', bom: 0, evidence: [{ kind: 'workbook' }] };
  return openingOf(head, isWhole, guess, { delimiter: ',', skip: 0 }, isKnown);
}

function openingOf(
  head: Uint8Array,
  isWholeFile: boolean,
  guess: EncodingGuess,
  sheet: Dialect | null,
  isKnown: (cell: string) => boolean,
): Opening {
  const bytes = head.subarray(guess.bom);
  const text = headText(bytes, guess.encoding, isWholeFile);
  if (text.trim() === '') fail({ code: 'CSV_EMPTY' });
  const garbled = mojibakeFile(text.slice(0, GARBLED_WITHIN));
  if (garbled !== null) fail({ code: 'CSV_MOJIBAKE', kind: garbled });
  const dialect = sheet ?? detectDialect(text);
  const { delimiter } = dialect;
  const records = headRecords(text, dialect, sheet !== null);
  const found = findHeader(records, isKnown);
  const [top, bottom = top] = found;
  if (top === undefined || bottom === undefined) return fail({ code: 'CSV_EMPTY' });
  for (const { raw, line } of found) requireReadable(raw, line, delimiter);
  if (found.some(({ raw }) => raw.includes('\ufffd')))
    requireHeaderBytes(bytes, guess.encoding, bottom.nextLine, delimiter);

  const rest = text.slice(bottom.next);
  if (isWholeFile && rest.trim() === '') fail({ code: 'CSV_NO_ROWS' });
  const sample = sampleRows(rest, delimiter, isWholeFile);
  const header = top === bottom ? top.cells : joinRows(top.cells, bottom.cells);
  return {
    ...guess,
    delimiter,
    isSheet: sheet !== null,
    header,
    headerRows: found.map(({ cells }) => cells),
    headerLine: top.line,
    dataLine: bottom.nextLine,
    titles: records.filter(({ line, filled }) => filled > 0 && line < top.line).map(({ line }) => line),
    width: widthOf(header, sample),
    sample,
  };
}

/** A header that holds half a character is not guessed at. A replacement character that is in the file itself is its own. */
function requireHeaderBytes(
  bytes: Uint8Array,
  encoding: Encoding,
  nextLine: number,
  delimiter: string,
): void {
  try {
    compileDecode(encoding)(bytes, { firstLine: 1, delimiter });
  } catch (error) {
    if (
      error instanceof HandoverError &&
      error.problem.code === 'CSV_BAD_BYTES' &&
      error.problem.line < nextLine
    )
      throw error;
  }
}

function requireReadable(raw: string, line: number, delimiter: string): void {
  const count = countColumns(raw, delimiter);
  if (count > MAX_COLUMNS) fail({ code: 'CSV_COLUMNS', count, limit: MAX_COLUMNS });
  forEachRow(raw, { delimiter, kind: 'irregular', firstLine: line }, (_cells, at, stray) => {
    if (stray > 0) fail({ code: 'CSV_QUOTE_OPEN', line: at, column: stray });
  });
}

/** Decodes the head; where the file goes on behind it, the last character may be cut. Bytes that do not belong cost their rows later. */
function headText(head: Uint8Array, encoding: Encoding, isWholeFile: boolean): string {
  return new TextDecoder(encoding, { ignoreBOM: true }).decode(head, { stream: !isWholeFile });
}

function headRecords(text: string, { skip, delimiter }: Dialect, isSheet: boolean): readonly HeadRecord[] {
  const records: HeadRecord[] = [];
  let at = skip === 1 ? lineAfter(text, 0) : 0;
  let line = 1 + skip;
  while (at < text.length && records.length < HEADER_WITHIN) {
    const { end } = scanRecord(text, at, delimiter);
    const raw = text.slice(at, end);
    const next = lineAfter(text, end);
    const nextLine = line + (isSheet ? 1 : Math.max(1, lineBreaks(text.slice(at, next))));
    let cells: readonly string[] = [''];
    // Of a header of thousands of columns the number is told later.
    if (countColumns(raw, delimiter) <= MAX_COLUMNS)
      forEachRow(raw, { delimiter, kind: 'irregular', firstLine: line }, (read) => {
        cells = read;
      });
    const filled = raw.split(delimiter, 100).filter((cell) => cell.replaceAll('"', '').trim() !== '').length;
    records.push({ cells, raw, line, next, nextLine, filled });
    at = next;
    line = nextLine;
  }
  return records;
}

/**
 * The record that is the header, or the two: blank lines, titles and remarks above it are passed over. Where columns are known, it is the
 * first of the records that know the most of them; a customer's cell may be a word that is a header elsewhere, so a single one is no sign.
 */
function findHeader(
  records: readonly HeadRecord[],
  isKnown: (cell: string) => boolean,
): readonly HeadRecord[] {
  const first = firstCandidate(records);
  const known = records.map(
    ({ cells }) => cells.filter((cell) => cell.trim() !== '' && isKnown(cell)).length,
  );
  const most = Math.max(0, ...known);
  const best = known.indexOf(most);
  const isBetter =
    best > first &&
    most >= 2 &&
    (most >= 3 || known[first] === 0) &&
    most > (known[first] ?? 0) &&
    !(records[best]?.cells ?? []).some(looksLikeData);
  const at = isBetter ? best : first;
  const header = records[at];
  if (header === undefined) return [];
  const above = records[at - 1];
  if (above !== undefined && isGroupRow(above, header, isKnown)) return [above, header];
  const below = records[at + 1];
  return below !== undefined && isSubRow(header, below, isKnown) ? [header, below] : [header];
}

/** The first record that may be a header by its shape: no blank line, no title in a cell of its own, no line of remarks. */
function firstCandidate(records: readonly HeadRecord[]): number {
  for (const [i, { filled, cells }] of records.entries()) {
    if (filled === 0) continue;
    const following = records.slice(i + 1).find((record) => record.filled > 0);
    if (following === undefined) return i;
    if (filled === 1 && following.filled > 1) continue;
    if (asideOf(cells, '') === 'ROW_FOOTER') continue;
    return i;
  }
  return 0;
}

/** Whether a row names groups of the columns below it: it fills a known column where the row below is empty. */
function isGroupRow(above: HeadRecord, header: HeadRecord, isKnown: (cell: string) => boolean): boolean {
  if (above.filled < 2 || above.cells.length !== header.cells.length) return false;
  return above.cells.some(
    (cell, i) => (header.cells[i] ?? '').trim() === '' && cell.trim() !== '' && isKnown(cell),
  );
}

/** Whether a row names the columns of groups in the row above: nothing but known headers, some of them where the row above is empty. */
function isSubRow(header: HeadRecord, below: HeadRecord, isKnown: (cell: string) => boolean): boolean {
  if (below.filled === 0 || below.cells.length !== header.cells.length) return false;
  const isUnder = (i: number) => (header.cells[i] ?? '').trim() === '';
  const filled = below.cells.flatMap((cell, i) => (cell.trim() === '' ? [] : [{ cell, i }]));
  return (
    filled.every(({ cell }) => isKnown(cell)) &&
    filled.some(({ i }) => isUnder(i)) &&
    below.cells.some((cell, i) => cell.trim() === '' && !isUnder(i))
  );
}

/** What is between a group and its column in a joined header. */
export const GROUP_MARK = '·';

function joinRows(top: readonly string[], bottom: readonly string[]): readonly string[] {
  let group = '';
  return top.map((cell, i) => {
    const own = (bottom[i] ?? '').trim();
    if (cell.trim() !== '') group = own === '' ? '' : cell.trim();
    if (own === '') return cell;
    return group === '' ? own : `${group}${GROUP_MARK}${own}`;
  });
}

/** The whole records of the head behind the header. */
function sampleRows(text: string, delimiter: string, isWholeFile: boolean): readonly (readonly string[])[] {
  const rows: (readonly string[])[] = [];
  const kind = text.includes('"') ? 'irregular' : 'plain';
  forEachRow(text, { delimiter, kind, firstLine: 1 }, (cells, _line, stray) => {
    // A copy: where rows of the reader live on, V8 makes all later ones among what is old, and with them the text of each chunk.
    if (stray === 0 && cells[0] !== '\x1a') rows.push([...cells]);
  });
  if (!isWholeFile) rows.pop();
  return rows;
}

/**
 * The cells that every row has. Exporters end rows with one separator more than the header, or leave off what is empty at the end of the
 * header: that is believed where all rows do it alike and nothing is in the cells beyond. A row that does otherwise has been shifted.
 */
function widthOf(header: readonly string[], sample: readonly (readonly string[])[]): number {
  const named = header.findLastIndex((cell) => cell.trim() !== '') + 1;
  const rows = sample.filter(
    (cells) =>
      !cells.every((cell) => cell.trim() === '') &&
      asideOf(cells, '') === null &&
      !isHeaderAgain(cells, header, named),
  );
  const [first] = rows;
  if (first === undefined) return header.length;
  const width = first.length;
  const isUniform = rows.every((cells) => cells.length === width);
  if (!isUniform || width < named || width === header.length) return header.length;
  if (width > header.length && rows.length < 2) return header.length;
  return rows.every((cells) => cells.slice(named).every((cell) => cell.trim() === ''))
    ? width
    : header.length;
}

function isHeaderAgain(cells: readonly string[], header: readonly string[], named: number): boolean {
  return header.slice(0, named).every((cell, i) => cell.trim() === (cells[i] ?? '').trim());
}

function lineAfter(text: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== '\n' && text[at] !== '\r') at++;
  return text[at] === '\r' && text[at + 1] === '\n' ? at + 2 : at + 1;
}

function countColumns(record: string, delimiter: string): number {
  let count = 1;
  let quoted = false;
  for (let i = 0; i < record.length; i++) {
    const char = record[i];
    if (char === '"') quoted = !quoted;
    else if (char === delimiter && !quoted) count++;
  }
  return count;
}

/**
 * The form in which headers are compared: NFKC, lower case, simplified script, without spaces, marks, units and remarks in brackets.
 * `* 手机号码（必填）：` and `手机号码` are the same.
 */
export function normaliseHeader(cell: string): string {
  const text = cell
    .slice(0, 200)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u200b-\u200f\u2060\ufeff]/g, '');
  const bare = text.replace(/\([^()]*\)|\[[^\]]*\]|【[^】]*】|<[^<>]*>/g, '');
  const core = squeeze(bare);
  return simplified(core === '' ? squeeze(text) : core);
}

function squeeze(text: string): string {
  return text.replace(/[\s*#:'"“”‘’`._\-/\\()[\]【】<>,、。?!·]/g, '');
}

/**
 * What may be shown of a header cell: the cell where it looks like a header, else a placeholder with its column number. In a file without
 * header a "header" is a customer, so anything that looks like a number, an address of any kind or prose is held back.
 */
export function safeHeader(cell: string, column: number): string {
  const text = cell.replace(/[\u200b-\u200f\u2060\ufeff]/g, '').trim();
  const digits = text.normalize('NFKC').replace(/[\s-]/g, '');
  const plain =
    text.length > 0 && text.length <= 24 && !/[\p{Cc}@\ufffd]/u.test(text) && !/\d{5}/.test(digits);
  return plain ? text : `#${column}`;
}

/** Whether a cell of the first row can only be data: a phone number, an ID number, a date, an e-mail address. */
export function looksLikeData(cell: string): boolean {
  const text = cell.normalize('NFKC').replace(/[\s'"=]/g, '');
  return (
    /^(\+?86)?-?1[3-9]\d-?\d{4}-?\d{4}$/.test(text) ||
    /^\d{15}(\d\d[\dXx])?$/.test(text) ||
    /^\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?/.test(text) ||
    /^0\d{2,3}-?\d{7,8}$/.test(text) ||
    /^[^@]+@[^@]+\.[^@]+$/.test(text)
  );
}
