import { reasonSet, type ReasonSet } from './reasons.js';

/** The customer of a row is not in the list any more. */
export const ORPHAN: ReasonSet = reasonSet('SUBJECT_MISSING');
/** A row of the same name says something else: nobody can know which is right (PIPL-8). */
export const REPEATED: ReasonSet = reasonSet('SUBJECT_REPEATED');
/** An earlier row is the same. */
export const DUPLICATE: ReasonSet = reasonSet('SUBJECT_DUPLICATE');

/** What the reasons of a row are called in the accounting of its table: those that speak of the row and not of its customer. */
export const ROW_REASONS: Readonly<Record<string, string>> = {
  SUBJECT_MISSING: 'ROW_ORPHAN',
  SUBJECT_REPEATED: 'ROW_REPEATED',
  SUBJECT_DUPLICATE: 'ROW_DUPLICATE',
};

/** The rows of a table that have one name. */
export interface NamesakeRows {
  /** Their places in the table, in order; at least two. */
  readonly positions: readonly number[];
  /** Whether they agree, so that they are one row. */
  readonly isSame: boolean;
}

/**
 * Finds rows of a table that have one name: those that agree are one row, and of those that differ nobody here can know which is right.
 *
 * @param count of the rows
 * @param nameOf what tells the row at a position from all others, or a fingerprint of it
 * @param textOf what the row says, or a fingerprint of it
 */
export function namesakes<Name extends string | number>(
  count: number,
  nameOf: (at: number) => Name,
  textOf: (at: number) => string | number,
): readonly NamesakeRows[] {
  const first = new Map<Name, number>();
  const repeated = new Map<Name, number[]>();
  for (let at = 0; at < count; at++) {
    const name = nameOf(at);
    const met = first.get(name);
    if (met === undefined) {
      first.set(name, at);
      continue;
    }
    const positions = repeated.get(name);
    if (positions === undefined) repeated.set(name, [met, at]);
    else positions.push(at);
  }
  return Array.from(repeated.values(), (positions) => ({
    positions,
    isSame: new Set(positions.map(textOf)).size === 1,
  }));
}
