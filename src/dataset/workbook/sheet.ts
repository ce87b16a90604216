import { fail } from '../../messages/error.js';
import { type NumberFormat, numberText } from './number-format.js';
import { recordLine } from './record-text.js';
import { RichText, type SharedStrings, unescaped } from './shared-strings.js';
import { xmlPieces } from './xml.js';

/** What a sheet holds besides the text of its cells, for the clerk to know. Counts. */
export interface SheetFacts {
  hiddenRows: number;
  hiddenColumns: number;
  /** Rows with text that is struck through, and the first of them; 0 for none. */
  struckRows: number;
  firstStruck: number;
  mergedCells: number;
  /** Cells whose value was calculated; what is read is the value that the office program stored. */
  formulas: number;
  /** Formulas without a stored value: such a cell is empty here. */
  unvalued: number;
  /** Filled cells to the right of the table, which are left out, and the first of them as `Z17`. */
  outside: number;
  firstOutside: string | null;
}

/** What is needed to read the cells of a sheet. */
export interface SheetSetup {
  readonly strings: SharedStrings;
  /** By the style number of a cell. */
  readonly formats: readonly NumberFormat[];
  /** The same of whether its text is struck through. */
  readonly struck: readonly boolean[];
  readonly from1904: boolean;
}

/** A sheet ends there (Excel's limits). */
const MAX_ROW = 1_048_576;
const MAX_COLUMN = 16_384;
/** The rows that show how wide the table is. */
const LEADING_ROWS = 200;
const PLAIN: NumberFormat = { kind: 'plain' };

/**
 * The rows of a sheet as records of comma-separated text in UTF-8: the row with number n is the record with number n, so empty rows are
 * blank lines. The table is as wide as the widest of the first rows.
 *
 * @param facts - filled while the sheet is read; complete at the end
 * @throws HandoverError WORKBOOK_DAMAGED
 */
export async function* sheetText(
  blocks: AsyncIterable<Uint8Array>,
  setup: SheetSetup,
  facts: SheetFacts,
): AsyncGenerator<Uint8Array, void, undefined> {
  const walk = new SheetWalk(setup, facts);
  for await (const _ of xmlPieces(blocks, walk)) {
    const text = walk.take(false);
    if (text !== '') yield Buffer.from(text);
  }
  const rest = walk.take(true);
  if (rest !== '') yield Buffer.from(rest);
}

/** The facts of a sheet in which nothing was met yet. */
export function noFacts(): SheetFacts {
  return {
    hiddenRows: 0,
    hiddenColumns: 0,
    struckRows: 0,
    firstStruck: 0,
    mergedCells: 0,
    formulas: 0,
    unvalued: 0,
    outside: 0,
    firstOutside: null,
  };
}

class SheetWalk {
  readonly #setup: SheetSetup;
  readonly #facts: SheetFacts;
  /** The rows that show the width, until it is known. */
  #leading: (readonly string[])[] | null = [];
  #width = 0;
  #out = '';
  /** Numbers from 1. */
  #row = 0;
  #column = 0;
  #cells: string[] = [];
  #type = 'n';
  #style = 0;
  #value = '';
  #inValue = false;
  #formula = false;
  #isStruck = false;
  readonly #inline = new RichText();

  constructor(setup: SheetSetup, facts: SheetFacts) {
    this.#setup = setup;
    this.#facts = facts;
  }

  open(name: string, at: Readonly<Record<string, string>>): void {
    if (name === 'c') this.#openCell(at);
    else if (name === 'v') this.#inValue = true;
    else if (name === 'row') this.#openRow(at);
    else if (name === 'f') this.#formula = true;
    else if (name === 'col' && isTrue(at['hidden'])) {
      const count = Number(at['max']) - Number(at['min']) + 1;
      // The rest of the sheet is often hidden as one.
      if (count > 0 && count < 1000) this.#facts.hiddenColumns += count;
    } else if (name === 'mergeCell') this.#facts.mergedCells++;
    else this.#inline.open(name);
  }

  close(name: string): void {
    if (name === 'c') this.#closeCell();
    else if (name === 'v') this.#inValue = false;
    else if (name === 'row') this.#closeRow();
    else this.#inline.close(name);
  }

  text(piece: string): void {
    if (this.#inValue) this.#value += piece;
    else this.#inline.add(piece);
  }

  /** The text since the last call. */
  take(isEnd: boolean): string {
    if (isEnd) this.#settleWidth();
    const text = this.#out;
    this.#out = '';
    return text;
  }

  #openRow(at: Readonly<Record<string, string>>): void {
    const number = at['r'] === undefined ? this.#row + 1 : Number(at['r']);
    // A row that comes again or out of turn is not a sheet as office programs write it.
    if (!Number.isInteger(number) || number <= this.#row || number > MAX_ROW)
      fail({ code: 'WORKBOOK_DAMAGED' });
    for (let blank = this.#row + 1; blank < number; blank++) this.#write([]);
    this.#row = number;
    this.#column = 0;
    this.#cells = [];
    this.#isStruck = false;
    if (isTrue(at['hidden'])) this.#facts.hiddenRows++;
  }

  #openCell(at: Readonly<Record<string, string>>): void {
    const column = at['r'] === undefined ? this.#column + 1 : columnOf(at['r']);
    if (column <= this.#column || column > MAX_COLUMN) fail({ code: 'WORKBOOK_DAMAGED' });
    this.#column = column;
    this.#type = at['t'] ?? 'n';
    this.#style = Number(at['s'] ?? 0);
    this.#value = '';
    this.#formula = false;
  }

  #closeCell(): void {
    const text = this.#cellText();
    if (this.#formula) {
      this.#facts.formulas++;
      if (text === '') this.#facts.unvalued++;
    }
    if (text === '') return;
    if (!this.#isStruck && this.#setup.struck[this.#style] === true) this.#strike();
    if (this.#leading === null && this.#column > this.#width) {
      this.#facts.outside++;
      this.#facts.firstOutside ??= `${columnName(this.#column)}${this.#row}`;
      return;
    }
    while (this.#cells.length < this.#column - 1) this.#cells.push('');
    this.#cells.push(text);
  }

  #strike(): void {
    this.#isStruck = true;
    this.#facts.struckRows++;
    if (this.#facts.firstStruck === 0) this.#facts.firstStruck = this.#row;
  }

  #cellText(): string {
    const { strings, formats, from1904 } = this.#setup;
    const value = this.#value;
    if (this.#type === 'inlineStr') return this.#inline.take();
    if (value === '') return '';
    if (this.#type === 's') return strings.at(Number(value));
    if (this.#type === 'b') return value === '1' ? 'TRUE' : 'FALSE';
    if (this.#type === 'n') return numberText(value, formats[this.#style] ?? PLAIN, from1904);
    return unescaped(value);
  }

  #closeRow(): void {
    this.#write(this.#cells);
    this.#cells = [];
  }

  #write(cells: readonly string[]): void {
    if (this.#leading === null) {
      this.#out += recordLine(cells, this.#width);
      return;
    }
    this.#leading.push(cells);
    if (cells.length > this.#width) this.#width = cells.length;
    if (this.#leading.length === LEADING_ROWS) this.#settleWidth();
  }

  #settleWidth(): void {
    if (this.#leading === null) return;
    for (const cells of this.#leading) this.#out += recordLine(cells, this.#width);
    this.#leading = null;
  }
}

function isTrue(value: string | undefined): boolean {
  return value === '1' || value === 'true';
}

/** `AB12` gives 28. */
function columnOf(reference: string): number {
  let column = 0;
  for (const char of /^[A-Z]{1,3}/.exec(reference)?.[0] ?? fail({ code: 'WORKBOOK_DAMAGED' }))
    column = column * 26 + char.charCodeAt(0) - 64;
  return column;
}

/** 28 gives `AB`. */
function columnName(column: number): string {
  let name = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26))
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  return name;
}
