import { eastAsianWidth } from 'get-east-asian-width';

/** What stands on a terminal after a program drew on it, line by line: enough of a terminal for lists, questions and progress bars. */
export class ScreenLines {
  readonly #columns: number;
  #lines: string[][] = [[]];
  #row = 0;
  #column = 0;

  constructor(columns: number) {
    this.#columns = columns;
  }

  /** All lines since the begin, with what was drawn over gone. */
  get lines(): readonly string[] {
    return this.#lines.map((cells) => cells.join('').trimEnd());
  }

  /** Whether a line is longer than the window is wide. */
  get widest(): number {
    return Math.max(...this.#lines.map((cells) => cells.length));
  }

  draw(text: string): this {
    for (const [part] of text.matchAll(/\u001b\[[?\d;]*[A-Za-z]|\u001b[=>78]|\r|\n|[^\u001b\r\n]/gu)) {
      if (part === '\r') this.#column = 0;
      else if (part === '\n') this.#down(1);
      else if (part.startsWith('\u001b')) this.#obey(part);
      else this.#put(part);
    }
    return this;
  }

  #put(character: string): void {
    const code = character.codePointAt(0) ?? 0;
    if (code < 32) return;
    const width = eastAsianWidth(code);
    if (this.#column + width > this.#columns) {
      this.#down(1);
      this.#column = 0;
    }
    const line = this.#lines[this.#row] ?? [];
    while (line.length < this.#column) line.push(' ');
    line.splice(this.#column, width, character, ...(width === 2 ? [''] : []));
    this.#lines[this.#row] = line;
    this.#column += width;
  }

  #down(count: number): void {
    this.#row += count;
    while (this.#lines.length <= this.#row) this.#lines.push([]);
  }

  #obey(sequence: string): void {
    const [, first = ''] = /^\u001b\[(\d*)/.exec(sequence) ?? [];
    const count = Math.max(1, Number(first));
    switch (sequence.at(-1)) {
      case 'A':
        this.#row = Math.max(0, this.#row - count);
        return;
      case 'B':
        this.#down(count);
        return;
      case 'C':
        this.#column += count;
        return;
      case 'D':
        this.#column = Math.max(0, this.#column - count);
        return;
      case 'G':
        this.#column = count - 1;
        return;
      case 'K':
        if (first === '2') this.#lines[this.#row] = [];
        else this.#lines[this.#row]?.splice(this.#column);
        return;
      case 'J':
        this.#lines.splice(this.#row + 1);
        this.#lines[this.#row]?.splice(this.#column);
        return;
      default:
    }
  }
}
