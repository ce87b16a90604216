import { bar, grouped, percent } from './numbers.js';
import { clean, displayWidth, type Paint, padEnd, padStart, paint, wrap, wrapList } from './terminal.js';

/** How the page is drawn. */
export interface ScreenSetting {
  /** Cells per line. */
  readonly columns: number;
  readonly color: boolean;
  /** Whether block characters may be missing (TERM=dumb). */
  readonly ascii: boolean;
}

/** Items in a row, broken between items only. */
export interface Listing {
  readonly items: readonly string[];
  /** What is between two items, such as `、` or ` · `. */
  readonly between: string;
}

/** A label and what is beside it; more than one text makes more than one line. */
export type Fact = readonly [label: string, ...texts: readonly (string | Listing)[]];

export interface BarRow {
  readonly label: string;
  readonly count: number;
  /** False where the count is no part of the whole, so that a share would say nothing. */
  readonly isPart?: boolean;
  readonly note?: Listing;
}

export interface Side {
  readonly title: string;
  readonly items: readonly string[];
}

export interface Column {
  readonly title: string;
  readonly right?: boolean;
}

/** The smallest width at which pages are laid out; narrower terminals wrap on their own. */
const NARROWEST = 40;
/** The widest: longer lines are tiring to read. */
const WIDEST = 100;
const LABEL_CELLS = 10;

/**
 * A page for people, built line by line from cleaned text and never holding a customer's value that was not masked before it came here.
 * It knows alignment, wrapping and colour, and no sentence.
 */
export class Screen {
  readonly columns: number;
  readonly #ascii: boolean;
  readonly #paint: Paint;
  readonly #lines: string[] = [];

  constructor(setting: ScreenSetting) {
    this.columns = Math.min(WIDEST, Math.max(NARROWEST, setting.columns));
    this.#ascii = setting.ascii;
    this.#paint = paint(setting.color);
  }

  /** A sentence, wrapped; continuation lines are indented by two. */
  say(text: string): this {
    return this.#wrapped(text, '', '  ', (line) => line);
  }

  /** A paragraph, wrapped without indentation. */
  paragraph(text: string): this {
    return this.#wrapped(text, '', '', (line) => line);
  }

  /** The sentence that says that it went well. */
  good(text: string): this {
    return this.#wrapped(text, '', '  ', this.#paint.good);
  }

  /** A sentence that needs attention. */
  warn(text: string): this {
    return this.#wrapped(text, '', '  ', this.#paint.warn);
  }

  bad(text: string): this {
    return this.#wrapped(text, '', '  ', this.#paint.bad);
  }

  /** A sentence that belongs to the line above. */
  under(text: string): this {
    return this.#wrapped(text, '  ', '  ', (line) => line);
  }

  /** One of several things, after a dot. */
  item(text: string): this {
    return this.#wrapped(text, '  · ', '    ', (line) => line);
  }

  /** The title of a part of the page. */
  heading(text: string): this {
    this.#lines.push(this.#paint.strong(clean(text)));
    return this;
  }

  /** A command line, alone on its line and never wrapped, so that it can be copied. */
  command(line: string, indent = 2): this {
    this.#lines.push(' '.repeat(indent) + this.#paint.command(clean(line)));
    return this;
  }

  gap(): this {
    if (this.#lines.length > 0 && this.#lines.at(-1) !== '') this.#lines.push('');
    return this;
  }

  /** Labels in one column of at least `least` cells, texts wrapped beside them. */
  facts(facts: readonly Fact[], least: number = LABEL_CELLS): this {
    const width = Math.max(least, ...facts.map(([label]) => displayWidth(clean(label)) + 2));
    for (const [label, ...texts] of facts) {
      const beside = texts.flatMap((text) => lay(text, this.columns - width));
      for (const [i, line] of (beside.length > 0 ? beside : ['']).entries()) {
        this.#lines.push((padEnd(i === 0 ? clean(label) : '', width) + line).trimEnd());
      }
    }
    return this;
  }

  /** Counts as bars of their share of `whole`: label, count, bar, percent, note. */
  bars(rows: readonly BarRow[], whole: number): this {
    const labels = Math.max(0, ...rows.map((row) => displayWidth(clean(row.label))));
    const counts = Math.max(0, ...rows.map((row) => grouped(row.count).length));
    const fixed = 2 + labels + 2 + counts + 2 + 2 + 6;
    const noted = rows.some((row) => row.note !== undefined);
    const cells = Math.max(8, Math.min(noted ? 18 : 28, this.columns - fixed - (noted ? 24 : 0)));
    for (const row of rows) {
      const drawn = bar(whole > 0 ? row.count / whole : 0, cells, this.#ascii);
      const head = `  ${padEnd(clean(row.label), labels)}  ${padStart(grouped(row.count), counts)}  ${padEnd(drawn, cells)}  ${padStart(row.isPart === false ? '' : percent(row.count, whole), 6)}`;
      const notes = row.note === undefined ? [''] : lay(row.note, this.columns - fixed - cells - 2);
      const [first = '', ...others] = notes;
      this.#lines.push(`${head}  ${first}`.trimEnd());
      for (const other of others) this.#lines.push(' '.repeat(fixed + cells + 2) + other);
    }
    return this;
  }

  /** Rows under titles, aligned by display width; the last column wraps. */
  table(columns: readonly Column[], rows: readonly (readonly string[])[]): this {
    const cells = [columns.map((column) => column.title), ...rows].map((row) => row.map(clean));
    const widths = columns.map((_, i) => Math.max(...cells.map((row) => displayWidth(row[i] ?? ''))));
    const last = columns.length - 1;
    const before = widths.slice(0, last).reduce((sum, width) => sum + width + 2, 0);
    for (const [n, row] of cells.entries()) {
      const left = columns
        .slice(0, last)
        .map((column, i) => (column.right === true ? padStart : padEnd)(row[i] ?? '', widths[i] ?? 0))
        .map((cell) => `${cell}  `)
        .join('');
      const end = row[last] ?? '';
      const lines =
        columns[last]?.right === true
          ? [padStart(end, widths[last] ?? 0)]
          : wrap(end, Math.max(16, this.columns - before));
      for (const [i, line] of lines.entries()) {
        const whole = ((i === 0 ? left : ' '.repeat(before)) + line).trimEnd();
        this.#lines.push(n === 0 ? this.#paint.quiet(whole) : whole);
      }
    }
    return this;
  }

  /**
   * A problem: what happened, with its stable code at the right edge, then what to do, indented.
   * @param indent cells before each line
   */
  problem(said: { readonly what: string; readonly fix: string; readonly code: string }, indent = 0): this {
    const margin = ' '.repeat(indent);
    const columns = this.columns - indent;
    const whats = wrap(cleanLines(said.what), columns);
    const last = whats.at(-1) ?? '';
    const room = columns - displayWidth(last) - said.code.length;
    const lines = whats.map((line) => this.#paint.bad(line));
    if (room >= 2)
      lines[lines.length - 1] = this.#paint.bad(last) + ' '.repeat(room) + this.#paint.quiet(said.code);
    else lines.push(' '.repeat(Math.max(0, columns - said.code.length)) + this.#paint.quiet(said.code));
    for (const line of wrap(cleanLines(said.fix), columns - 2)) lines.push(`  ${line}`);
    for (const line of lines) this.#lines.push((margin + line).trimEnd());
    return this;
  }

  /** Two lists beside each other, each under its title. */
  sideBySide(left: Side, right: Side): this {
    const half = Math.floor((this.columns - 4) / 2);
    const leftLines = sideLines(left, half);
    const rightLines = sideLines(right, this.columns - half - 4);
    for (let i = 0; i < Math.max(leftLines.length, rightLines.length); i += 1) {
      const line = `  ${padEnd(leftLines[i] ?? '', half)}  ${rightLines[i] ?? ''}`.trimEnd();
      this.#lines.push(i === 0 ? this.#paint.strong(line) : line);
    }
    return this;
  }

  /** All lines, each ended by a newline. */
  text(): string {
    const end = this.#lines.findLastIndex((line) => line !== '') + 1;
    return this.#lines
      .slice(0, end)
      .map((line) => `${line}\n`)
      .join('');
  }

  #wrapped(text: string, first: string, other: string, colour: (line: string) => string): this {
    const lines = wrap(cleanLines(text), this.columns - other.length);
    for (const [i, line] of lines.entries()) this.#lines.push((i === 0 ? first : other) + colour(line));
    return this;
  }
}

function sideLines(side: Side, width: number): readonly string[] {
  const items = side.items.flatMap((item) =>
    wrap(clean(item), width - 2).map((line, i) => (i === 0 ? `· ${line}` : `  ${line}`)),
  );
  return [clean(side.title), ...items];
}

/** Lines of a text or of a list. */
function lay(text: string | Listing, width: number): string[] {
  return typeof text === 'string'
    ? wrap(cleanLines(text), width)
    : wrapList(text.items.map(clean), text.between, width);
}

/** Cleans each line on its own: a newline of ours is wanted, any other control is not. */
function cleanLines(text: string): string {
  return text.split('\n').map(clean).join('\n');
}
