import { fail } from '../messages/error.js';
import { type Dialect, detectDialect } from './dialect.js';
import { compileDecode, detectEncoding, type Encoding, type EncodingGuess } from './encoding.js';
import { forEachRow, lineBreaks, scanRecord } from './rows.js';

/** More columns than this are refused: no customer list has them, and each costs work per row. */
export const MAX_COLUMNS = 2000;

/** What the first bytes of a file say about all of it. */
export interface Opening extends EncodingGuess {
  readonly delimiter: Dialect['delimiter'];
  /** The cells of the header as they stand. May hold a customer where the file has no header. */
  readonly header: readonly string[];
  /** The line on which the header begins. */
  readonly headerLine: number;
  /** The first line behind the header: rows that begin before it are no data. */
  readonly dataLine: number;
}

/**
 * Reads encoding, dialect and header from the first bytes of a file; 1 MiB is plenty.
 *
 * @param head - the first bytes
 * @param isWholeFile - whether they are all
 * @param named - the encoding that the user named
 * @throws HandoverError CSV_EMPTY, CSV_NO_ROWS, CSV_NOT_TEXT, CSV_ENCODING_BIG5, CSV_ENCODING_UNKNOWN, CSV_BAD_BYTES,
 *   CSV_FULLWIDTH_COMMA, CSV_COLUMNS, CSV_QUOTE_OPEN
 */
export function readOpening(head: Uint8Array, isWholeFile: boolean, named?: Encoding): Opening {
  const guess = detectEncoding(head, isWholeFile, named);
  const text = headText(head.subarray(guess.bom), guess.encoding, isWholeFile);
  if (text.trim() === '') fail({ code: 'CSV_EMPTY' });
  const dialect = detectDialect(text);
  const { delimiter } = dialect;

  let at = dialect.skip === 1 ? lineAfter(text, 0) : 0;
  let end = at;
  // Blank lines, and a title in a cell of its own as Excel sheets have it, are passed over.
  for (;;) {
    end = scanRecord(text, at, delimiter).end;
    if (end >= text.length || !isPreamble(text, at, end, delimiter)) break;
    at = lineAfter(text, end);
  }
  const headerLine = 1 + lineBreaks(text.slice(0, at));
  const next = lineAfter(text, end);
  const raw = text.slice(at, end);
  const count = countColumns(raw, delimiter);
  if (count > MAX_COLUMNS) fail({ code: 'CSV_COLUMNS', count, limit: MAX_COLUMNS });

  let header: readonly string[] = [];
  let stray = 0;
  forEachRow(raw, { delimiter, kind: 'irregular', firstLine: headerLine }, (cells, _line, found) => {
    if (header.length === 0) header = cells;
    if (stray === 0) stray = found;
  });
  if (stray > 0) fail({ code: 'CSV_QUOTE_OPEN', line: headerLine, column: stray });
  if (isWholeFile && text.slice(next).trim() === '') fail({ code: 'CSV_NO_ROWS' });
  return { ...guess, delimiter, header, headerLine, dataLine: headerLine + lineBreaks(text.slice(at, next)) };
}

/** Decodes the head; where the file goes on behind it, the last character may be cut. */
function headText(head: Uint8Array, encoding: Encoding, isWholeFile: boolean): string {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(head, { stream: !isWholeFile });
  } catch {
    // Reads again to name the place, and throws.
    return compileDecode(encoding)(head, { firstLine: 1, delimiter: ',' });
  }
}

/** A blank line; or a line with one filled cell, where the next has several, which make the better header. */
function isPreamble(text: string, from: number, end: number, delimiter: string): boolean {
  const filled = filledCells(text.slice(from, end), delimiter);
  if (filled !== 1) return filled === 0;
  for (let next = lineAfter(text, end); next < text.length; ) {
    const nextEnd = scanRecord(text, next, delimiter).end;
    const following = filledCells(text.slice(next, nextEnd), delimiter);
    if (following > 0) return following > 1;
    next = lineAfter(text, nextEnd);
  }
  return false;
}

/** Cells with something in them; quotes are not understood, which does not matter for telling none, one and several apart. */
function filledCells(record: string, delimiter: string): number {
  return record.split(delimiter, 100).filter((cell) => cell.replaceAll('"', '').trim() !== '').length;
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
 * The form in which headers are compared: NFKC, lower case, without spaces, marks, units and remarks in brackets.
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
  return core === '' ? squeeze(text) : core;
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
