import type { Json } from '../base/json.js';
import type { Lang } from '../messages/lang.js';
import type { Progress } from '../report/progress.js';
import type { Screen } from '../report/screen.js';
import type { Runtime } from '../steps/session/session.js';
import type { PassphraseOwner } from './passphrase.js';
import type { Asking } from './questions.js';
import type { CommandInput, CommandName } from './shapes.js';
import type { System } from './system.js';

/** What every command is given, made once from the global options and the {@link System}. */
export interface CommandContext {
  readonly system: System;
  readonly lang: Lang;
  /** What steps are handed: time, randomness, operator, passphrase, progress, signal. */
  readonly runtime: Runtime;
  /** Of the workspace, or of the second person who approves. Asked once a run each; `creating` asks twice. */
  passphrase(creating?: boolean, whose?: PassphraseOwner): Promise<string>;
  /** Told that the passphrase was wrong; whether the person may give another. */
  passphraseRefused(whose?: PassphraseOwner): boolean;
  readonly progress: Progress;
  /** Aborted at Ctrl-C or SIGTERM. A step checks it between chunks, cleans up and throws its reason. */
  readonly signal: AbortSignal;
  readonly dryRun: boolean;
  /** Folder named by --workspace, absolute, or null. */
  readonly workspace: string | null;
  /** The workspace to work in: the one named, else the first from the current folder upwards. Throws CLI_NO_WORKSPACE. */
  workspaceFolder(): string;
  /** The same, or null where there is none: for commands that need no workspace and know more in one. */
  workspaceAtHand(): string | null;
  /** A path of the arguments as an absolute one. */
  path(given: string): string;
  /** An absolute path as the person would type it. */
  shown(path: string): string;
  /** An absolute path or a word as it is in a command line: quoted where it has spaces. */
  typed(path: string): string;
  /** Shows something before a question, on standard error. */
  say(draw: (screen: Screen) => void): void;
  /** Asks for a line of text; null where nobody can be asked. */
  readonly ask: ((question: string) => Promise<string>) | null;
  /** What more than a line is asked with; null where nobody can be asked, or --yes takes the usual answers. */
  readonly asking: Asking | null;
  /** Asks yes or no. --yes answers yes; without a person to ask it throws CLI_NEEDS_ANSWER; a no throws CLI_DECLINED. */
  confirm(question: string): Promise<void>;
}

/** What a command has to say: the same facts as a page and as a document. The frame prints one of them. */
export interface CommandResult {
  /** The document of --json, without `format`, `exit`, `dry_run` and `next`, which the frame adds. */
  readonly json: { readonly [key: string]: Json };
  /** Draws the page for people. */
  screen(screen: Screen): void;
  /** What the person may do next, with the sentence that leads to it. */
  readonly next?: readonly Next[];
  /** Exit number; 0 unless said otherwise. */
  readonly exit?: number;
}

export interface Next {
  /** What the command is for, or what has to happen first. */
  readonly say: string;
  /** The command line, if there is one. */
  readonly command?: string;
}

/** A file of commands/ exports `run` of this type. */
export type Run<Name extends CommandName> = (
  context: CommandContext,
  input: CommandInput<Name>,
) => Promise<CommandResult>;
