import type { Json } from '../../base/json.js';
import { type CalendarDate, daysBetween } from '../../base/time.js';
import { dutyWords } from '../../messages/duties.js';
import type { Lang } from '../../messages/lang.js';
import { punctuation } from '../../messages/punctuation.js';
import { closingWords } from '../../messages/screens/closing.js';
import { dutyTime } from './pack.js';
import type { Fact, Screen } from '../../report/screen.js';
import { type DutyClock, SAID_DAYS } from '../../retention/duty-clocks.js';
import type { DealClocks } from '../../steps/retention/duty-clocks.js';

/** A deadline of the closing as the documents of --json have it. */
export function closingJson(clock: DutyClock): { readonly [key: string]: Json } {
  const { id, what, law, who, anchor, from, due, state, done, note } = clock;
  return { id, duty: what, law, who, counts_from: anchor, from, due, state, done, note };
}

/** What is to be done, without its time. */
export function clockText({ what }: Pick<DutyClock, 'what'>, lang: Lang): string {
  return dutyWords[lang][what];
}

/** By when, or from which day it counts as long as nobody has said that day. */
function dueText(clock: DutyClock, today: CalendarDate, lang: Lang): string {
  const words = closingWords[lang];
  const { state, due, done, anchor, side, within } = clock;
  if (state === 'done') return words.done(done ?? '');
  if (due !== null)
    return state === 'overdue'
      ? words.overdue(due, daysBetween(due, today))
      : words.open(due, daysBetween(today, due));
  const time = dutyTime({ anchor, side, within }, lang);
  const said = SAID_DAYS.find((day) => day === anchor);
  return said === undefined
    ? time
    : `${time}${punctuation[lang].open}${words.sayDay(said)}${punctuation[lang].close}`;
}

/** The deadlines of each deal; those that are met only where all are asked for. */
export function drawClosing(
  screen: Screen,
  deals: readonly DealClocks[],
  { today, all }: { readonly today: CalendarDate; readonly all: boolean },
  lang: Lang,
): void {
  const words = closingWords[lang];
  for (const { deal, clocks } of deals) {
    const shown = clocks.filter(({ state }) => all || state !== 'done');
    if (shown.length === 0) continue;
    screen.gap().heading(`${words.title}  ${deal}`);
    screen.facts(
      shown.map((clock): Fact => {
        const { id, law, note } = clock;
        return [
          id,
          clockText(clock, lang),
          `${dueText(clock, today, lang)}  ${law}`,
          ...(note === null ? [] : [note]),
        ];
      }),
    );
  }
}

/** In short for status: what is overdue, what comes next. Nothing where no clock runs. */
export function closingFacts(clocks: readonly DutyClock[], lang: Lang): readonly Fact[] {
  const words = closingWords[lang];
  const late = clocks.filter(({ state }) => state === 'overdue');
  const next = clocks.find(({ state }) => state === 'open');
  const waiting = clocks.filter(({ state }) => state === 'waiting');
  const lines = [
    ...(late.length === 0
      ? []
      : [
          `${words.late(late.length)}${punctuation[lang].colon}${late
            .map((clock) => `${clockText(clock, lang)} ${clock.due ?? ''}`)
            .join(punctuation[lang].list)}${words.see}`,
        ]),
    ...(next === undefined ? [] : [words.next(next.due ?? '', clockText(next, lang))]),
    ...(waiting.length === 0 ? [] : [words.waiting(waiting.length)]),
  ];
  return lines.length === 0 ? [] : [[words.label, ...lines]];
}
