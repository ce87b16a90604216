import type { Output, System } from './system.js';

/*
 * The console of Windows before Windows Terminal shows what the font of its code page has; for Chinese that is GBK (code page 936). Signs that
 * are not in it become empty boxes. Node hands text to a console as UTF-16, so Chinese itself is right whatever the code page.
 */

/** Signs of our screens that GBK lacks, each with one that it has. */
const SIGNS: Readonly<Record<string, string>> = {
  '✓': '√',
  '✔': '√',
  '✗': '×',
  '✘': '×',
  '◐': '◎',
  '☑': '■',
  '☒': '■',
  '☐': '□',
  '␣': '_',
  '¶': '§',
  '•': '·',
  '−': '-',
  '⚠': '!',
  '❯': '>',
  '\ufffd': '?',
};
const SIGN = new RegExp(`[${Object.keys(SIGNS).join('')}]`, 'gu');

/** Whether text goes to such a console: Windows, and no program around it that says that it is another. */
export function isOldConsole({
  platform,
  env,
}: {
  readonly platform: string;
  readonly env: System['env'];
}): boolean {
  return platform === 'win32' && !env['WT_SESSION'] && !env['TERM_PROGRAM'] && !env['TERM'];
}

/** A text with signs that an old console has. Files and pipes keep theirs. */
export function forOldConsole(text: string): string {
  return text.replace(SIGN, (sign) => SIGNS[sign] ?? sign);
}

/** The same world, whose terminal is such a console. */
export function onOldConsole(system: System): System {
  return { ...system, stdout: oldOutput(system.stdout), stderr: oldOutput(system.stderr) };
}

function oldOutput(output: Output): Output {
  if (!output.isTTY) return output;
  return {
    write: (text) => output.write(forOldConsole(text)),
    isTTY: true,
    get columns() {
      return output.columns;
    },
  };
}
