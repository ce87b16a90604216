import type { Lang } from '../messages/lang.js';
import { frameWords } from '../messages/screens/frame.js';
import { Page, type PageSetting } from '../report/page.js';
import type { Next, Outcome } from './context.js';
import type { CommandName } from './shapes.js';

export interface OutcomeSetting {
  readonly lang: Lang;
  readonly setting: PageSetting;
  readonly dryRun: boolean;
  /** Without the next step. */
  readonly quiet: boolean;
}

/** The page of an outcome, the next step last. */
export function outcomeText(outcome: Outcome, { lang, setting, dryRun, quiet }: OutcomeSetting): string {
  const words = frameWords[lang];
  const page = new Page(setting);
  if (dryRun) page.warn(words.dryRun);
  outcome.page(page);
  if (!quiet) {
    drawNext(page, outcome.next ?? [], words.next);
  }
  return page.text();
}

/** One thing to do stands behind its title; several are listed under it. An entry without a sentence goes on with the one before. */
function drawNext(page: Page, nexts: readonly Next[], title: string): void {
  const isList = nexts.filter((next) => next.say !== '').length > 1;
  if (isList) page.say(title.trimEnd());
  for (const [i, { say, command }] of nexts.entries()) {
    if (isList && say !== '') page.item(say);
    else if (!isList && (i === 0 || say !== '')) page.say(i === 0 ? title + say : say);
    if (command !== undefined) page.command(command, isList ? 6 : 2);
  }
}

/** The document of an outcome. `format` names its command and version. */
export function outcomeJson(name: CommandName, outcome: Outcome, dryRun: boolean): string {
  const document = {
    format: `handover.result.${name.replace(' ', '-')}/1`,
    ...(dryRun ? { dry_run: true } : {}),
    exit: outcome.exit ?? 0,
    ...outcome.json,
    next: (outcome.next ?? []).flatMap((next) => (next.command === undefined ? [] : [next.command])),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
