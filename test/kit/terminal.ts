import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ScreenLines } from './screen-lines.js';

export const KEYS = {
  enter: '\r',
  escape: '\u001b',
  interrupt: '\u0003',
  up: '\u001b[A',
  down: '\u001b[B',
  left: '\u001b[D',
  space: ' ',
  backspace: '\u007f',
} as const;

export interface TerminalSetting {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly columns?: number;
  readonly rows?: number;
}

/** When a program that draws nothing of what is waited for is taken for stuck, in milliseconds. No test waits for it. */
const PATIENCE = 120_000;

/** The real program on a pseudo terminal, with somebody who reads and types. Linux only. */
export class Terminal {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #columns: number;
  /** Everything that was drawn, with the sequences that move and colour. */
  drawn = '';
  /** Keys that were pressed. A character of an input method counts as one. */
  keys = 0;
  #seen = 0;
  #exit: number | null = null;
  #wake: () => void = () => undefined;

  constructor(argv: readonly string[], { cwd, env = {}, columns = 80, rows = 24 }: TerminalSetting) {
    this.#columns = columns;
    this.#process = spawn(
      'python3',
      [join(import.meta.dirname, 'window.py'), String(columns), String(rows), ...argv],
      { cwd, env: { PATH: process.env['PATH'], TERM: 'xterm-256color', ...env } },
    );
    this.#process.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.drawn += text;
      this.#wake();
    });
    this.#process.on('close', (code) => {
      this.#exit = code ?? 1;
      this.#wake();
    });
  }

  /** Waits until something new is drawn that holds the text, and the program waits for keys. */
  async sees(text: string): Promise<this> {
    const until = Date.now() + PATIENCE;
    for (;;) {
      const at = plain(this.drawn.slice(this.#seen)).lastIndexOf(text);
      if (at >= 0) break;
      if (this.#exit !== null || Date.now() > until)
        throw new Error(`never saw ${text}; the end of what was drawn:\n${this.lines.slice(-40).join('\n')}`);
      await this.#change();
    }
    // Questions are drawn in several pieces.
    await this.#rests();
    this.#seen = this.drawn.length;
    return this;
  }

  type(text: string): this {
    this.keys += Object.values<string>(KEYS).includes(text) ? 1 : [...text].length;
    this.#process.stdin.write(text);
    return this;
  }

  /** Presses one key, and waits until the program has answered it and waits for the next, or has ended. */
  async press(key: string): Promise<void> {
    const before = this.#bytesRead();
    this.type(key);
    const until = Date.now() + PATIENCE;
    while (this.#bytesRead() < before + Buffer.byteLength(key) && this.#exit === null && Date.now() < until)
      await pause(4);
    await this.#rests();
  }

  /** Types a line and sends it. */
  line(text: string): this {
    return this.type(text).type(KEYS.enter);
  }

  resize(columns: number, rows: number): this {
    this.#process.stdin.write(`\u001d${columns}x${rows}\n`);
    return this;
  }

  async ended(): Promise<number> {
    const until = Date.now() + PATIENCE;
    while (this.#exit === null) {
      if (Date.now() > until) throw new Error(`did not end:\n${this.lines.slice(-40).join('\n')}`);
      await this.#change();
    }
    return this.#exit;
  }

  close(): void {
    this.#process.stdin.end();
  }

  /** What stands on the screen, with everything that was scrolled away. */
  get lines(): readonly string[] {
    return new ScreenLines(this.#columns).draw(this.drawn).lines;
  }

  /** Waits until all that was drawn is here, and nothing of the program is at work: each of its threads sleeps. */
  async #rests(): Promise<void> {
    const until = Date.now() + PATIENCE;
    let { length } = this.drawn;
    for (let looks = 0; looks < 2 && this.#exit === null && Date.now() < until; ) {
      await pause(4);
      looks = this.#isAtRest() && this.drawn.length === length ? looks + 1 : 0;
      length = this.drawn.length;
    }
  }

  #isAtRest(): boolean {
    try {
      return [String(this.#process.pid), ...this.#programs()].every(sleeps);
    } catch {
      // It ends at this moment.
      return false;
    }
  }

  /** Everything that the program has read, keys among it; endless once it is over. */
  #bytesRead(): number {
    try {
      return this.#programs().reduce(
        (sum, pid) => sum + Number(/^rchar: (\d+)/.exec(readFileSync(`/proc/${pid}/io`, 'utf8'))?.[1]),
        0,
      );
    } catch {
      return Number.POSITIVE_INFINITY;
    }
  }

  /** The program, which the window has started. */
  #programs(): readonly string[] {
    const window = this.#process.pid;
    return readFileSync(`/proc/${window}/task/${window}/children`, 'utf8').split(' ').filter(Boolean);
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, 200);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** Whether no thread of a process is at work or could be (state S of proc(5)). */
function sleeps(pid: string): boolean {
  return readdirSync(`/proc/${pid}/task`).every((thread) =>
    /\) S [^)]*$/.test(readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8')),
  );
}

function plain(text: string): string {
  return text.replace(/\u001b\[[?\d;]*[A-Za-z]/g, '');
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
