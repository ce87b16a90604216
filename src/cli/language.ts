import { type Lang, LANGS, langOfLocale } from '../messages/lang.js';
import type { System } from './system.js';

/**
 * The language of this run. It has to be known before the command line is understood, because a usage error has to be said in it:
 * so `--lang` is looked for in the raw arguments, then the locale variables in the order of POSIX, then the system's locale.
 */
export function languageOf(argv: readonly string[], system: Pick<System, 'env' | 'locale'>): Lang {
  const asked = rawOption(argv, '--lang');
  const known = LANGS.find((lang) => lang === asked);
  return (
    known ??
    langOfLocale(system.env['LC_ALL'] || system.env['LC_MESSAGES'] || system.env['LANG'] || system.locale)
  );
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
