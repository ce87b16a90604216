import { SUMS } from '../deal/tables.js';
import { isFurtherTable } from '../messages/tables.js';
import { FINDING_SEVERITY, type FindingCode } from '../messages/findings.js';
import { SlotsOf } from './derived-cells.js';
import { type FileColumn, fileColumns, twinColumns, type TwinColumn, unguarded } from './file-columns.js';
import { type Finding, findingOf } from './finding.js';
import type { ImportSetup } from './import-setup.js';
import { KnownPersons } from './known-persons.js';
import { noOf } from './no.js';
import type { PageTally } from './page-tally.js';
import { type FixClass, fixOf, MENDED, mendCell } from './repair.js';
import { LIMITS } from './short-rows.js';

/** Reads the cells of one row after another into a record, and tells what is wrong with them. */
export class RecordReading {
  /** The columns that are imported, in the order of the record. */
  readonly columns: readonly FileColumn[];
  /** The cells of the record at hand. The next row uses the same array. */
  readonly record: string[];
  /** Whether the cells of the chunk at hand need a closer look ({@link isOdd}). */
  odd = false;
  readonly #tally: PageTally;
  readonly #width: number;
  readonly #twins: readonly TwinColumn[];
  readonly #slots: SlotsOf;
  readonly #fixes: readonly FixClass[];
  readonly #costsTheRow: (field: string, code: FindingCode) => boolean;
  readonly #isKept: (field: string, code: FindingCode) => boolean;
  /** Of a table beside the customer list: whom its rows may belong to. */
  readonly #known: KnownPersons | null;

  // The row at hand.
  #line = 0;
  #bad: FindingCode | null = null;
  #found: Finding[] = [];
  #hasSecondPhone = false;
  // The cell at hand: its column, what it is in the file, and whether it is left out.
  #column: FileColumn | undefined;
  #raw = '';
  #isBadCell = false;

  constructor(setup: ImportSetup, tally: PageTally) {
    const { mapping } = setup;
    this.columns = fileColumns(setup);
    this.record = Array.from({ length: this.columns.length + mapping.derived.length }, () => '');
    this.#tally = tally;
    this.#width = setup.width;
    this.#twins = twinColumns(setup, this.columns);
    this.#slots = new SlotsOf(this.columns, mapping);
    this.#fixes = setup.fixes;
    this.#costsTheRow = compileNeeded(setup);
    this.#isKept = (field, code) =>
      mapping.profile.id === 'consents' && field === 'subject' && SPOILT.has(code);
    this.#known = setup.customers === undefined ? null : new KnownPersons(setup.customers, setup.tagKey);
  }

  /** Place of the customer number in the file, -1 where it is made of something else. */
  get subjectIndex(): number {
    return this.columns[this.#slots.subject]?.index ?? -1;
  }

  /** The customer number of the record at hand, '' where there is none. */
  get subject(): string {
    return this.record[this.#slots.subject] ?? '';
  }

  /** The code that costs the row at hand, null where it is good. */
  get bad(): FindingCode | null {
    return this.#bad;
  }

  /** What was found about the row at hand. */
  get found(): readonly Finding[] {
    return this.#found;
  }

  /** The record at hand, masked for a screen. */
  masked(): readonly string[] {
    return this.#slots.masked(this.record);
  }

  /** Begins a row at its first line. */
  begin(line: number): void {
    this.#line = line;
    this.#column = undefined;
    if (this.#bad === null && this.#found.length === 0) return;
    this.#bad = null;
    this.#found = [];
  }

  add(finding: Finding): void {
    this.#tally.add(finding);
    this.#found.push(finding);
    if (finding.severity === 'error') this.#bad ??= finding.code;
  }

  /** Cleans and normalises the cells of a row that has as many as the header. */
  read(cells: readonly string[]): void {
    const { columns, record } = this;
    this.#hasSecondPhone = false;
    for (let i = 0; i < columns.length; i++) {
      const column = columns[i];
      if (column !== undefined) record[i] = this.#cell(column, cells);
    }
    for (const twin of this.#twins) {
      const [first = '', second] = [record[twin.slot], this.#cell(twin, cells)];
      if (first !== '' && second !== '' && first !== second) this.#note('CONSENT_DISAGREES');
      record[twin.slot] = noOf(twin.kind, first, second);
    }
    if (this.#slots.hasMore || this.#hasSecondPhone)
      this.#slots.fill(record, cells, this.#line, this.#hasSecondPhone);
    this.#column = columns[this.#slots.subject];
    const { subject } = this;
    if (subject === '' && this.#bad === null) this.#note('ID_MISSING');
    else if (this.#known?.has(subject) === false) this.#note('ROW_ORPHAN');
  }

  /** The cells of some fields, of a row that has not as many cells as the header: counted from its beginning, and from its end. */
  guess(cells: readonly string[], fields: readonly string[]): string[][] {
    const shifts = cells.length === this.#width ? [0] : [0, cells.length - this.#width];
    return shifts.map((shift) =>
      this.columns.map(({ index, field, clean, normalise }) => {
        const cell = fields.includes(field) ? clean(cells[index + shift] ?? '', true, IN_SILENCE) : '';
        return cell === '' ? '' : normalise(cell, IN_SILENCE);
      }),
    );
  }

  #cell(column: FileColumn, cells: readonly string[]): string {
    const raw = cells[column.index] ?? '';
    if (raw === '') return '';
    this.#column = column;
    this.#isBadCell = false;
    this.#raw = raw;
    const mended = this.#fixes.length === 0 ? raw : mendCell(raw, column.kind, this.#fixes, this.#mended);
    const bare = column.before === '' && column.after === '' ? mended : unguarded(mended, column, this.#note);
    const cell = column.clean(bare, this.odd, this.#note);
    const value = cell === '' ? '' : column.normalise(cell, this.#note);
    return this.#isBadCell ? '' : value;
  }

  readonly #mended = (fix: FixClass): void => {
    this.#tally.count(MENDED[fix]);
    if (this.#column !== undefined) this.#tally.addCell(this.#column, MENDED[fix]);
  };

  /** Takes down what is found about the cell at hand: a change, a doubt, or that it cannot be used. */
  readonly #note = (code: FindingCode): void => {
    const column = this.#column;
    const severity = FINDING_SEVERITY[code];
    if (column !== undefined) this.#tally.addCell(column, code);
    if (severity === 'change') {
      this.#tally.count(code);
      return;
    }
    if (code === 'VALUE_SECOND_PHONE') this.#hasSecondPhone = true;
    const field = column?.field ?? '';
    this.add(findingOf(code, this.#line, column === undefined ? 0 : column.index + 1, field));
    if (severity !== 'cell' || column === undefined) return;
    const fix = fixOf(this.#raw, column.kind, code);
    if (fix !== null) this.#tally.addMendable(fix);
    if (this.#isKept(field, code)) return;
    this.#isBadCell = true;
    if (this.#costsTheRow(field, code)) this.#bad ??= code;
    else this.#tally.addLeftOut(column, code);
  };
}

/** For a second look at cells of which everything was said. */
const IN_SILENCE = (): void => undefined;

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
