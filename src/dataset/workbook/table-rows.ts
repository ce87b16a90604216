import { fail } from '../../messages/error.js';

/** Is told the rows of the tables in a page or an XML spreadsheet, as they come. */
export interface TableVisitor {
  /** A table begins. @param name - as the file has it, or '' */
  table(name: string): void;
  /** @param table - 0 for the first that began */
  row(table: number, cells: readonly string[]): void;
  /** A cell that takes the place of several. */
  merged(): void;
}

/** Wider than any list of customers. */
const MAX_COLUMN = 16_384;

/**
 * The cells of a row under those of the rows above: a cell that reaches further down or to the right leaves empty ones behind, as a merged
 * cell of a workbook does.
 */
export class RowGrid {
  /** For each column, in how many of the next rows it is covered from above. */
  readonly #covered: number[] = [];
  #cells: string[] = [];
  #next: number[] = [];

  /** @param right - further columns that the cell takes; @param down - further rows */
  add(text: string, right: number, down: number): void {
    this.#skipCovered();
    for (let i = 0; i <= right; i++) {
      this.#next[this.#cells.length] = down;
      this.#cells.push(i === 0 ? text : '');
    }
    if (this.#cells.length > MAX_COLUMN) fail({ code: 'WORKBOOK_DAMAGED' });
  }

  /** Goes to a column, from 0. */
  goTo(column: number): void {
    if (column < this.#cells.length || column > MAX_COLUMN) fail({ code: 'WORKBOOK_DAMAGED' });
    while (this.#cells.length < column) this.#cells.push('');
  }

  /** The cells of the row that ends. */
  end(): readonly string[] {
    this.#skipCovered();
    const cells = this.#cells;
    for (let i = 0; i < Math.max(cells.length, this.#covered.length); i++)
      this.#covered[i] = Math.max(this.#next[i] ?? 0, (this.#covered[i] ?? 0) - 1);
    this.#cells = [];
    this.#next = [];
    return cells;
  }

  #skipCovered(): void {
    while ((this.#covered[this.#cells.length] ?? 0) > 0) this.#cells.push('');
  }
}
