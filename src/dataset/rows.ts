/** `plain`: no double quote at all. `quoted`: each is in a place where it may be. `irregular`: at least one does not. */
export type ChunkKind = 'plain' | 'quoted' | 'irregular';

/** How the text of one chunk is to be read. */
export interface RowReading {
  readonly delimiter: string;
  readonly kind: ChunkKind;
  /** The line of the file on which the text begins. */
  readonly firstLine: number;
  /** Whether a record is one line however many line breaks its cells hold: so the rows of a sheet are counted. */
  readonly isSheet?: boolean;
}

/**
 * Receives one record.
 *
 * @param cells - the cells as written, unquoted
 * @param line - the line on which the record begins, counting line breaks inside quotes
 * @param stray - 0, or the column in which a double quote is misplaced: then `cells` are only good for showing
 */
export type RowVisit = (cells: readonly string[], line: number, stray: number) => void;

/**
 * Reads the records of a chunk, which are what csv-parse takes for records (test/dataset/rows.test.ts); chunks without quotes go a
 * shorter way. Where a quote is misplaced, the record that holds it is passed on as stray, and reading goes on with the next line.
 */
export function forEachRow(text: string, reading: RowReading, visit: RowVisit): void {
  if (reading.kind === 'plain') readPlain(text, reading, visit);
  else if (reading.kind === 'quoted') readQuoted(text, reading, visit);
  else readIrregular(text, reading, visit);
}

/** No quote anywhere: a line is a record. */
function readPlain(text: string, { delimiter, firstLine }: RowReading, visit: RowVisit): void {
  // Every CR, with an LF or alone, ends a record here, so that one kind of line end is left.
  const lines = (text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text).split('\n');
  if (lines.at(-1) === '') lines.pop();
  let line = firstLine;
  for (const record of lines) visit(record.split(delimiter), line++, 0);
}

/** Quotes, all of them well placed: records without one are split, the others are walked from quote to quote. */
function readQuoted(
  text: string,
  { delimiter, firstLine, isSheet = false }: RowReading,
  visit: RowVisit,
): void {
  let line = firstLine;
  let at = 0;
  let quote = text.indexOf('"');
  let carriage = text.indexOf('\r');
  // Positions only grow, so each search goes on where the last one ended.
  const lineEndFrom = (from: number): number => {
    if (carriage !== -1 && carriage < from) carriage = text.indexOf('\r', from);
    const feed = text.indexOf('\n', from);
    const end = feed === -1 ? text.length : feed;
    return carriage !== -1 && carriage < end ? carriage : end;
  };
  while (at < text.length) {
    let end = lineEndFrom(at);
    if (quote === -1 || quote >= end) {
      visit(text.slice(at, end).split(delimiter), line++, 0);
      at = afterLineEnd(text, end);
      continue;
    }
    const cells: string[] = [];
    const begin = line;
    for (;;) {
      // `at` is the begin of a cell, `quote` the next quote of the text, `end` the next line end.
      if (quote !== at) {
        if (quote === -1 || quote > end) {
          pushSplit(cells, text.slice(at, end), delimiter);
          break;
        }
        // The cells before a quoted one; the delimiter that ends them is right before the quote.
        pushSplit(cells, text.slice(at, quote - 1), delimiter);
      }
      const close = closingQuote(text, quote);
      const cell = text.slice(quote + 1, close);
      cells.push(cell.includes('"') ? cell.replaceAll('""', '"') : cell);
      if (close > end) {
        if (!isSheet) line += lineBreaks(cell);
        end = lineEndFrom(close);
      }
      quote = text.indexOf('"', close + 1);
      if (close + 1 === end) break;
      at = close + 2;
      if (at === end) {
        cells.push('');
        break;
      }
    }
    visit(cells, begin, 0);
    line++;
    at = afterLineEnd(text, end);
  }
}

/** Adds the cells of a part without quotes. */
function pushSplit(cells: string[], part: string, delimiter: string): void {
  let at = 0;
  for (let end = part.indexOf(delimiter); end !== -1; end = part.indexOf(delimiter, at)) {
    cells.push(part.slice(at, end));
    at = end + 1;
  }
  cells.push(part.slice(at));
}

/** Somewhere a quote is misplaced. Its record ends at its own line end, so that a quote too many does not swallow the rows below it. */
function readIrregular(
  text: string,
  { delimiter, firstLine, isSheet = false }: RowReading,
  visit: RowVisit,
): void {
  let line = firstLine;
  let at = 0;
  while (at < text.length) {
    const { end, stray } = scanRecord(text, at, delimiter);
    const next = afterLineEnd(text, end);
    const record = text.slice(at, next);
    if (stray === 0 && record.includes('="')) visit(splitGuarded(text.slice(at, end), delimiter), line, 0);
    else if (stray === 0) readQuoted(record, { delimiter, kind: 'quoted', firstLine: line }, visit);
    else visit(text.slice(at, end).split(delimiter), line, stray);
    line += isSheet ? 1 : lineBreaks(record);
    at = next;
  }
}

/** The cells of a record in which some are written `="138…"`, as web systems write what Excel shall leave alone; those keep their marks. */
function splitGuarded(record: string, delimiter: string): readonly string[] {
  const cells: string[] = [];
  for (let at = 0; at <= record.length; ) {
    const guard = guardedEnd(record, at, delimiter);
    const close = guard === -1 && record[at] === '"' ? closingQuote(record, at) : -1;
    const stop = record.indexOf(delimiter, close === -1 ? at : close + 1);
    const end = guard !== -1 ? guard : close !== -1 ? close + 1 : stop === -1 ? record.length : stop;
    cells.push(close === -1 ? record.slice(at, end) : record.slice(at + 1, close).replaceAll('""', '"'));
    at = end + 1;
  }
  return cells;
}

/** The end of the cell at `at` where it is `="…"` without a quote or line end inside; -1 for any other. */
function guardedEnd(text: string, at: number, delimiter: string): number {
  if (text[at] !== '=' || text[at + 1] !== '"') return -1;
  const close = text.indexOf('"', at + 2);
  if (close === -1 || /[\r\n]/.test(text.slice(at, close)) || text.slice(at, close).includes(delimiter))
    return -1;
  const after = text[close + 1];
  return after === undefined || after === delimiter || after === '\n' || after === '\r' ? close + 1 : -1;
}

/** Finds the end of the record that begins at `at`, and the first column with a misplaced quote, or 0. */
export function scanRecord(text: string, at: number, delimiter: string): { end: number; stray: number } {
  let stray = 0;
  let column = 1;
  let i = at;
  for (;;) {
    if (text[i] === '"') {
      const close = closingQuote(text, i);
      const after = text[close + 1];
      const closed =
        close !== -1 && (after === undefined || after === delimiter || after === '\n' || after === '\r');
      if (!closed) return { end: lineEnd(text, i), stray: stray === 0 ? column : stray };
      i = close + 1;
    } else if (text[i] === '=') i = Math.max(i, guardedEnd(text, i, delimiter));
    for (; i < text.length; i++) {
      const char = text[i];
      if (char === delimiter || char === '\n' || char === '\r') break;
      if (char === '"' && stray === 0) stray = column;
    }
    if (text[i] !== delimiter) return { end: i, stray };
    column++;
    i++;
  }
}

/** The quote that closes the one at `open`, passing over doubled ones; -1 where there is none. */
function closingQuote(text: string, open: number): number {
  let close = text.indexOf('"', open + 1);
  while (close !== -1 && text.charCodeAt(close + 1) === 0x22) close = text.indexOf('"', close + 2);
  return close;
}

/** The position of the line end at or after `from`, or the end of the text. */
function lineEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== '\n' && text[at] !== '\r') at++;
  return at;
}

function afterLineEnd(text: string, end: number): number {
  return text.charCodeAt(end) === 0x0d && text.charCodeAt(end + 1) === 0x0a ? end + 2 : end + 1;
}

/** Line ends in a text: LF, CRLF or CR. */
export function lineBreaks(text: string): number {
  let count = 0;
  for (let i = text.indexOf('\n'); i !== -1; i = text.indexOf('\n', i + 1)) count++;
  for (let i = text.indexOf('\r'); i !== -1; i = text.indexOf('\r', i + 1)) if (text[i + 1] !== '\n') count++;
  return count;
}
