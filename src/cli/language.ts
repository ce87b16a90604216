import { resolve } from 'node:path';
import { type Lang, LANGS, langOfLocale } from '../messages/lang.js';
import { findWorkspace } from '../store/find-workspace.js';
import { workspaceLang } from '../store/workspace-lang.js';
import type { Settings } from './settings.js';
import type { System } from './system.js';

/**
 * The language of this run. It has to be known before the command line is understood, because a usage error has to be said in it: so `--lang`
 * is looked for in the raw arguments, then the settings, then the locale variables in the order of POSIX, then the system's locale. Where all
 * are silent, that of the workspace.
 */
export function languageOf(
  argv: readonly string[],
  system: Pick<System, 'env' | 'locale' | 'cwd'>,
  settings: Settings,
): Lang {
  const asked = rawOption(argv, '--lang');
  const known = LANGS.find((lang) => lang === asked) ?? settings.lang;
  if (known !== undefined) return known;
  const { env } = system;
  const locale = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || system.locale;
  if (!isSilent(locale)) return langOfLocale(locale);
  const named = rawOption(argv, '--workspace');
  const folder =
    named === undefined ? (findWorkspace(system.cwd) ?? settings.workspace) : resolve(system.cwd, named);
  if (folder === undefined) return langOfLocale(locale);
  return workspaceLang(folder) ?? langOfLocale(locale);
}

/** The locale of a system that speaks no language: a container, a task of the night. */
function isSilent(locale: string): boolean {
  return /^(?:C|POSIX)?(?:\.|$)/.test(locale);
}

/** Whether a flag is in the raw arguments, before `--`. */
export function rawFlag(argv: readonly string[], name: string): boolean {
  return beforeRest(argv).includes(name);
}

function rawOption(argv: readonly string[], name: string): string | undefined {
  const own = beforeRest(argv);
  const joined = own.findLast((word) => word.startsWith(`${name}=`));
  if (joined !== undefined) return joined.slice(name.length + 1);
  const at = own.lastIndexOf(name);
  return at < 0 ? undefined : own[at + 1];
}

function beforeRest(argv: readonly string[]): readonly string[] {
  const rest = argv.indexOf('--');
  return rest < 0 ? argv : argv.slice(0, rest);
}
