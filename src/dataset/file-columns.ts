import { dayOf, type Instant } from '../base/time.js';
import type { FindingCode } from '../messages/findings.js';
import type { ImportSetup } from './import-setup.js';
import type { ValueKind } from './kinds.js';
import { fenPerUnit, type Mapping } from './mapping.js';
import { switchedOff } from './no.js';
import type { Normaliser } from './normaliser.js';
import type { ColumnHints } from './survey.js';
import { type Cleaner, cleanerOf, normaliserOf } from './values.js';

/** A column of the file that becomes a field of the record. */
export interface FileColumn {
  /** Its place in the file, 0-based. */
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
export interface TwinColumn extends FileColumn {
  readonly slot: number;
}

/** The columns that are imported, in the order of the file. */
export function fileColumns({ mapping, hints, now }: ImportSetup): readonly FileColumn[] {
  return mapping.columns.flatMap(({ index, field, header }) =>
    field === null ? [] : [columnOf(mapping, hints, now, { index, field, header })],
  );
}

function columnOf(
  mapping: Mapping,
  hints: ColumnHints,
  now: Instant,
  { index, field, header }: { readonly index: number; readonly field: string; readonly header: string },
): FileColumn {
  const kind = mapping.profile.fields.find(({ name }) => name === field)?.kind ?? 'text';
  const order = hints.orders[index] ?? null;
  const normalise = normaliserOf(kind, { today: dayOf(now), fen: fenPerUnit(header), order, now });
  const clean = cleanerOf(kind);
  return { index, field, kind, clean, normalise, ...(hints.guards[index] ?? { before: '', after: '' }) };
}

/** The columns that say what another says as well. */
export function twinColumns(
  { mapping, hints, now }: ImportSetup,
  columns: readonly FileColumn[],
): readonly TwinColumn[] {
  return mapping.columns.flatMap(({ index, header, also, isSwitch }) => {
    const slot = columns.findIndex(({ field }) => field === also);
    if (also === undefined || slot === -1) return [];
    const column = columnOf(mapping, hints, now, { index, field: also, header });
    return [{ ...column, slot, ...(isSwitch === true ? { normalise: switchedOff } : {}) }];
  });
}

/** A cell without the marks that every cell of its column has around it. */
export function unguarded(
  cell: string,
  { before, after }: FileColumn,
  note: (code: FindingCode) => void,
): string {
  let bare = cell;
  if (before !== '' && bare.startsWith(before)) bare = bare.slice(before.length);
  if (after !== '' && bare.endsWith(after)) bare = bare.slice(0, bare.length - after.length);
  if (bare !== cell) note('CELL_GUARD');
  return bare;
}
