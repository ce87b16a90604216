import { z } from 'zod';
import type { FieldName } from '../dataset/fields.js';
import { compound } from './generalise.js';

/** What is counted, one dimension at a time: two at once would point at persons. */
export const DIMENSIONS = ['district', 'service', 'month', 'band'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** A smaller cell could be somebody's: it is not kept. */
export const SMALLEST_CELL = 10;

const dimensionSchema = z.strictObject({
  /** Cells of at least {@link SMALLEST_CELL} records. */
  cells: z.record(z.string(), z.int().min(SMALLEST_CELL)),
  /** Cells that were left out, because they were small or would have given a small one away. */
  suppressed: z.int().min(0),
});

export const statisticsSchema = z.strictObject({
  /** Number of records, rounded down to tens. */
  total: z.int().min(0),
  dimensions: z.partialRecord(z.enum(DIMENSIONS), dimensionSchema),
});

/** One dimension of what stays. */
type DimensionCounts = Readonly<z.infer<typeof dimensionSchema>>;

/** What stays of purged records: too coarse to identify anybody, and nothing to restore them from (PIPL-73-4). */
export type Statistics = Readonly<z.infer<typeof statisticsSchema>>;

/** Counts records of one dataset. */
export interface Counter {
  /** The cells of one record, '' where there is no value. */
  add(cells: readonly string[]): void;
  /** The counts, safe to keep. */
  end(): Statistics;
}

/**
 * Begins to count. A record without a value in a dimension is in no cell of it.
 *
 * What is kept cannot be taken apart: cells below ten are left out; where leaving out one cell would let it be computed from the others and
 * the total, the next smallest goes as well; and the total is rounded.
 *
 * @param columns fields of the records, in the order of their cells
 */
export function compileStatistics(columns: readonly FieldName[]): Counter {
  const column = (name: FieldName): number => columns.indexOf(name);
  const sources: Readonly<Record<Dimension, readonly Source[]>> = {
    district: [
      { at: column('district'), of: (value) => value },
      { at: column('address'), of: districtOf },
    ],
    service: [{ at: column('service'), of: (value) => value }],
    month: MONTHS.map((name) => ({ at: column(name), of: (value) => value.slice(0, 7) })),
    band: PAID.map((name) => ({ at: column(name), of: bandOf })),
  };
  const tallies = DIMENSIONS.flatMap((dimension) => {
    const present = sources[dimension].filter(({ at }) => at >= 0);
    return present.length === 0 ? [] : [{ dimension, present, cells: new Map<string, number>() }];
  });
  let total = 0;
  return {
    add: (record) => {
      total++;
      for (const { present, cells } of tallies) {
        const cell = firstOf(present, record);
        if (cell !== '') cells.set(cell, (cells.get(cell) ?? 0) + 1);
      }
    },
    end: () => ({
      total: Math.floor(total / ROUNDING) * ROUNDING,
      dimensions: Object.fromEntries(
        tallies.map(({ dimension, cells }) => [dimension, suppressed(cells, total)]),
      ),
    }),
  };
}

/** Dates of last activity; of registration, where there is none. */
const MONTHS: readonly FieldName[] = ['last_service_at', 'updated_at', 'created_at'];

/** What a customer paid; the prepaid amount, where nothing else is known. */
const PAID: readonly FieldName[] = ['amount_paid', 'prepaid_paid'];

/** Upper ends of the bands of revenue, in whole fen, and how each is written, in yuan. */
const BANDS: readonly (readonly [fen: number, name: string])[] = [
  [50_000, '0–499'],
  [200_000, '500–1,999'],
  [1_000_000, '2,000–9,999'],
];

/** The band of an amount as it is stored; '' for what is no amount. */
function bandOf(fen: string): string {
  if (!/^\d{1,15}$/.test(fen)) return '';
  return BANDS.find(([end]) => Number(fen) < end)?.[1] ?? '10,000+';
}

const ROUNDING = 10;

interface Source {
  readonly at: number;
  readonly of: (value: string) => string;
}

function firstOf(sources: readonly Source[], cells: readonly string[]): string {
  for (const { at, of } of sources) {
    const value = of(cells[at] ?? '');
    if (value !== '') return value;
  }
  return '';
}

/**
 * The district of an address, by how such a name ends: `上海市浦东新区` of `上海市浦东新区张江路1弄`. Whatever is behind it is left out; an
 * address in which none is found is in no cell, rather than in one of its own.
 */
export function districtOf(address: string): string {
  const found = /^.{2,24}?(?:新区|[^小地社园景城校]区|[县旗]|自治州)/u.exec(compound(address))?.[0] ?? '';
  return /[\d０-９]/u.test(found) ? '' : found;
}

function suppressed(cells: ReadonlyMap<string, number>, total: number): DimensionCounts {
  const sorted = [...cells].sort(([a, m], [b, n]) => m - n || (a < b ? -1 : 1));
  let out = sorted.filter(([, count]) => count < SMALLEST_CELL).length;
  // Records without a value are a cell as well: nobody may be found by what is left of the total.
  const without = total - sorted.reduce((sum, [, count]) => sum + count, 0);
  const hidden = out + (without > 0 && without < SMALLEST_CELL ? 1 : 0);
  if (hidden === 1 && out < sorted.length) out++;
  const kept = sorted.slice(out).sort(([a], [b]) => (a < b ? -1 : 1));
  return { cells: Object.fromEntries(kept), suppressed: out };
}

/** Totals as they may be shown after earlier ones, and how many figures of them are those of before. */
export interface ShownTotals {
  readonly totals: Statistics;
  /** Figures repeated as they were shown last, because they changed by fewer than {@link SMALLEST_CELL} persons. */
  readonly held: number;
}

/**
 * Totals that may be shown to somebody who may know the earlier ones: two figures of one cell that differ by fewer than
 * {@link SMALLEST_CELL} would speak of those few (who joined, or left, between two days). Such a cell is shown as it was last. A cell
 * that was left out is one of fewer than {@link SMALLEST_CELL}. Whom the earlier ones were shown to does not matter: buyers may talk.
 *
 * @param earlier what was shown, oldest first
 */
export function besideShown(next: Statistics, earlier: readonly Statistics[]): ShownTotals {
  let held = 0;
  const stand = (
    now: number | undefined,
    past: readonly (number | undefined)[],
    apart: Apart,
  ): number | undefined => {
    if (past.every((one) => apart(now, one))) return now;
    held++;
    return past.at(-1);
  };
  const dimensions: Partial<Record<Dimension, DimensionCounts>> = {};
  for (const dimension of DIMENSIONS) {
    const now = next.dimensions[dimension];
    if (now === undefined) continue;
    const before = earlier.flatMap((one) => one.dimensions[dimension] ?? []);
    const labels = [...new Set([now, ...before].flatMap(({ cells }) => Object.keys(cells)))].sort();
    const cells: Record<string, number> = {};
    let { suppressed: left } = now;
    for (const label of labels) {
      const is = now.cells[label];
      const shown = stand(
        is,
        before.map((one) => one.cells[label]),
        areCellsApart,
      );
      if (shown !== undefined) cells[label] = shown;
      if (is !== undefined && shown === undefined) left++;
      else if (is === undefined && shown !== undefined) left = Math.max(0, left - 1);
    }
    dimensions[dimension] = { cells, suppressed: left };
  }
  const total =
    stand(
      next.total,
      earlier.map((one) => one.total),
      areTotalsApart,
    ) ?? next.total;
  return { totals: { total, dimensions }, held };
}

type Apart = (one: number | undefined, other: number | undefined) => boolean;

/** Whether two figures of one cell tell nothing of fewer than ten persons; undefined for one that was left out. */
const areCellsApart: Apart = (one, other) => {
  if (one === other) return true;
  const most = SMALLEST_CELL - 1;
  return Math.abs((one ?? most) - (other ?? most)) >= SMALLEST_CELL;
};

/** Rounded down, two totals that differ by one step may differ by one person. */
const areTotalsApart: Apart = (one, other) =>
  one === other || Math.abs((one ?? 0) - (other ?? 0)) >= 2 * ROUNDING;

/** Rows of people who do not exist: each cell drawn by the shares of its own dimension, so that they tell nothing that the totals do not. */
export function syntheticRows(
  { dimensions }: Statistics,
  rows: number,
  random: (length: number) => Uint8Array,
): readonly (readonly string[])[] {
  const draws = DIMENSIONS.map((dimension) => {
    const cells = Object.entries(dimensions[dimension]?.cells ?? {});
    const sum = cells.reduce((all, [, count]) => all + count, 0);
    return (): string => {
      const bytes = random(4);
      let left = (new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0) / 2 ** 32) * sum;
      for (const [name, count] of cells) {
        if (left < count) return name;
        left -= count;
      }
      return '';
    };
  });
  return Array.from({ length: rows }, (_, i) => [
    `S${String(i + 1).padStart(3, '0')}`,
    ...draws.map((draw) => draw()),
  ]);
}
