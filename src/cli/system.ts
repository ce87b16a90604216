import type { Random } from '../base/crypto.js';

/** Where text goes: the standard output or the standard error of a process, or a test's string. */
export interface Output {
  write(text: string): void;
  readonly isTTY: boolean;
  /** Width in cells where there is a terminal. */
  readonly columns?: number | undefined;
}

/** One of several answers. */
export interface Choice {
  readonly value: string;
  /** One line of text. */
  readonly name: string;
  /** What it means, shown while it is pointed at. */
  readonly note?: string;
  /** Why it cannot be chosen. */
  readonly barred?: string;
  /** Of several: whether it is taken unless the person says otherwise. Of one: where the pointer begins. */
  readonly chosen?: boolean;
}

/** The answer to a list over which one may type. */
export type ChosenOrTyped = { readonly chosen: string } | { readonly typed: string };

/** Questions to the person at the terminal. A question that is left (Ctrl-C, Esc) rejects. */
export interface Prompts {
  /** Asks for a secret, which is not echoed. */
  hidden(question: string): Promise<string>;
  /** Asks for a line of text that may be seen. @param usual the answer of Enter alone @param begun what is typed already */
  line(question: string, usual?: string, begun?: string): Promise<string>;
  /** Asks for one of several; gives its value. @param hint which keys do what */
  choose(question: string, choices: readonly Choice[], hint: string): Promise<string>;
  /** The same, or what was typed, or dropped onto the window, instead of choosing. */
  chooseOrType(question: string, choices: readonly Choice[], hint: string): Promise<ChosenOrTyped>;
  /** Asks for any number of several; gives their values in the order of the choices. @param between what is between two in the answer */
  several(
    question: string,
    choices: readonly Choice[],
    hint: string,
    between: string,
  ): Promise<readonly string[]>;
  /** Asks yes or no; Enter alone means no. */
  yesNo(question: string): Promise<boolean>;
}

/** The signals after which a command cleans up and ends. */
export type SignalName = 'SIGINT' | 'SIGTERM';

/**
 * Everything that the command line has of the world. bin/handover.js gives the real process, tests give strings and a fixed clock;
 * nothing else in src/ knows that there is a process.
 */
export interface System {
  readonly stdout: Output;
  readonly stderr: Output;
  /** Null where nobody can be asked: no terminal. */
  readonly prompts: Prompts | null;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute; relative paths of the arguments start here. */
  readonly cwd: string;
  /** The locale of the system, such as `zh-CN`, for where the environment names none (Windows, macOS); empty where the system has none. */
  readonly locale: string;
  /** The platform by the name that Node.js gives it, such as `win32`. */
  readonly platform: string;
  /** Version of Node.js. */
  readonly node: string;
  now(): Date;
  /** Milliseconds of a clock that nobody sets, by which progress is told: it never goes back. */
  elapsed(): number;
  readonly random: Random;
  /** Calls `handler` at each signal until the returned function is called. */
  onSignal(handler: (signal: SignalName) => void): () => void;
}
