import type { Lang } from '../messages/lang.js';
import { frameWords } from '../messages/screens/frame.js';
import { Screen, type ScreenSetting } from '../report/screen.js';
import type { Next, CommandResult } from './context.js';
import type { CommandName } from './shapes.js';

export interface OutcomeSetting {
  readonly lang: Lang;
  readonly setting: ScreenSetting;
  readonly dryRun: boolean;
  /** Without the next step. */
  readonly quiet: boolean;
}

/** The page of an outcome, the next step last. */
export function resultText(outcome: CommandResult, { lang, setting, dryRun, quiet }: OutcomeSetting): string {
  if (outcome.raw !== undefined) return outcome.raw;
  const words = frameWords[lang];
  const screen = new Screen(setting);
  if (dryRun) screen.warn(words.dryRun);
  outcome.screen(screen);
  if (!quiet) {
    drawNext(screen, outcome.next ?? [], words.next);
  }
  return screen.text();
}

/** One thing to do is behind its title; several are listed under it. An entry without a sentence goes on with the one before. */
function drawNext(screen: Screen, nexts: readonly Next[], title: string): void {
  const isList = nexts.filter((next) => next.say !== '').length > 1;
  if (isList) screen.say(title.trimEnd());
  for (const [i, { say, command }] of nexts.entries()) {
    if (isList && say !== '') screen.item(say);
    else if (!isList && (i === 0 || say !== '')) screen.say(i === 0 ? title + say : say);
    if (command !== undefined) screen.command(command, isList ? 6 : 2);
  }
}

/** The document of an outcome. `format` names its command and version. */
export function resultJson(name: CommandName, outcome: CommandResult, dryRun: boolean): string {
  const document = {
    format: `handover.result.${name.replace(' ', '-')}/1`,
    ...(dryRun ? { dry_run: true } : {}),
    exit: outcome.exit ?? 0,
    ...outcome.json,
    next: (outcome.next ?? []).flatMap((next) => (next.command === undefined ? [] : [next.command])),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
