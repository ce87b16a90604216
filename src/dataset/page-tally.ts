import type { FindingCode } from '../messages/findings.js';
import type { FileColumn } from './file-columns.js';
import type { Finding } from './finding.js';
import { type CellCount, type ImportedChunks, type LeftOut, MAX_FINDINGS } from './imported.js';
import type { FixClass } from './repair.js';

/** What was found on one page: everything is counted, and the first findings are listed. */
export class PageTally {
  #findings: Finding[] = [];
  #counts: Partial<Record<FindingCode, number>> = {};
  #leftOut = new Map<string, LeftOut>();
  #cellCounts = new Map<string, CellCount>();
  #mendable: Partial<Record<FixClass, number>> = {};

  /** Begins another page. */
  clear(): void {
    this.#findings = [];
    this.#counts = {};
    this.#leftOut = new Map();
    this.#cellCounts = new Map();
    this.#mendable = {};
  }

  count(code: FindingCode): void {
    this.#counts[code] = (this.#counts[code] ?? 0) + 1;
  }

  add(finding: Finding): void {
    this.count(finding.code);
    if (this.#findings.length < MAX_FINDINGS) this.#findings.push(finding);
  }

  /** Counts that something was found about a cell of a column. */
  addCell({ index }: FileColumn, code: FindingCode): void {
    const key = `${code} ${index}`;
    const cells = (this.#cellCounts.get(key)?.cells ?? 0) + 1;
    this.#cellCounts.set(key, { column: index + 1, code, cells });
  }

  /** Counts a cell that is left out while its row stays. */
  addLeftOut({ index, field }: FileColumn, code: FindingCode): void {
    const key = `${code} ${index}`;
    const cells = (this.#leftOut.get(key)?.cells ?? 0) + 1;
    this.#leftOut.set(key, { column: index + 1, field, code, cells });
  }

  /** Counts what could be mended if somebody asked for it. */
  addMendable(fix: FixClass): void {
    this.#mendable[fix] = (this.#mendable[fix] ?? 0) + 1;
  }

  end(): Pick<ImportedChunks, 'findings' | 'counts' | 'leftOut' | 'cellCounts' | 'mendable'> {
    return {
      findings: this.#findings,
      counts: this.#counts,
      leftOut: [...this.#leftOut.values()],
      cellCounts: [...this.#cellCounts.values()],
      mendable: this.#mendable,
    };
  }
}
