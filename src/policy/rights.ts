import { addDuration, type CalendarDate, type Duration, subtractDuration } from '../base/time.js';
import type { Requester, RequestKind } from './request-lists.js';

/** A request is answered within thirty days (STD-35273-8.7); the law says "in time" (PIPL-50). */
const ANSWER_WITHIN = 'P30D' as Duration;

/** The last day for the answer. @param received the day on which the request came, in Asia/Shanghai */
export function answerDue(received: CalendarDate): CalendarDate {
  return addDuration(received, ANSWER_WITHIN);
}

/** Why somebody may not ask for this: about a child only the child or its guardian may, for a dead person only what PIPL-49 names. */
export type Refusal = 'minor' | 'relative';

/** Why this person may not ask that for somebody; null if they may (PIPL-31, PIPL-44 to 50). */
export function mayAsk(kind: RequestKind, requester: Requester, isMinor: boolean): Refusal | null {
  if (isMinor && requester !== 'self' && requester !== 'guardian') return 'minor';
  return requester === 'relative' && (kind === 'withdrawal' || kind === 'objection') ? 'relative' : null;
}

const CHILD_UNDER = 'P14Y' as Duration;
const CHILD_YEARS = 14;

/**
 * Whether a record is of a child under fourteen today (PIPL-28, 31), by whichever field tells: day of birth, ID number, age as it was written
 * down.
 *
 * @param value of a field by its canonical name, normalised; '' where there is none
 */
export function isChild(value: (field: string) => string, today: CalendarDate): boolean {
  const bornBy = subtractDuration(today, CHILD_UNDER);
  const born = value('birth_date').slice(0, 10);
  const id = value('id_no');
  const age = value('age');
  return (
    born > bornBy ||
    (id.length === 18 && id.slice(6, 14) > bornBy.replaceAll('-', '')) ||
    (age !== '' && Number(age) < CHILD_YEARS)
  );
}
