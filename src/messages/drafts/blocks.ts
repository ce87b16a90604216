/** A place that a person has to fill in, with what belongs there. */
export interface Blank {
  readonly blank: string;
}

/** Brackets around a blank, in the manner of the language. */
export interface BlankMarks {
  readonly open: string;
  readonly close: string;
}

/** A line of a paper: texts and blanks, one after another. */
export type DraftLine = readonly (string | Blank)[];

/** A piece of a paper, from top to bottom. */
export type Block =
  | { readonly heading: string }
  | { readonly text: DraftLine }
  | { readonly items: readonly DraftLine[] }
  | { readonly table: BlockTable }
  /** Lines to sign on, each with a name before it. */
  | { readonly sign: readonly string[] }
  /** Small print. */
  | { readonly note: string };

export interface BlockTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly DraftLine[])[];
  /** So many columns, from the left, in which an empty cell belongs to the one above. */
  readonly merged?: number;
  /** Shares of the width, one a column. */
  readonly widths: readonly number[];
}

/** A paper to be edited and signed, without its looks. */
export interface Draft {
  readonly title: string;
  readonly blocks: readonly Block[];
  /** In letters to be read from some steps away. */
  readonly isPoster?: boolean;
}

/** What is known, or a blank. */
export function known(value: string | null, hint: string): string | Blank {
  return value ?? { blank: hint };
}

/** Empty rows of a table that people fill in by hand. */
export function emptyRows(count: number, columns: number): readonly (readonly DraftLine[])[] {
  return Array.from({ length: count }, () => Array.from({ length: columns }, () => ['']));
}
