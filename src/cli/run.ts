import { performance } from 'node:perf_hooks';
import type { Lang } from '../messages/lang.js';
import type { Problem } from '../messages/problem.js';
import type { ScreenSetting } from '../report/screen.js';
import { noProgress } from '../report/progress.js';
import type { System, Output, SignalName } from './system.js';
import { languageOf, rawFlag } from './language.js';
import { type Invocation, parseCommandLine } from './parse.js';
import { withDefaults } from './defaults.js';
import { readSettings } from './settings.js';
import type { CommandName } from './shapes.js';

/**
 * Runs one command line in the world of `io` and gives its exit number (docs/cli.md, "Exit codes"). It never throws, never touches the
 * process, and prints customers' values only where a command exists to do so.
 *
 * @param argv the words after `handover`
 */
export async function run(argv: readonly string[], system: System): Promise<number> {
  const { settings, problem } = readSettings(system);
  const lang = languageOf(argv, system, settings);
  const saying = new Saying(argv, system, lang);
  try {
    const parsed = parseCommandLine(argv, lang);
    switch (parsed.kind) {
      case 'version': {
        const { VERSION } = await import('../base/version.js');
        system.stdout.write(`handover ${VERSION}\n`);
        return 0;
      }
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
        return await execute(withDefaults(parsed, system, settings), system, lang, saying);
    }
  } catch (error) {
    return await saying.error(error);
  }
}

async function execute(
  invocation: Invocation<CommandName>,
  system: System,
  lang: Lang,
  saying: Saying,
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
    const unlocking = unlockingOf(invocation, system, lang);
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
    const { isPromptAborted } = await import('./prompts.js');
    if (received === 'SIGTERM') return await saying.failure({ code: 'CLI_TERMINATED' });
    if (received === 'SIGINT' || isPromptAborted(error))
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
