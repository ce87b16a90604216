import { relative, resolve, sep } from 'node:path';
import { type Instant, instantOf } from '../base/time.js';
import { fail } from '../messages/error.js';
import type { Lang } from '../messages/lang.js';
import { SQLITE_ENGINES } from '../messages/engines.js';
import { noProgress } from '../report/progress.js';
import { Screen, type ScreenSetting } from '../report/screen.js';
import { findWorkspace } from '../store/find-workspace.js';
import { preferSqlite } from '../store/sqlite.js';
import { quoted } from './command-line.js';
import { confirm } from './confirm.js';
import type { CommandContext } from './context.js';
import type { Invocation } from './parse.js';
import { progressOn } from './progress.js';
import type { CommandName } from './shapes.js';
import type { Asking } from './questions.js';
import type { System } from './system.js';
import type { Unlocking } from './unlocking.js';

export interface ContextOptions {
  readonly lang: Lang;
  readonly signal: AbortSignal;
  /** How pages are drawn on standard error. */
  readonly setting: ScreenSetting;
  readonly unlocking: Unlocking;
}

/** Makes what a command is given from the global options and the world. */
export function createContext(
  invocation: Invocation<CommandName>,
  system: System,
  options: ContextOptions,
): CommandContext {
  const { globals, dryRun } = invocation;
  const { lang, signal } = options;
  const { passphrase, refused, derive } = options.unlocking;
  heedSqlite(system.env);
  const path = (given: string): string => resolve(system.cwd, given);
  const optional = (given: string | undefined): string | undefined =>
    given === undefined ? undefined : path(given);
  const prompts = globals.noInput ? null : system.prompts;
  const workspace = optional(globals.workspace) ?? null;
  const progress = globals.quiet
    ? noProgress
    : progressOn(system.stderr, lang, options.setting.ascii, () => system.elapsed());
  const shown = (absolute: string): string => shownPath(system.cwd, absolute);
  const say = sayingOn(system, options.setting);
  return {
    system,
    lang,
    runtime: {
      now: (): Instant => instantOf(system.now()),
      random: system.random,
      lang,
      progress,
      signal,
      passphrase,
      passphraseRefused: () => refused(),
      derive,
      // Asked for when it is needed: looking at something is possible without saying who looks.
      get operator() {
        return operatorOf(globals.operator, system.env);
      },
    },
    passphrase,
    passphraseRefused: refused,
    progress,
    signal,
    dryRun,
    workspace,
    workspaceFolder: () => workspace ?? findWorkspace(system.cwd) ?? fail({ code: 'CLI_NO_WORKSPACE' }),
    workspaceAtHand: () => workspace ?? findWorkspace(system.cwd),
    path,
    shown,
    typed: (word) => quoted(shown(word)),
    say,
    ask: prompts === null ? null : (question) => prompts.line(question),
    asking:
      prompts === null || globals.yes
        ? null
        : { system, prompts, lang, workspace: workspace ?? findWorkspace(system.cwd), shown, say },
    confirm: (question) => confirm(question, globals.yes, prompts),
  };
}

function sayingOn(system: System, setting: ScreenSetting): CommandContext['say'] {
  return (draw) => {
    const screen = new Screen(setting);
    draw(screen);
    system.stderr.write(screen.text());
  };
}

/** What questions are asked with before there is a command. @throws Error where nobody can be asked */
export function askingIn(
  argv: readonly string[],
  system: System,
  lang: Lang,
  setting: ScreenSetting,
): Asking {
  const { prompts } = system;
  if (prompts === null) throw new Error('nobody can be asked');
  const at = argv.indexOf('--workspace');
  const named = at < 0 ? undefined : argv[at + 1];
  return {
    system,
    prompts,
    lang,
    workspace: named === undefined ? findWorkspace(system.cwd) : resolve(system.cwd, named),
    shown: (path) => shownPath(system.cwd, path),
    say: sayingOn(system, setting),
  };
}

/** A path as the person would type it: relative, unless it lies far from the current folder. A word that is no path stays as it is. */
function shownPath(cwd: string, path: string): string {
  const short = path.includes(sep) ? relative(cwd, path) : path;
  const up = `..${sep}`;
  return short === '' || short.startsWith(up + up + up) ? path : short;
}

/** Somebody may insist on one SQLite. @throws HandoverError CLI_OPTION_VALUE */
function heedSqlite(env: System['env']): void {
  const option = 'HANDOVER_SQLITE';
  const given = env[option];
  if (given === undefined || given === '') return;
  const name = SQLITE_ENGINES.find((each) => each === given);
  preferSqlite(name ?? fail({ code: 'CLI_OPTION_VALUE', option, allowed: SQLITE_ENGINES }));
}

function operatorOf(given: string | undefined, env: System['env']): string {
  const name = (given ?? env['HANDOVER_OPERATOR'] ?? env['USER'] ?? env['USERNAME'] ?? '')
    .trim()
    .normalize('NFC');
  return name === '' || name.length > 100 || /\p{Cc}/u.test(name)
    ? fail({ code: 'CLI_OPERATOR_UNKNOWN' })
    : name;
}
