import { performance } from 'node:perf_hooks';
import type { Lang } from '../messages/lang.js';
import type { Problem } from '../messages/problem.js';
import type { ScreenSetting } from '../report/screen.js';
import { noProgress } from '../report/progress.js';
import type { System, Output, SignalName } from './system.js';
import { languageOf, rawFlag } from './language.js';
import { type Invocation, type Parsed, parseCommandLine } from './parse.js';
import type { Remembered } from './passphrase.js';
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
  system: System,
  remembered: Remembered = new Map(),
): Promise<number> {
  const lang = languageOf(argv, system);
  const saying = new Saying(argv, system, lang);
  try {
    const typed = parseCommandLine(argv, lang);
    const parsed =
      typed.kind === 'wrong' || (typed.kind === 'command' && typed.name === 'receive')
        ? await completed(argv, typed, { system, lang, saying })
        : typed;
    switch (parsed.kind) {
      case 'version': {
        const { VERSION } = await import('../base/version.js');
        system.stdout.write(`handover ${VERSION}\n`);
        return 0;
      }
      case 'bare':
        return await bare(argv, system, lang);
      case 'help': {
        const { helpText } = await import('./help.js');
        system.stdout.write(await helpText(parsed.of, lang, settingOf(system.stdout, argv, system.env)));
        return 0;
      }
      case 'wrong':
        return await saying.failure(parsed.problem);
      case 'command':
        return await execute(parsed, { system, lang, saying, remembered });
    }
  } catch (error) {
    if (await isLeft(error)) return await saying.failure({ code: 'CLI_INTERRUPTED' });
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
): Promise<Parsed> {
  let words = argv;
  let parsed = typed;
  while (parsed.kind === 'wrong' && canAsk(words, system)) {
    const { askLacking, lackingIn } = await import('./asking.js');
    const lacking = lackingIn(parsed.problem);
    if (lacking === null) return parsed;
    const { askingIn } = await import('./create-context.js');
    const added = await askLacking(askingIn(words, system, lang, saying.stderrSetting), lacking);
    if (added.length === 0) return parsed;
    words = [...words, ...added];
    parsed = parseCommandLine(words, lang);
  }
  if (parsed.kind === 'command' && parsed.name === 'receive') {
    const { receivingAs } = await import('./receiving.js');
    words = receivingAs(words, parsed, system.cwd) ?? words;
    parsed = parseCommandLine(words, lang);
  }
  if (words !== argv && parsed.kind === 'command') await saying.line(words);
  return parsed;
}

async function isLeft(error: unknown): Promise<boolean> {
  const { isPromptAborted } = await import('./prompts.js');
  return isPromptAborted(error);
}

interface Around {
  readonly system: System;
  readonly lang: Lang;
  readonly saying: Saying;
  readonly remembered: Remembered;
}

async function execute(
  invocation: Invocation<CommandName>,
  { system, lang, saying, remembered }: Around,
): Promise<number> {
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
      elapsed: () => performance.now(),
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
    if (received === 'SIGINT' || (await isLeft(error)))
      return await saying.failure({ code: 'CLI_INTERRUPTED' });
    return await saying.error(error);
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
      const { frameWords } = await import('../messages/screens/frame.js');
      const trace = traceText(error);
      if (trace !== '') this.#io.stderr.write(`${frameWords[this.#lang].trace}\n${trace}`);
    }
    return exit;
  }
}
