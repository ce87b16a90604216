import { z } from 'zod';
import type { FieldName } from '../dataset/fields.js';
import { compound } from './generalise.js';

/** What is counted, one dimension at a time: two at once would point at persons. */
export const DIMENSIONS = ['district', 'service', 'month'] as const;
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
