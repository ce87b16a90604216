import { TagBlocks } from '../base/tagger.js';
import { TextBlock } from '../base/text-block.js';
import { type FindingCode, rejectMark } from '../messages/findings.js';
import { LANGS } from '../messages/lang.js';
import { fail } from '../messages/error.js';
import { asideOf, mayBeAside } from './aside.js';
import { compileHeadingsTest } from './other-header.js';
import type { Chunk } from './chunks.js';
import { compileLineDecode, type ForeignLine } from './encoding.js';
import { findingOf } from './finding.js';
import type { ImportSetup } from './import-setup.js';
import type { ImportedChunks, RejectedCells, RejectedRow } from './imported.js';
import { lineColumnOf } from './mapping.js';
import { type ImportedRecord, recordText } from './page.js';
import { PageTally } from './page-tally.js';
import { compileRejectRow, REJECT_COLUMNS } from './rejects.js';
import { MENDED } from './repair.js';
import { RecordReading } from './record-reading.js';
import { forEachRow, lineBreaks, type RowVisit } from './rows.js';
import { compileShortRows } from './short-rows.js';
import { isOdd } from './values.js';

const SAMPLES = 3;

/** The last of `blocks` is that of the record's subject. */
type RecordListener = (record: ImportedRecord, blocks: TagBlocks) => void;

/** Sees each row of data as written in the file, before it becomes a record, with its first line. */
type RowListener = (cells: readonly string[], line: number) => void;

/** Sees each rejected row, and says whether it may hold a no of somebody whom it does not name. */
type RejectListener = (row: RejectedCells) => boolean;

/**
 * Compiles the import of one file: the function returned turns the chunks of a page into records. Pure; runs in workers. One bad
 * row never stops the next, and a bad cell costs its row only where the row cannot be used without it.
 *
 * `onRecord` sees each record while it is at hand, with the tag blocks so far; the array is used again for the next one. So does `onReject`
 * with what could be read of a rejected row.
 */
export function compileImport(
  setup: ImportSetup,
): (
  chunks: readonly Chunk[],
  onRecord?: RecordListener,
  onReject?: RejectListener,
  onRow?: RowListener,
) => ImportedChunks {
  const pages = new PageImport(setup);
  return (chunks, onRecord, onReject, onRow) => pages.import(chunks, { onRecord, onReject, onRow });
}

interface Listeners {
  readonly onRecord: RecordListener | undefined;
  readonly onReject: RejectListener | undefined;
  readonly onRow: RowListener | undefined;
}
const NOBODY: Listeners = { onRecord: undefined, onReject: undefined, onRow: undefined };

/** One for all pages of a file: V8 optimises each function that is made anew once more. */
class PageImport {
  readonly #setup: ImportSetup;
  readonly #decode: ReturnType<typeof compileLineDecode>;
  readonly #tally = new PageTally();
  readonly #row: RecordReading;
  readonly #rejectRow: ReturnType<typeof compileRejectRow>;
  readonly #isHeader: ReturnType<typeof compileHeaderTest>;
  readonly #headings: ReturnType<typeof compileHeadingsTest>;
  readonly #lacksOnlyEmpty: ReturnType<typeof compileShortRows>;
  /** The column of a reject file that says where each row was before, null in any other file. */
  readonly #lineColumn: number | null;
  readonly #page = new TextBlock();
  readonly #rejects = new TextBlock();
  readonly #blocks = new TagBlocks();

  // The page at hand.
  #listeners = NOBODY;
  #samples: (readonly string[])[] = [];
  #rejectedBy: Partial<Record<FindingCode, number>> = {};
  #rejectedRows: RejectedRow[] = [];
  #broughtBack: number[] = [];
  #rows = 0;
  #aside = 0;
  #blank = 0;

  // The chunk at hand: its position in the file, and lines in another encoding.
  #index = 0;
  #foreign: ReadonlyMap<number, ForeignLine> | null = null;

  // The rejected row at hand. One object for all: a file whose every row is wrong is read as well.
  #rejectedCells: readonly string[] = [];
  readonly #seen: { cells: readonly string[] | null; subject: string } & RejectedCells = {
    cells: null,
    subject: '',
    readings: (fields) => this.#row.guess(this.#rejectedCells, fields),
    filled: () => this.#rejectedCells.reduce((sum, cell) => sum + (cell.trim() === '' ? 0 : 1), 0),
  };

  constructor(setup: ImportSetup) {
    const { mapping, lang } = setup;
    this.#setup = setup;
    this.#decode = compileLineDecode(setup.encoding);
    this.#row = new RecordReading(setup, this.#tally);
    const labels = new Map(mapping.profile.fields.map((field) => [field.name, field[lang]]));
    this.#rejectRow = compileRejectRow(mapping.columns.length, (field) => labels.get(field) ?? '', lang);
    this.#isHeader = compileHeaderTest(setup, this.#row.subjectIndex);
    this.#headings = compileHeadingsTest(setup, this.#row.subjectIndex);
    this.#lacksOnlyEmpty = compileShortRows(this.#row.columns, setup.width);
    this.#lineColumn = lineColumnOf(mapping);
  }

  import(chunks: readonly Chunk[], listeners: Listeners): ImportedChunks {
    this.#begin(listeners);
    const { delimiter, isSheet } = this.#setup;
    for (const { bytes, kind, firstLine, index } of chunks) {
      const { text, foreign } = this.#decode(bytes, firstLine);
      this.#index = index;
      this.#foreign = foreign;
      // A final Ctrl-Z is how DOS ended a file.
      const whole = text.endsWith(CTRL_Z) ? text.slice(0, -1) : text;
      this.#row.odd = isOdd(whole);
      forEachRow(whole, { delimiter, kind, firstLine, isSheet }, this.#visit);
    }
    return this.#end();
  }

  #begin(listeners: Listeners): void {
    this.#listeners = listeners;
    this.#tally.clear();
    this.#page.clear();
    this.#blocks.clear();
    this.#samples = [];
    this.#rejectedBy = {};
    this.#rejectedRows = [];
    this.#broughtBack = [];
    this.#rejects.clear();
    this.#rows = 0;
    this.#aside = 0;
    this.#blank = 0;
  }

  #end(): ImportedChunks {
    const rejected = this.#rejectedRows.length;
    return {
      rows: this.#rows,
      aside: this.#aside,
      blank: this.#blank,
      records: this.#rows - rejected - this.#blank,
      rejected,
      page: this.#page.take(),
      tags: this.#blocks.tags(this.#setup.tagKey),
      ...this.#tally.end(),
      rejectedBy: this.#rejectedBy,
      rejectedRows: this.#rejectedRows,
      broughtBack: this.#broughtBack,
      rejects: this.#rejects.take(),
      samples: this.#samples,
    };
  }

  readonly #visit: RowVisit = (cells, line, stray) => {
    if (line < this.#setup.dataLine || (cells.length === 1 && cells[0] === CTRL_Z)) return;
    this.#row.begin(line);
    if ((cells[0] ?? '').trim() === '' && isBlank(cells)) {
      this.#rows++;
      this.#blank++;
      return;
    }
    if (stray === 0 && this.#isAside(cells, line)) return;
    this.#rows++;
    this.#listeners.onRow?.(cells, line);
    const alien = this.#foreign === null ? undefined : foreignIn(this.#foreign, line, cells);
    const mended = alien === undefined ? null : this.#mended(alien, line, stray);
    const isRead = this.#read(mended ?? cells, line, stray, mended === null ? alien : undefined);
    this.#takeLine(mended ?? cells);
    if (this.#row.bad === null) this.#keep();
    else this.#reject(mended ?? cells, line, this.#row.bad, isRead);
  };

  /** Whether the row is no row of data. */
  #isAside(cells: readonly string[], line: number): boolean {
    const cell = cells[this.#row.subjectIndex] ?? '';
    const headings = this.#isHeader(cells, cell) ? 'again' : this.#headings(cells);
    // Whose columns the rows below stand in nobody can tell by the first header.
    if (headings === 'other') fail({ code: 'CSV_HEADER_OTHER', line });
    const code =
      headings === 'again'
        ? 'ROW_HEADER_AGAIN'
        : mayBeAside(cells, cell)
          ? asideOf(cells, cell, this.#setup.hints.isNumbered)
          : null;
    if (code === null) return false;
    this.#aside++;
    this.#row.add(findingOf(code, line));
    return true;
  }

  /** The cells of a line in another encoding, read in that, if this was asked for and makes one row of it; null otherwise. */
  #mended({ byte, text }: ForeignLine, line: number, stray: number): readonly string[] | null {
    if (byte !== null || this.#lineColumn !== null || stray > 0) return null;
    const { delimiter, isSheet, width, fixes } = this.#setup;
    const found: (readonly string[])[] = [];
    forEachRow(text, { delimiter, kind: 'irregular', firstLine: line, isSheet }, (read, _line, inside) => {
      if (inside === 0) found.push([...read]);
    });
    const [row, ...others] = found;
    if (row?.length !== width || others.length > 0) return null;
    if (fixes.includes('encoding')) {
      this.#tally.count(MENDED.encoding);
      return row;
    }
    this.#tally.addMendable('encoding');
    return null;
  }

  /** Reads the cells of a row if each is in its column, and tells why not otherwise; whether they were read. */
  #read(cells: readonly string[], line: number, stray: number, alien: ForeignLine | undefined): boolean {
    const { mapping, width } = this.#setup;
    if (stray > 0) {
      this.#row.add(findingOf('CSV_QUOTE_STRAY', line, stray, mapping.columns[stray - 1]?.field ?? ''));
      return false;
    }
    if (alien !== undefined) {
      const { byte } = alien;
      this.#row.add(
        byte === null
          ? findingOf('ROW_OTHER_ENCODING', line)
          : { ...findingOf('ROW_BYTES', line), got: byte },
      );
      return false;
    }
    const counted = { expected: width, got: cells.length };
    if (this.#lineColumn === null && this.#lacksOnlyEmpty(cells)) {
      this.#row.add({ ...findingOf('ROW_SHORT', line), ...counted });
      this.#row.read([...cells, ...Array.from({ length: width - cells.length }, () => '')]);
      return true;
    }
    if (this.#lineColumn === null ? cells.length !== width : isUnmended(cells, width, this.#lineColumn)) {
      this.#row.add({ ...findingOf('ROW_CELLS', line), ...counted });
      return false;
    }
    this.#row.read(cells);
    return true;
  }

  /** Takes down which line of another file a row of a reject file brings back. */
  #takeLine(cells: readonly string[]): void {
    if (this.#lineColumn === null) return;
    const back = (cells[this.#lineColumn] ?? '').trim();
    if (LINE.test(back)) this.#broughtBack.push(Number(back));
  }

  #keep(): void {
    const record = this.#row.record as readonly string[] as ImportedRecord;
    this.#blocks.add(this.#row.subject);
    this.#listeners.onRecord?.(record, this.#blocks);
    this.#page.add(recordText(record));
    if (this.#index === 0 && this.#samples.length < SAMPLES) this.#samples.push(this.#row.masked());
  }

  #reject(cells: readonly string[], line: number, code: FindingCode, isRead: boolean): void {
    this.#rejectedBy[code] = (this.#rejectedBy[code] ?? 0) + 1;
    this.#rejects.add(this.#rejectRow(cells, line, this.#row.found));
    this.#rejects.add('\n');
    this.#rejectedCells = cells;
    this.#seen.cells = isRead ? this.#row.record : null;
    this.#seen.subject = isRead ? this.#row.subject : '';
    const isUnreadNo = this.#listeners.onReject?.(this.#seen) ?? false;
    this.#rejectedRows.push({ line, code, isUnreadNo });
  }
}

const CTRL_Z = '\x1a';

/** A number of a line as a reject file has it. */
const LINE = /^[1-9]\d{0,9}$/;

/** Whether a row is the header once more; most rows are ruled out by one cell. */
function compileHeaderTest({ headerRows }: ImportSetup, subject: number) {
  const headers = headerRows.map((row) => row.map((cell) => cell.trim().toLowerCase()));
  const at = subject === -1 ? 0 : subject;
  // Of letters the bit of their case is left off.
  const starts = headers.map((header) => (header[at] ?? '').charCodeAt(0) | 0x20);
  return (cells: readonly string[], subjectCell: string): boolean => {
    const cell = subject === -1 ? (cells[0] ?? '') : subjectCell;
    if (!mayBegin(cell, starts)) return false;
    const key = cell.trim().toLowerCase();
    for (const header of headers) {
      if (key !== header[at]) continue;
      if (header.every((name, i) => name === (cells[i] ?? '').trim().toLowerCase())) return true;
    }
    return false;
  };
}

/** Whether a cell begins as one of the headings does; white space in front is looked at more closely. */
function mayBegin(cell: string, starts: readonly number[]): boolean {
  const first = cell.charCodeAt(0);
  return !(first > 0x20 && first < 0x3000) || starts.includes(first | 0x20);
}

/** The first line of a row that is in another encoding, if any does. */
function foreignIn(
  foreign: ReadonlyMap<number, ForeignLine>,
  begin: number,
  cells: readonly string[],
): ForeignLine | undefined {
  const last = begin + cells.reduce((breaks, cell) => breaks + lineBreaks(cell), 0);
  for (let line = begin; line <= last; line++) {
    const found = foreign.get(line);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * Whether a row of a reject file still has cells too many or too few. Where they were taken out, a spreadsheet leaves empty ones at the end.
 */
function isUnmended(cells: readonly string[], width: number, lineColumn: number): boolean {
  const behind = cells.slice(lineColumn + REJECT_COLUMNS);
  return cells.length < width || !isBlank(behind) || cells.some((cell) => MARKS.has(cell));
}
const MARKS: ReadonlySet<string> = new Set(LANGS.map((lang) => rejectMark[lang]));

function isBlank(cells: readonly string[]): boolean {
  for (const cell of cells) if (cell !== '' && cell.trim() !== '') return false;
  return true;
}
