import { type CalendarDate, dayOf } from '../../base/time.js';
import type { Json } from '../../base/json.js';
import { fail } from '../../messages/error.js';
import { cleanReason } from '../../policy/reason.js';
import { type DutyClock, SAID_DAYS, type SaidDay } from '../../retention/duty-clocks.js';
import { closingClocks, type DealClocks } from '../retention/duty-clocks.js';
import { findDeal } from '../deal/deal.js';
import type { Session } from '../session/session.js';
import { requirePast } from './papers.js';

/** What is said of a clock: from which day it counts, or that it is done. */
export interface ClosingNote {
  /** Id of the clock, or the day that is said. */
  readonly task: string;
  readonly deal: string | null;
  /** The day that is said, or on which it was done; null for today. */
  readonly on: CalendarDate | null;
  readonly done: string | null;
  readonly dryRun: boolean;
}

/**
 * Notes from which day the clocks of a closing count (`resolution`, `registration`), or that one of them is done. It is kept in
 * the log.
 *
 * @throws HandoverError DEAL_NONE, DEAL_WHICH, DEAL_UNKNOWN, FOLLOWUP_UNKNOWN, FOLLOWUP_DONE, HOUSE_NOTHING, HOUSE_DATE, REASON_SHAPE,
 * REASON_PERSONAL_DATA
 */
export async function noteClosing(session: Session, input: ClosingNote): Promise<DealClocks> {
  const task = input.task.trim().toLowerCase();
  const { id: deal } = findDeal(session, input.deal);
  const clocks = closingClocks(session).find((each) => each.deal === deal)?.clocks ?? [];
  const details = isSaidDay(task)
    ? dayNoted(input, deal, task, clocks)
    : doneNoted(input, deal, clockNamed(task, clocks), dayOf(session.now));
  requirePast(input.on ?? dayOf(session.now), dayOf(session.now));
  if (!input.dryRun) {
    await session.keys();
    session.record({ action: 'closing-noted', objects: {}, details }, () => undefined);
  }
  const after = closingClocks(session).find((each) => each.deal === deal);
  return after ?? fail({ code: 'FOLLOWUP_UNKNOWN', task });
}

function isSaidDay(task: string): task is SaidDay {
  return SAID_DAYS.some((day) => day === task);
}

/** A day is said only where a clock of the deal counts from it. */
function dayNoted({ on }: ClosingNote, deal: string, day: SaidDay, clocks: readonly DutyClock[]): Json {
  if (!clocks.some(({ anchor }) => anchor === day)) return fail({ code: 'FOLLOWUP_UNKNOWN', task: day });
  if (on === null) return fail({ code: 'HOUSE_NOTHING' });
  return { deal, day, on };
}

function doneNoted({ on, done }: ClosingNote, deal: string, clock: DutyClock, today: CalendarDate): Json {
  if (clock.state === 'done') return fail({ code: 'FOLLOWUP_DONE', task: clock.id });
  if (done === null) return fail({ code: 'HOUSE_NOTHING' });
  return { deal, done: clock.id, on: on ?? today, note: cleanReason(done) };
}

/** What counts for each customer by itself is never done for all. */
function clockNamed(task: string, clocks: readonly DutyClock[]): DutyClock {
  const clock = clocks.find(({ id, state }) => id === task && state !== 'each');
  return clock ?? fail({ code: 'FOLLOWUP_UNKNOWN', task });
}
