import { performance } from 'node:perf_hooks';
import type { Lang } from '../messages/lang.js';
import type { Problem } from '../messages/problem.js';
import type { PageSetting } from '../report/page.js';
import { noProgress } from '../report/progress.js';
import type { Io, Output, SignalName } from './io.js';
import { languageOf, rawFlag } from './language.js';
import { type Invocation, parseCommandLine } from './parse.js';
import type { CommandName } from './shapes.js';

/**
 * Runs one command line in the world of `io` and gives its exit number (docs/cli.md, "Exit codes"). It never throws, never touches the
 * process, and prints customers' values only where a command exists to do so.
 *
 * @param argv the words after `handover`
 */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const lang = languageOf(argv, io);
  const saying = new Saying(argv, io, lang);
  try {
    const parsed = parseCommandLine(argv, lang);
    switch (parsed.kind) {
      case 'version': {
        const { VERSION } = await import('../base/version.js');
        io.stdout.write(`handover ${VERSION}\n`);
        return 0;
      }
      case 'help': {
        const { helpText } = await import('./help.js');
        io.stdout.write(await helpText(parsed.of, lang, settingOf(io.stdout, argv, io.env)));
        return 0;
      }
      case 'wrong':
        return await saying.failure(parsed.problem);
      case 'command':
        return await execute(parsed, io, lang, saying);
    }
  } catch (error) {
    return await saying.error(error);
  }
}

async function execute(
  invocation: Invocation<CommandName>,
  io: Io,
  lang: Lang,
  saying: Saying,
): Promise<number> {
  const interrupted = new AbortController();
  let received: SignalName | undefined;
  const unsubscribe = io.onSignal((signal) => {
    received ??= signal;
    interrupted.abort(new Error('interrupted'));
  });
  let progress = noProgress;
  try {
    const { beginUnlocking, unlockingOf } = await import('./unlocking.js');
    const unlocking = unlockingOf(invocation, io, lang);
    await beginUnlocking(invocation, io, unlocking);
    const { contextOf } = await import('./world.js');
    const context = contextOf(invocation, io, {
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
export function settingOf(output: Output, argv: readonly string[], env: Io['env']): PageSetting {
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
  readonly #io: Io;
  readonly #lang: Lang;
  readonly #json: boolean;

  constructor(argv: readonly string[], io: Io, lang: Lang) {
    this.#argv = argv;
    this.#io = io;
    this.#lang = lang;
    this.#json = rawFlag(argv, '--json');
  }

  get stderrSetting(): PageSetting {
    return settingOf(this.#io.stderr, this.#argv, this.#io.env);
  }

  async outcome(
    invocation: Invocation<CommandName>,
    outcome: import('./context.js').Outcome,
  ): Promise<number> {
    const { outcomeJson, outcomeText } = await import('./outcome.js');
    const { name, dryRun, globals } = invocation;
    const io = this.#io;
    if (this.#json) {
      io.stdout.write(outcomeJson(name, outcome, dryRun));
    } else {
      const setting = settingOf(io.stdout, this.#argv, io.env);
      io.stdout.write(outcomeText(outcome, { lang: this.#lang, setting, dryRun, quiet: globals.quiet }));
    }
    return outcome.exit ?? 0;
  }

  async failure(problem: Problem): Promise<number> {
    const { failureJson, failureText } = await import('./failure.js');
    const { exitOf } = await import('../messages/problem.js');
    const io = this.#io;
    if (this.#json) io.stdout.write(failureJson(problem, this.#lang));
    else io.stderr.write(failureText(problem, this.#lang, this.stderrSetting));
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
