import { frameWords } from '../messages/screens/frame.js';
import { HandoverError } from '../messages/error.js';
import type { Lang } from '../messages/lang.js';
import type { Problem } from '../messages/problem.js';
import type { ScreenSetting } from '../report/screen.js';
import { noProgress } from '../report/progress.js';
import type { System, Output, SignalName } from './system.js';
import { isOldConsole, onOldConsole } from './old-console.js';
import { languageOf, rawFlag } from './language.js';
import { type Invocation, type Parsed, parseCommandLine } from './parse.js';
import { isPromptAborted } from './prompts.js';
import { withDefaults } from './defaults.js';
import type { Remembered } from './passphrase.js';
import { readSettings, type Settings } from './settings.js';
import type { CommandName } from './shapes.js';

/**
 * Runs one command line in the world of `io` and gives its exit number (docs/cli.md, "Exit codes"). It never throws, never touches the
 * process, and prints customers' values only where a command exists to do so.
 *
 * @param argv the words after `handover`
 * @param remembered passphrases that were typed in the same guided session
 */
export async function run(
  argv: readonly string[],
  given: System,
  remembered: Remembered = new Map(),
): Promise<number> {
  const system = isOldConsole(given) ? onOldConsole(given) : given;
  const { settings, problem } = readSettings(system);
  const lang = languageOf(argv, system, settings);
  const saying = new Saying(argv, system, lang);
  try {
    const typed = parseCommandLine(argv, lang);
    const { words, parsed } =
      typed.kind === 'wrong' || (typed.kind === 'command' && typed.name === 'receive')
        ? await completed(argv, typed, { system, lang, saying })
        : { words: argv, parsed: typed };
    switch (parsed.kind) {
      case 'version': {
        const { VERSION } = await import('../base/version.js');
        system.stdout.write(`handover ${VERSION}\n`);
        return 0;
      }
      case 'bare':
        return await bare(argv, system, lang);
      case 'help': {
        const { helpJson, helpText } = await import('./help.js');
        if (rawFlag(argv, '--json')) {
          system.stdout.write(await helpJson(parsed.of, lang));
          return 0;
        }
        system.stdout.write(await helpText(parsed.of, lang, settingOf(system.stdout, argv, system.env)));
        return 0;
      }
      case 'wrong':
        return await saying.failure(parsed.problem);
      case 'command':
        if (problem !== null) return await saying.failure(problem);
        return await executeWhole(words, parsed, settings, { system, lang, saying, remembered });
    }
  } catch (error) {
    if (isPromptAborted(error)) return await saying.failure({ code: 'CLI_INTERRUPTED' });
    return await saying.error(error);
  }
}

/** No command: a guide for whoever sits at a terminal, one screen for everybody else. */
async function bare(argv: readonly string[], system: System, lang: Lang): Promise<number> {
  if (canAsk(argv, system) && system.stdout.isTTY) {
    const { guide } = await import('./guide/guide.js');
    return guide(argv, system, lang, run);
  }
  const { briefText } = await import('./help.js');
  system.stdout.write(await briefText(lang, settingOf(system.stdout, argv, system.env)));
  return 0;
}

/** Whether a person may be asked for what a command line lacks. */
function canAsk(argv: readonly string[], system: System): boolean {
  return system.prompts !== null && !rawFlag(argv, '--no-input') && !rawFlag(argv, '--json');
}

/**
 * The command line, with what it lacks asked for, and with the command that takes in what was received; the line that runs is shown.
 */
async function completed(
  argv: readonly string[],
  typed: Parsed,
  { system, lang, saying }: Omit<Around, 'remembered'>,
  running?: CommandName,
): Promise<{ readonly words: readonly string[]; readonly parsed: Parsed }> {
  let words = argv;
  let parsed = typed;
  while (parsed.kind === 'wrong' && canAsk(words, system)) {
    const { askLacking, lackingIn } = await import('./asking.js');
    const lacking = lackingIn(parsed.problem, running);
    if (lacking === null) return { words, parsed };
    const { askingIn } = await import('./create-context.js');
    const added = await askLacking(askingIn(words, system, lang, saying.stderrSetting), lacking);
    if (added.length === 0) return { words, parsed };
    words = [...words, ...added];
    parsed = parseCommandLine(words, lang);
  }
  if (parsed.kind === 'command' && parsed.name === 'receive') {
    const { receivingAs } = await import('./receiving.js');
    words = receivingAs(words, parsed, system.cwd) ?? words;
    parsed = parseCommandLine(words, lang);
  }
  if (words !== argv && parsed.kind === 'command') await saying.line(words);
  return { words, parsed };
}

/**
 * Performs a command; where it finds only then that it lacks something, because something else was said or not said, that is asked for and it
 * is begun anew. A command refuses so before it has done anything.
 */
async function executeWhole(
  argv: readonly string[],
  invocation: Invocation<CommandName>,
  settings: Settings,
  around: Around,
): Promise<number> {
  let words = argv;
  let command = invocation;
  for (;;) {
    const ended = await execute(withDefaults(command, around.system, settings), words, around);
    if (typeof ended === 'number') return ended;
    const whole = await completed(words, { kind: 'wrong', problem: ended }, around, command.name);
    if (whole.parsed.kind !== 'command')
      return around.saying.failure(whole.parsed.kind === 'wrong' ? whole.parsed.problem : ended);
    words = whole.words;
    command = whole.parsed;
  }
}

/** What a command says that it lacks, if a person can be asked for it. */
async function lackOf(
  error: unknown,
  words: readonly string[],
  system: System,
  running: CommandName,
): Promise<Problem | null> {
  if (!canAsk(words, system)) return null;
  const { lackingIn } = await import('./asking.js');
  return error instanceof HandoverError && lackingIn(error.problem, running) !== null ? error.problem : null;
}

interface Around {
  readonly system: System;
  readonly lang: Lang;
  readonly saying: Saying;
  readonly remembered: Remembered;
}

/** @returns the number to end with, or what the command lacks */
async function execute(
  invocation: Invocation<CommandName>,
  words: readonly string[],
  { system, lang, saying, remembered }: Around,
): Promise<number | Problem> {
  const interrupted = new AbortController();
  let received: SignalName | undefined;
  const unsubscribe = system.onSignal((signal) => {
    received ??= signal;
    interrupted.abort(new Error('interrupted'));
  });
  let progress = noProgress;
  try {
    const { beginUnlocking, unlockingOf } = await import('./unlocking.js');
    const unlocking = unlockingOf(invocation, system, lang, remembered);
    await beginUnlocking(invocation, system, unlocking);
    const { createContext } = await import('./create-context.js');
    const context = createContext(invocation, system, {
      lang,
      signal: interrupted.signal,
      setting: saying.stderrSetting,
      unlocking,
    });
    progress = context.progress;
    const { perform } = await import('./commands.js');
    const outcome = await perform(invocation, context);
    progress.end();
    // A signal that came too late to stop anything does not turn a finished command into a failed one.
    return await saying.outcome(invocation, outcome);
  } catch (error) {
    progress.end();
    if (received === 'SIGTERM') return await saying.failure({ code: 'CLI_TERMINATED' });
    if (received === 'SIGINT' || isPromptAborted(error))
      return await saying.failure({ code: 'CLI_INTERRUPTED' });
    return (await lackOf(error, words, system, invocation.name)) ?? (await saying.error(error));
  } finally {
    unsubscribe();
  }
}

/** How pages are drawn on an output: its width, and colour only where a person looks and wants it (no-color.org). */
export function settingOf(output: Output, argv: readonly string[], env: System['env']): ScreenSetting {
  const dumb = env['TERM'] === 'dumb';
  return {
    columns: output.columns ?? 80,
    color: output.isTTY && !dumb && !env['NO_COLOR'] && !rawFlag(argv, '--no-color'),
    ascii: dumb,
  };
}

/** Says how a command ended: one document on standard output with --json, otherwise a page. */
class Saying {
  readonly #argv: readonly string[];
  readonly #io: System;
  readonly #lang: Lang;
  readonly #json: boolean;

  constructor(argv: readonly string[], system: System, lang: Lang) {
    this.#argv = argv;
    this.#io = system;
    this.#lang = lang;
    this.#json = rawFlag(argv, '--json');
  }

  get stderrSetting(): ScreenSetting {
    return settingOf(this.#io.stderr, this.#argv, this.#io.env);
  }

  async outcome(
    invocation: Invocation<CommandName>,
    outcome: import('./context.js').CommandResult,
  ): Promise<number> {
    const { resultJson, resultText } = await import('./command-result.js');
    const { name, dryRun, globals } = invocation;
    const system = this.#io;
    if (this.#json) {
      system.stdout.write(resultJson(name, outcome, dryRun));
    } else {
      const setting = settingOf(system.stdout, this.#argv, system.env);
      system.stdout.write(resultText(outcome, { lang: this.#lang, setting, dryRun, quiet: globals.quiet }));
    }
    return outcome.exit ?? 0;
  }

  /** The command line that runs, as it would be typed. */
  async line(words: readonly string[]): Promise<void> {
    if (this.#json) return;
    const { commandLine } = await import('./command-line.js');
    const { askWords } = await import('../messages/screens/ask.js');
    const { Screen } = await import('../report/screen.js');
    const screen = new Screen(this.stderrSetting);
    this.#io.stderr.write(screen.say(askWords[this.#lang].willRun).command(commandLine(words)).text());
  }

  async failure(problem: Problem): Promise<number> {
    const { failureJson, failureText } = await import('./failure.js');
    const { exitOf } = await import('../messages/problem.js');
    const system = this.#io;
    if (this.#json) system.stdout.write(failureJson(problem, this.#lang));
    else system.stderr.write(failureText(problem, this.#lang, this.stderrSetting));
    return exitOf(problem.code);
  }

  async error(error: unknown): Promise<number> {
    const { problemOf, traceText } = await import('./failure.js');
    const exit = await this.failure(problemOf(error));
    if (rawFlag(this.#argv, '--debug')) {
      const trace = traceText(error);
      if (trace !== '') this.#io.stderr.write(`${frameWords[this.#lang].trace}\n${trace}`);
    }
    return exit;
  }
}
