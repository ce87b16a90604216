import type { FindingCode } from '../messages/findings.js';
import type { CellCount } from './imported.js';
import type { ValueKind } from './kinds.js';
import { mappedFields, type Mapping } from './mapping.js';
import { maskValue } from './mask.js';
import type { ImportedRecord } from './page.js';

/** What a column of a file holds, told before anything of it is stored. No value is in it but three masked ones. */
export interface ColumnPreview {
  /** From 1. */
  readonly column: number;
  /** The header as it may be shown. */
  readonly shown: string;
  /** The field that it becomes, or whose answer it also gives; null where it is not imported. */
  readonly field: string | null;
  readonly filled: number;
  readonly distinct: Distinct;
  /** How its cells are written, the most frequent first. */
  readonly shapes: readonly { readonly shape: string; readonly cells: number }[];
  /** What is wrong with its cells, or was changed in them. */
  readonly damage: readonly { readonly code: FindingCode; readonly cells: number }[];
  /** Up to three values, masked. */
  readonly samples: readonly string[];
}

/** How many different cells there are; beyond some thousands it is estimated. */
interface Distinct {
  readonly count: number;
  readonly isExact: boolean;
}

const SHAPES = 3;
const SAMPLES = 3;

/** Looks at the rows of a file as they are read. */
export class FilePreviewer {
  readonly #mapping: Mapping;
  readonly #columns: readonly ColumnLook[];
  readonly #widths = new Map<number, number>();

  constructor(mapping: Mapping) {
    this.#mapping = mapping;
    const places = new Map(mappedFields(mapping).map((field, i) => [field, i]));
    const kinds = new Map(mapping.profile.fields.map(({ name, kind }) => [name, kind]));
    this.#columns = mapping.columns.map(
      ({ field }) =>
        new ColumnLook(
          field === null ? null : (places.get(field) ?? null),
          (field === null ? undefined : kinds.get(field)) ?? 'text',
        ),
    );
  }

  /** A row as written in the file, whatever becomes of it. */
  addRow(cells: readonly string[]): void {
    this.#widths.set(cells.length, (this.#widths.get(cells.length) ?? 0) + 1);
    for (const [i, column] of this.#columns.entries()) column.addCell(cells[i] ?? '');
  }

  /** The record that a row became. */
  addRecord(record: ImportedRecord): void {
    for (const column of this.#columns) column.addRecord(record);
  }

  /** How many rows have how many cells, the most frequent first. */
  widths(): readonly { readonly cells: number; readonly rows: number }[] {
    return [...this.#widths].map(([cells, rows]) => ({ cells, rows })).sort((a, b) => b.rows - a.rows);
  }

  /** @param counts - what the import found in the cells */
  columns(counts: readonly CellCount[]): readonly ColumnPreview[] {
    return this.#mapping.columns.map(({ index, shown, field, also }) => {
      const look = this.#columns[index];
      return {
        column: index + 1,
        shown,
        field: field ?? also ?? null,
        filled: look?.filled ?? 0,
        distinct: look?.distinct() ?? { count: 0, isExact: true },
        shapes: look?.shapes() ?? [],
        damage: counts
          .filter(({ column }) => column === index + 1)
          .map(({ code, cells }) => ({ code, cells })),
        samples: look?.samples ?? [],
      };
    });
  }
}

/** Different cells that are told apart one by one; a bitmap estimates how many more there are. */
const EXACT = 4096;
/** Bits of the bitmap: enough for a million to be estimated to a few in a thousand. */
const BITS = 1 << 22;
/** Shapes of a column that are counted; whoever has more is free text. */
const MOST_SHAPES = 200;

/** One column, while it is looked at. */
class ColumnLook {
  readonly #slot: number | null;
  readonly #kind: ValueKind;
  readonly #shapes = new Map<string, number>();
  readonly #prints = new Set<number>();
  #bits: Uint32Array | null = null;
  readonly samples: string[] = [];
  filled = 0;

  /** @param slot - its place in the record; null for none */
  constructor(slot: number | null, kind: ValueKind) {
    this.#slot = slot;
    this.#kind = kind;
  }

  addCell(raw: string): void {
    const cell = raw.trim();
    if (cell === '') return;
    this.filled++;
    this.#meet(printOf(cell));
    const shape = shapeOf(cell);
    const seen = this.#shapes.get(shape);
    if (seen !== undefined || this.#shapes.size < MOST_SHAPES) this.#shapes.set(shape, (seen ?? 0) + 1);
    // What is not imported has no kind by which it could be masked better.
    if (this.#slot === null) this.#sample(cell);
  }

  addRecord(record: ImportedRecord): void {
    if (this.#slot !== null) this.#sample(record[this.#slot] ?? '');
  }

  distinct(): Distinct {
    if (this.#bits === null) return { count: this.#prints.size, isExact: true };
    let empty = 0;
    for (const word of this.#bits) empty += 32 - ones(word);
    return { count: Math.round(-BITS * Math.log(Math.max(1, empty) / BITS)), isExact: false };
  }

  shapes(): readonly { readonly shape: string; readonly cells: number }[] {
    return [...this.#shapes]
      .map(([shape, cells]) => ({ shape, cells }))
      .sort((a, b) => b.cells - a.cells)
      .slice(0, SHAPES);
  }

  #sample(value: string): void {
    if (value === '' || this.samples.length === SAMPLES) return;
    const masked = maskValue(this.#kind, value);
    if (!this.samples.includes(masked)) this.samples.push(masked);
  }

  #meet(print: number): void {
    if (this.#bits === null) {
      this.#prints.add(print);
      if (this.#prints.size <= EXACT) return;
      this.#bits = new Uint32Array(BITS / 32);
      for (const known of this.#prints) mark(this.#bits, known);
      this.#prints.clear();
      return;
    }
    mark(this.#bits, print);
  }
}

function mark(bits: Uint32Array, print: number): void {
  const place = print % BITS;
  bits[place >>> 5] = (bits[place >>> 5] ?? 0) | (1 << (place & 31));
}

function ones(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return (((bits + (bits >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}

/** 32 bits that tell cells apart well enough for a count. */
function printOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 0;
}

/** Longer cells are free text. */
const LONG = 40;
const TEXT = '…';

/** What is counted where it follows one another. */
const RUNS: readonly string[] = ['A', 'a', '9', '字'];

/**
 * How a cell is written: `9` for digits, `A` and `a` for letters, `字` for Hanzi, each with how many of them; other characters are kept.
 * `9×4-9×2-9×2` is a date.
 */
function shapeOf(cell: string): string {
  if (cell.length > LONG) return TEXT;
  let shape = '';
  let last = '';
  let run = 0;
  const end = () => {
    // A digit right after a count would be read as part of it.
    const mark = /×\d+$/.test(shape) && RUNS.includes(last) ? '·' : '';
    shape += mark + (run > 1 ? `${last}×${run}` : last);
  };
  for (const char of cell) {
    const kind = kindOf(char);
    if (kind === last && RUNS.includes(kind)) run++;
    else {
      end();
      last = kind;
      run = 1;
    }
  }
  end();
  return shape;
}

function kindOf(char: string): string {
  if (/[0-9０-９]/.test(char)) return '9';
  if (/\p{Script=Han}/u.test(char)) return '年月日时分秒元'.includes(char) ? char : '字';
  if (/\p{Lu}/u.test(char)) return 'A';
  if (/\p{L}/u.test(char)) return 'a';
  if (/\p{Z}/u.test(char)) return '␣';
  return /[\p{P}\p{S}]/u.test(char) ? char : '?';
}
