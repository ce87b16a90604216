import { KnownPersons } from './known-persons.js';
import { SUMS } from '../deal/tables.js';
import { isFurtherTable } from '../messages/tables.js';
import type { SecretKey } from '../base/crypto.js';
import { TagBlocks } from '../base/tagger.js';
import { TextBlock } from '../base/text-block.js';
import { dayOf, type Instant } from '../base/time.js';
import { FINDING_SEVERITY, type FindingCode, rejectMark } from '../messages/findings.js';
import { type Lang, LANGS } from '../messages/lang.js';
import type { Chunk } from './chunks.js';
import { asideOf, mayBeAside } from './aside.js';
import { SlotsOf } from './derived-cells.js';
import { compileLineDecode, type Encoding, type ForeignLine } from './encoding.js';
import { type Finding, findingOf } from './finding.js';
import type { ValueKind } from './kinds.js';
import { fenPerUnit, lineColumnOf, type Mapping } from './mapping.js';
import { isContactable } from './profile.js';
import type { Normaliser } from './normaliser.js';
import { type ImportedRecord, recordText } from './page.js';
import { compileRejectRow, REJECT_COLUMNS } from './rejects.js';
import { noOf, switchedOff } from './no.js';
import { forEachRow, lineBreaks, type RowVisit } from './rows.js';
import { fixOf, type FixClass, MENDED, mendCell } from './repair.js';
import { compileShortRows, LIMITS } from './short-rows.js';
import type { ColumnHints } from './survey.js';
import { type Cleaner, cleanerOf, isOdd, normaliserOf } from './values.js';

/** Everything that an import of one file depends on. Structured-cloneable, so that a worker can be sent it. */
export interface ImportSetup {
  readonly mapping: Mapping;
  /** Of the chunks: {@link Chunker.encoding}. */
  readonly encoding: Encoding;
  readonly delimiter: string;
  /** Whether the chunks are rows of a sheet ({@link Opening.isSheet}). */
  readonly isSheet: boolean;
  /** The first line behind the header; rows that begin before it are no data. */
  readonly dataLine: number;
  /** Cells that every row has. */
  readonly width: number;
  /** The rows of the header, which may be further down once more. */
  readonly headerRows: readonly (readonly string[])[];
  readonly hints: ColumnHints;
  /** Classes of damage that are mended. */
  readonly fixes: readonly FixClass[];
  /** Fields whose text goes to the buyer: a row in which it is destroyed cannot be used. */
  readonly needed: readonly string[];
  /** Key of the subject tags of this workspace. */
  readonly tagKey: SecretKey;
  /** Of a table beside the customer list: the tags of the customers of the list; a row of anybody else is rejected. */
  readonly customers?: Uint8Array;
  readonly now: Instant;
  /** Language of the reject rows. */
  readonly lang: Lang;
}

/** What became of the chunks of one page. rows = records + rejected + blank, always. */
export interface ImportedChunks {
  /** Data rows read. */
  readonly rows: number;
  /** Lines that are no rows of data, such as totals; not among `rows`. */
  readonly aside: number;
  /** Rows without a single value. */
  readonly blank: number;
  readonly records: number;
  readonly rejected: number;
  /**
   * The records as UTF-8: cells joined by U+001F, each record ended by U+001E. Not compressed, not sealed, and in memory that the next
   * page uses again.
   */
  readonly page: Uint8Array;
  /** 16 bytes a record: its subject tag. */
  readonly tags: Uint8Array;
  /** At most {@link MAX_FINDINGS}, in order; `counts` has them all. */
  readonly findings: readonly Finding[];
  readonly counts: Readonly<Partial<Record<FindingCode, number>>>;
  /** Cells that were left out while their row stayed, by column and code. */
  readonly leftOut: readonly LeftOut[];
  /** Cells about which anything was found, by column and code. */
  readonly cellCounts: readonly CellCount[];
  /** Cells and rows that could be mended, by class. */
  readonly mendable: Readonly<Partial<Record<FixClass, number>>>;
  /** Rejected rows by the code of their first error; the numbers add up to `rejected`. */
  readonly rejectedBy: Readonly<Partial<Record<FindingCode, number>>>;
  /** Where each rejected row began, with the code of its first error. */
  readonly rejectedRows: readonly RejectedRow[];
  /** The lines of another file that rows of this one bring back, if this is a reject file. */
  readonly broughtBack: readonly number[];
  /** CSV text of the rejected rows, without header: it holds customers, and goes to the reject file only. */
  readonly rejects: string;
  /** The first records of the file, masked for a screen, in the order of the columns; only of chunk 0. */
  readonly samples: readonly (readonly string[])[];
}

/** Cells of one column that could not be used for one reason. */
export interface LeftOut {
  /** 1-based. */
  readonly column: number;
  readonly field: string;
  readonly code: FindingCode;
  readonly cells: number;
}

/** Cells of one column about which one thing was found. */
export interface CellCount {
  /** 1-based. */
  readonly column: number;
  readonly code: FindingCode;
  readonly cells: number;
}

/** A row that was rejected: where it began, and the code of its first error. */
interface RejectedRow {
  readonly line: number;
  readonly code: FindingCode;
  /** Whether it may hold a no of somebody whom it does not name. */
  readonly isUnreadNo: boolean;
}

/** Findings kept per page; all are counted. */
export const MAX_FINDINGS = 1000;
const SAMPLES = 3;

/** The last of `blocks` is that of the record's subject. */
type RecordListener = (record: ImportedRecord, blocks: TagBlocks) => void;

/** Sees each row of data as written in the file, before it becomes a record, with its first line. */
type RowListener = (cells: readonly string[], line: number) => void;

/** Sees each rejected row, and says whether it may hold a no of somebody whom it does not name. */
type RejectListener = (row: RejectedCells) => boolean;

/** What can be read of a rejected row. */
export interface RejectedCells {
  /** The cells of a record, '' for what could not be read; null where nobody knows which column a cell belongs to. */
  readonly cells: readonly string[] | null;
  /** The customer number, '' where there is none. */
  readonly subject: string;
  /** Of a row of which nobody knows which column a cell belongs to: what it would say if the missing cells were at its end, and if they were at its beginning. */
  readings(fields: readonly string[]): readonly (readonly string[])[];
  /** How many cells are not empty. */
  filled(): number;
}

interface Column {
  readonly index: number;
  readonly field: string;
  readonly kind: ValueKind;
  readonly clean: Cleaner;
  readonly normalise: Normaliser;
  /** Marks that every cell of the column has around it. */
  readonly before: string;
  readonly after: string;
}

/** A column that says the same as another, and that column's place in the record. */
interface Twin extends Column {
  readonly slot: number;
}

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
  const { mapping, delimiter, isSheet, dataLine, width, fixes, lang } = setup;
  const decode = compileLineDecode(setup.encoding);
  const columns = importedColumns(setup);
  const twins = twinColumns(setup, columns);
  const slots = new SlotsOf(columns, mapping);
  const { subject } = slots;
  const labels = new Map(mapping.profile.fields.map((field) => [field.name, field[lang]]));
  const rejectRow = compileRejectRow(mapping.columns.length, (field) => labels.get(field) ?? '', lang);
  const lineColumn = lineColumnOf(mapping);
  const subjectIndex = columns[subject]?.index ?? -1;
  const isHeader = compileHeaderTest(setup, subjectIndex);
  const isNeeded = compileNeeded(setup);
  const isKept = (field: string, code: FindingCode) =>
    mapping.profile.id === 'consents' && field === 'subject' && SPOILT.has(code);
  const lacksOnlyEmpty = compileShortRows(columns, width);
  const page = new TextBlock();
  const blocks = new TagBlocks();
  const known = setup.customers === undefined ? null : new KnownPersons(setup.customers, setup.tagKey);

  // The page at hand. The functions below are made once for all pages, because V8 optimises each function that is made anew once more.
  let listen: RecordListener | undefined;
  let listenToRejects: RejectListener | undefined;
  let listenToRows: RowListener | undefined;
  let samples: string[][] = [];
  let findings: Finding[] = [];
  let counts: Partial<Record<FindingCode, number>> = {};
  let leftOut = new Map<string, LeftOut>();
  let cellCounts = new Map<string, CellCount>();
  let mendable: Partial<Record<FixClass, number>> = {};
  let rejectedBy: Partial<Record<FindingCode, number>> = {};
  let rejectedRows: RejectedRow[] = [];
  let broughtBack: number[] = [];
  let rejects: string[] = [];
  let rows = 0;
  let aside = 0;
  let blank = 0;
  let rejected = 0;

  // The chunk at hand: its position in the file, whether its cells need a closer look, and lines in another encoding.
  let index = 0;
  let odd = false;
  let foreign: ReadonlyMap<number, ForeignLine> | null = null;

  // The row at hand.
  const out: string[] = Array.from({ length: columns.length + mapping.derived.length }, () => '');
  let line = 0;
  let column: Column | undefined;
  let rowFindings: Finding[] = [];
  /** The code that costs the row. */
  let bad: FindingCode | null = null;
  /** The cell at hand as written in the file. */
  let rawCell = '';
  /** Whether the cell at hand is left out. */
  let isBadCell = false;
  let hasSecondPhone = false;
  const badCode = (): FindingCode | null => bad;
  const count = (code: FindingCode) => {
    counts[code] = (counts[code] ?? 0) + 1;
  };
  const countMended = (fix: FixClass) => {
    count(MENDED[fix]);
    if (column !== undefined) addCell(cellCounts, column.index + 1, MENDED[fix]);
  };
  const countMendable = (fix: FixClass) => {
    mendable[fix] = (mendable[fix] ?? 0) + 1;
  };
  const add = (finding: Finding) => {
    count(finding.code);
    rowFindings.push(finding);
    if (findings.length < MAX_FINDINGS) findings.push(finding);
    if (finding.severity === 'error') bad ??= finding.code;
  };
  const note = (code: FindingCode) => {
    const severity = FINDING_SEVERITY[code];
    if (column !== undefined) addCell(cellCounts, column.index + 1, code);
    if (severity === 'change') return count(code);
    if (code === 'VALUE_SECOND_PHONE') hasSecondPhone = true;
    const field = column?.field ?? '';
    add(findingOf(code, line, column === undefined ? 0 : column.index + 1, field));
    if (severity !== 'cell' || column === undefined) return;
    const fix = fixOf(rawCell, column.kind, code);
    if (fix !== null) countMendable(fix);
    if (isKept(field, code)) return;
    isBadCell = true;
    if (HEARD.has(column.kind) && !isNeeded(field, code)) return;
    if (isNeeded(field, code)) bad ??= code;
    else addLeftOut(leftOut, column, code);
  };

  const readCell = (at: Column, cells: readonly string[]): string => {
    const stands = cells[at.index] ?? '';
    if (stands === '') return '';
    column = at;
    isBadCell = false;
    rawCell = stands;
    const raw = fixes.length === 0 ? stands : mendCell(stands, at.kind, fixes, countMended);
    const bare = at.before === '' && at.after === '' ? raw : unguarded(raw, at, note);
    const cell = at.clean(bare, odd, note);
    if (isBadCell && HEARD.has(at.kind)) return at.normalise(cell === '' ? UNREAD : cell, note);
    const value = cell === '' ? '' : at.normalise(cell, note);
    return isBadCell ? '' : value;
  };

  /** The cells of some fields, of a row that has not as many cells as the header: counted from its beginning, and from its end. */
  const readingsOf = (cells: readonly string[], fields: readonly string[]): string[][] => {
    if (fields !== readFields) {
      readFields = fields;
      readSlots = [...columns.keys()].filter((slot) => fields.includes(columns[slot]?.field ?? ''));
    }
    const shifts = cells.length === width ? [0] : [0, cells.length - width];
    return shifts.map((shift) => {
      const reading = columns.map(() => '');
      for (const slot of readSlots) {
        const at = columns[slot];
        const stands = at === undefined ? '' : (cells[at.index + shift] ?? '');
        if (at === undefined || stands === '') continue;
        const cell = at.clean(stands, true, IN_SILENCE);
        if (cell !== '') reading[slot] = at.normalise(cell, IN_SILENCE);
      }
      return reading;
    });
  };
  let readFields: readonly string[] = [];
  let readSlots: readonly number[] = [];

  // One for all rows: a file whose every row is wrong is read as well.
  let rejectedAt: readonly string[] = [];
  const seen: { cells: readonly string[] | null; subject: string } & Pick<
    RejectedCells,
    'readings' | 'filled'
  > = {
    cells: null,
    subject: '',
    readings: (fields) => readingsOf(rejectedAt, fields),
    filled: () => rejectedAt.reduce((sum, cell) => sum + (cell.trim() === '' ? 0 : 1), 0),
  };

  const normaliseRow = (cells: readonly string[]) => {
    hasSecondPhone = false;
    for (let i = 0; i < columns.length; i++) {
      const at = columns[i];
      if (at !== undefined) out[i] = readCell(at, cells);
    }
    for (const twin of twins) {
      const [first = '', second] = [out[twin.slot], readCell(twin, cells)];
      if (first !== '' && second !== '' && first !== second) note('CONSENT_DISAGREES');
      out[twin.slot] = noOf(twin.kind, first, second);
    }
    if (slots.hasMore || hasSecondPhone) slots.fill(out, cells, line, hasSecondPhone);
    column = columns[subject];
    if (out[subject] === '' && bad === null) note('ID_MISSING');
    else if (known?.has(out[subject] ?? '') === false) note('ROW_ORPHAN');
  };

  /** Whether the row is no row of data. */
  const isAside = (cells: readonly string[]): boolean => {
    const cell = cells[subjectIndex] ?? '';
    const code = isHeader(cells, cell)
      ? 'ROW_HEADER_AGAIN'
      : mayBeAside(cells, cell)
        ? asideOf(cells, cell)
        : null;
    if (code === null) return false;
    aside++;
    add(findingOf(code, line));
    return true;
  };

  /** The cells of a line in another encoding, read in that; null where it is not one row by itself. */
  const readForeign = ({ byte, text }: ForeignLine): readonly string[] | null => {
    if (byte !== null || lineColumn !== null) return null;
    const found: (readonly string[])[] = [];
    forEachRow(text, { delimiter, kind: 'irregular', firstLine: line, isSheet }, (read, _line, stray) => {
      if (stray === 0) found.push([...read]);
    });
    const [row, ...others] = found;
    return row !== undefined && others.length === 0 && row.length === width ? row : null;
  };

  const visit: RowVisit = (standing, begin, stray) => {
    let cells = standing;
    if (begin < dataLine || (cells.length === 1 && cells[0] === CTRL_Z)) return;
    line = begin;
    if (bad !== null || rowFindings.length > 0) {
      bad = null;
      rowFindings = [];
    }
    column = undefined;
    let isRead = false;
    if ((cells[0] ?? '').trim() === '' && isBlank(cells)) {
      rows++;
      blank++;
      return;
    }
    if (stray === 0 && isAside(cells)) return;
    rows++;
    listenToRows?.(cells, line);
    let alien = foreign === null ? undefined : foreignIn(foreign, begin, cells);
    const own = alien === undefined || stray > 0 ? null : readForeign(alien);
    if (own !== null && fixes.includes('encoding')) {
      cells = own;
      alien = undefined;
      count(MENDED.encoding);
    } else if (own !== null) countMendable('encoding');
    if (stray > 0) {
      const field = mapping.columns[stray - 1]?.field ?? '';
      add(findingOf('CSV_QUOTE_STRAY', line, stray, field));
    } else if (alien !== undefined) {
      add(
        alien.byte === null
          ? findingOf('ROW_OTHER_ENCODING', line)
          : { ...findingOf('ROW_BYTES', line), got: alien.byte },
      );
    } else if (lineColumn === null && lacksOnlyEmpty(cells)) {
      add({ ...findingOf('ROW_SHORT', line), expected: width, got: cells.length });
      normaliseRow([...cells, ...Array.from({ length: width - cells.length }, () => '')]);
      isRead = true;
    } else if (lineColumn === null ? cells.length !== width : isUnmended(cells, width, lineColumn)) {
      add({ ...findingOf('ROW_CELLS', line), expected: width, got: cells.length });
    } else {
      normaliseRow(cells);
      isRead = true;
    }
    if (lineColumn !== null) {
      const back = (cells[lineColumn] ?? '').trim();
      if (LINE.test(back)) broughtBack.push(Number(back));
    }
    const code = badCode();
    if (code !== null) {
      rejected++;
      rejectedBy[code] = (rejectedBy[code] ?? 0) + 1;
      rejects.push(rejectRow(cells, line, rowFindings));
      rejectedAt = cells;
      seen.cells = isRead ? out : null;
      seen.subject = isRead ? (out[subject] ?? '') : '';
      rejectedRows.push({ line, code, isUnreadNo: listenToRejects?.(seen) ?? false });
      return;
    }
    blocks.add(out[subject] ?? '');
    listen?.(out as readonly string[] as ImportedRecord, blocks);
    page.add(recordText(out));
    if (index === 0 && samples.length < SAMPLES) samples.push(slots.masked(out));
  };

  return (chunks, onRecord, onReject, onRow) => {
    listen = onRecord;
    listenToRejects = onReject;
    listenToRows = onRow;
    samples = [];
    findings = [];
    counts = {};
    leftOut = new Map();
    cellCounts = new Map();
    mendable = {};
    rejectedBy = {};
    rejectedRows = [];
    broughtBack = [];
    rejects = [];
    rows = 0;
    aside = 0;
    blank = 0;
    rejected = 0;
    page.clear();
    blocks.clear();
    for (const { bytes, kind, firstLine, ...chunk } of chunks) {
      const decoded = decode(bytes, firstLine);
      foreign = decoded.foreign;
      index = chunk.index;
      // A final Ctrl-Z is how DOS ended a file.
      const text = decoded.text.endsWith(CTRL_Z) ? decoded.text.slice(0, -1) : decoded.text;
      odd = isOdd(text);
      forEachRow(text, { delimiter, kind, firstLine, isSheet }, visit);
    }
    return {
      rows,
      aside,
      blank,
      records: rows - rejected - blank,
      rejected,
      page: page.take(),
      tags: blocks.tags(setup.tagKey),
      findings,
      counts,
      leftOut: [...leftOut.values()],
      cellCounts: [...cellCounts.values()],
      mendable,
      rejectedBy,
      rejectedRows,
      broughtBack,
      rejects: rejects.length === 0 ? '' : `${rejects.join('\n')}\n`,
      samples,
    };
  };
}

const CTRL_Z = '\x1a';

/** For a second look at cells of which everything was said. */
const IN_SILENCE = (): void => undefined;

/** A number of a line as a reject file has it. */
const LINE = /^[1-9]\d{0,9}$/;

function importedColumns({ mapping, hints, now }: ImportSetup): Column[] {
  return mapping.columns.flatMap(({ index, field, header }) =>
    field === null ? [] : [columnOf(mapping, hints, now, { index, field, header })],
  );
}

function columnOf(
  mapping: Mapping,
  hints: ColumnHints,
  now: Instant,
  { index, field, header }: { readonly index: number; readonly field: string; readonly header: string },
): Column {
  const kind = mapping.profile.fields.find(({ name }) => name === field)?.kind ?? 'text';
  const order = hints.orders[index] ?? null;
  const asksContact = isContactable(header);
  const normalise = normaliserOf(kind, {
    today: dayOf(now),
    fen: fenPerUnit(header),
    order,
    asksContact,
    now,
  });
  const clean = cleanerOf(kind);
  return { index, field, kind, clean, normalise, ...(hints.guards[index] ?? { before: '', after: '' }) };
}

/** The columns that say what another says as well. */
function twinColumns({ mapping, hints, now }: ImportSetup, columns: readonly Column[]): readonly Twin[] {
  return mapping.columns.flatMap(({ index, header, also, isSwitch }) => {
    const slot = columns.findIndex(({ field }) => field === also);
    if (also === undefined || slot === -1) return [];
    const column = columnOf(mapping, hints, now, { index, field: also, header });
    return [{ ...column, slot, ...(isSwitch === true ? { normalise: switchedOff } : {}) }];
  });
}

function unguarded(cell: string, { before, after }: Column, note: (code: FindingCode) => void): string {
  let bare = cell;
  if (before !== '' && bare.startsWith(before)) bare = bare.slice(before.length);
  if (after !== '' && bare.endsWith(after)) bare = bare.slice(0, bare.length - after.length);
  if (bare !== cell) note('CELL_GUARD');
  return bare;
}

function addLeftOut(found: Map<string, LeftOut>, { index, field }: Column, code: FindingCode): void {
  const key = `${code} ${index}`;
  found.set(key, { column: index + 1, field, code, cells: (found.get(key)?.cells ?? 0) + 1 });
}

function addCell(found: Map<string, CellCount>, column: number, code: FindingCode): void {
  const key = `${code} ${column}`;
  found.set(key, { column, code, cells: (found.get(key)?.cells ?? 0) + 1 });
}

/** What a person decided: destroyed, it may have been a no, and is whatever the careful answer to words is that nobody knows. */
const HEARD: ReadonlySet<ValueKind> = new Set(['consent-status', 'opt-out', 'no-time']);
/** Words that nobody knows. */
const UNREAD = '?';

/** Text that nobody can read any more. */
const DESTROYED: ReadonlySet<FindingCode> = new Set([
  'VALUE_CONTROL',
  'VALUE_REPLACEMENT',
  'VALUE_MOJIBAKE',
  'VALUE_TOO_LONG',
]);
/**
 * What is wrong with a number that Excel changed. Of a customer it is no number; in a ledger it stays, because what the person said counts, and
 * somebody can still tell who it was.
 */
const SPOILT: ReadonlySet<FindingCode> = new Set(['VALUE_EXCEL_NUMBER', 'VALUE_GUARD']);

/** Whether a row cannot be used without a cell: it says who it is, until when it may be kept, or is a text that the buyer is to get. */
function compileNeeded({ mapping, needed }: ImportSetup): (field: string, code: FindingCode) => boolean {
  const texts = new Set(needed);
  const { subject, id } = mapping.profile;
  // What customers are owed is never left out of a row.
  const sums = new Set(isFurtherTable(id) ? Object.values(SUMS[id]) : []);
  return (field, code) =>
    field === subject || LIMITS.has(field) || sums.has(field) || (DESTROYED.has(code) && texts.has(field));
}

/** Whether a row is the header once more; most rows are ruled out by one cell. */
function compileHeaderTest({ headerRows }: ImportSetup, subject: number) {
  const headers = headerRows.map((row) => row.map((cell) => cell.trim()));
  const at = subject === -1 ? 0 : subject;
  return (cells: readonly string[], subjectCell: string): boolean => {
    const cell = subject === -1 ? (cells[0] ?? '') : subjectCell;
    for (const header of headers) {
      if (cell.trim() !== header[at]) continue;
      if (header.every((name, i) => name === (cells[i] ?? '').trim())) return true;
    }
    return false;
  };
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
