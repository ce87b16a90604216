import type { ValueKind } from './kinds.js';
import type { Normaliser } from './normaliser.js';
import type { Cleaner } from './values.js';

/** A column as it is read. */
export interface ReadColumn {
  readonly index: number;
  readonly field: string;
  readonly kind: ValueKind;
  readonly clean: Cleaner;
  readonly normalise: Normaliser;
}

/**
 * Compiles whether a row that is too short lacks nothing but empty cells at its end, as spreadsheets and databases leave them out. That a
 * separator was lost further ahead, which would move every cell behind it, is ruled out by the cells: the last one has a shape that belongs
 * to its own column and not to the last one, and no cell contradicts its column. A row that may have been cut off before a no, or before a
 * limit of what may be done, is not filled up.
 *
 * @param width cells that every row has
 */
export function compileShortRows(
  columns: readonly ReadColumn[],
  width: number,
): (cells: readonly string[]) => boolean {
  const at = new Map(columns.map((column) => [column.index, column]));
  const shaped = columns.filter(({ kind }) => SHAPES.has(kind));
  const mustEnd = columns.reduce(
    (most, { kind, field, index }) => (SAYS_NO.has(kind) || LIMITS.has(field) ? Math.max(most, index) : most),
    -1,
  );
  return (cells) => {
    const last = cells.length - 1;
    const end = at.get(last);
    if (last < 1 || cells.length >= width || last < mustEnd || end === undefined) return false;
    const cell = cells[last] ?? '';
    const beyond = at.get(width - 1);
    if (!isShaped(end, cell) || (beyond !== undefined && isShaped(beyond, cell))) return false;
    return shaped.every(
      (column) => (cells[column.index] ?? '').trim() === '' || fits(column, cells[column.index] ?? ''),
    );
  };
}

/** Columns that limit what may be done: without them nobody knows whether the record may leave. */
export const LIMITS: ReadonlySet<string> = new Set(['retain_until', 'consent_valid_until']);

const SAYS_NO: ReadonlySet<ValueKind> = new Set(['consent-status', 'no-time', 'opt-out']);

/** What a value has to look like, so that it is hardly anything else. */
const SHAPES: ReadonlyMap<ValueKind, RegExp> = new Map([
  ['mobile', /\d{11}/],
  ['email', /@/],
  ['id-number', /\d{15}/],
  ['date', /\d[-/.年]\d/],
  ['past-date', /\d[-/.年]\d/],
  ['datetime', /\d[-/.年]\d/],
  ['birth-date', /\d[-/.年]\d/],
  ['no-time', /\d[-/.年]\d/],
  ['consent-status', /^\p{L}{2}/u],
  ['consent-method', /^\p{L}{2}/u],
]);

function isShaped(column: ReadColumn, cell: string): boolean {
  return SHAPES.get(column.kind)?.test(cell) === true && fits(column, cell);
}

/** Whether nothing is found about a cell in its column. */
function fits({ clean, normalise }: ReadColumn, cell: string): boolean {
  let isFine = true;
  const note = (): void => {
    isFine = false;
  };
  return (
    normalise(
      clean(cell, true, () => undefined),
      note,
    ) !== '' && isFine
  );
}
