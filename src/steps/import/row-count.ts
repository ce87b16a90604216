import type { Json } from '../../base/json.js';
import type { Finding } from '../../dataset/finding.js';
import type { ImportedChunks, LeftOut } from '../../dataset/imported.js';
import { FIX_CLASSES, type FixClass, MENDED } from '../../dataset/repair.js';
import type { FindingCode } from '../../messages/findings.js';
import type { ImportCounts } from './counts.js';

/** Findings that are shown one by one; all are counted. */
const SHOWN = 200;

/** Adds up what became of the rows of a file while it is read, and what was found in them. */
export class RowCount {
  #rows = { rows: 0, records: 0, rejected: 0, blank: 0 };
  readonly #rejectedBy: Record<string, number> = {};
  readonly #findings: Finding[] = [];
  readonly #findingCounts: Partial<Record<FindingCode, number>> = {};
  readonly #leftOut = new Map<string, LeftOut>();
  readonly #mendable: Partial<Record<FixClass, number>> = {};
  #samples: readonly (readonly string[])[] = [];
  #aside: number;

  /**
   * @param found in the head of the file
   * @param aside lines of the head that are no rows of data
   */
  constructor(found: readonly Finding[], aside: number) {
    this.#findings.push(...found);
    for (const { code } of found) this.#findingCounts[code] = (this.#findingCounts[code] ?? 0) + 1;
    this.#aside = aside;
  }

  add(imported: Omit<ImportedChunks, 'page' | 'content'>): void {
    const { rows, records, rejected, blank } = this.#rows;
    this.#rows = {
      rows: rows + imported.rows,
      records: records + imported.records,
      rejected: rejected + imported.rejected,
      blank: blank + imported.blank,
    };
    addTo(this.#rejectedBy, imported.rejectedBy);
    addTo(this.#findingCounts, imported.counts);
    addTo(this.#mendable, imported.mendable);
    this.#aside += imported.aside;
    for (const found of imported.leftOut) {
      const key = `${found.code} ${found.column}`;
      this.#leftOut.set(key, { ...found, cells: found.cells + (this.#leftOut.get(key)?.cells ?? 0) });
    }
    this.#findings.push(...imported.findings.slice(0, Math.max(0, SHOWN - this.#findings.length)));
    if (imported.samples.length > 0) this.#samples = imported.samples;
  }

  get counts(): Pick<ImportCounts, 'rows' | 'records' | 'rejected' | 'blank' | 'rejectedBy'> {
    return { ...this.#rows, rejectedBy: this.#rejectedBy };
  }

  /** Lines that are no rows of data: titles, totals, signatures, repeated headers. */
  get aside(): number {
    return this.#aside;
  }

  /** What of it is shown. */
  get shown() {
    return {
      samples: this.#samples,
      findingCounts: this.#findingCounts,
      findings: this.#findings,
      leftOut: [...this.#leftOut.values()],
      mendable: this.#mendable,
      aside: this.#aside,
    };
  }

  /** Columns without a field in which customers seem to say no. */
  get noWords(): number {
    return this.#findingCounts.HEADER_NO_WORDS ?? 0;
  }

  /** How many cells of a field stayed out while their row stayed. */
  leftOutOf(field: string): number {
    return [...this.#leftOut.values()].reduce(
      (sum, left) => sum + (left.field === field ? left.cells : 0),
      0,
    );
  }

  /** How many cells of each field stayed out, as the log keeps it; null for none. */
  leftOutByField(): Json | null {
    if (this.#leftOut.size === 0) return null;
    const cells: Record<string, number> = {};
    for (const { field, cells: more } of this.#leftOut.values()) cells[field] = (cells[field] ?? 0) + more;
    return cells;
  }

  /** How many cells and rows were mended, by class, as the log keeps it; null for none. */
  mendedByClass(): Json | null {
    const counts = Object.fromEntries(
      FIX_CLASSES.flatMap((fix) => {
        const cells = this.#findingCounts[MENDED[fix]];
        return cells === undefined ? [] : [[fix, cells] as const];
      }),
    );
    return Object.keys(counts).length === 0 ? null : counts;
  }
}

function addTo<Key extends string>(
  total: Partial<Record<Key, number>>,
  more: Readonly<Partial<Record<Key, number>>>,
): void {
  for (const key in more) total[key] = (total[key] ?? 0) + (more[key] ?? 0);
}
