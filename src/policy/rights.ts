import { addDuration, type CalendarDate, type Duration, subtractDuration } from '../base/time.js';

/** What a person may ask for (PIPL-15, 44 to 47), as the register names it. */
export const REQUEST_KINDS = ['access', 'copy', 'correction', 'withdrawal', 'objection', 'erasure'] as const;
export type RequestKind = (typeof REQUEST_KINDS)[number];

/** Who asks: the person, a guardian (PIPL-31), a close relative of one who died (PIPL-49), somebody with a written authority. */
export const REQUESTERS = ['self', 'guardian', 'relative', 'agent'] as const;
export type Requester = (typeof REQUESTERS)[number];

/**
 * How it was made sure who asks, without asking for more personal data than are held already (NDSR-23): papers seen in person, a call back
 * to the number on file, a code sent to it, a signed letter.
 */
export const VERIFICATIONS = ['in-person', 'callback', 'code', 'writing'] as const;
export type Verification = (typeof VERIFICATIONS)[number];

/** A request is answered within thirty days (STD-35273-8.7); the law says "in time" (PIPL-50). */
const ANSWER_WITHIN = 'P30D' as Duration;

/** The last day for the answer. @param received the day on which the request came, in Asia/Shanghai */
export function answerDue(received: CalendarDate): CalendarDate {
  return addDuration(received, ANSWER_WITHIN);
}

/** Why somebody may not ask for this: about a child only the child or its guardian may, for a dead person only what PIPL-49 names. */
export type Refusal = 'minor' | 'relative';

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
