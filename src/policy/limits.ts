import {
  addDuration,
  type CalendarDate,
  type Duration,
  dayOf,
  type Instant,
  readDate,
  readInstant,
  startOf,
  subtractDuration,
} from '../base/time.js';
import { fieldsOf, type Terms } from '../deal/terms.js';

const ONE_DAY = 'P1D' as Duration;

/**
 * The last day that lies a whole duration before `day`: the greatest D with D + duration < day (`open`) or ≤ day (`closed`).
 * Calendar durations cannot be subtracted exactly (2024-02-29 + P1Y = 2025-02-28), so the neighbours are tried.
 */
export function lastDayBefore(day: CalendarDate, duration: Duration, kind: 'open' | 'closed'): CalendarDate {
  const reaches = (d: CalendarDate) => {
    const end = addDuration(d, duration);
    return kind === 'open' ? end < day : end <= day;
  };
  let d = subtractDuration(day, duration);
  while (reaches(d)) d = addDuration(d, ONE_DAY);
  while (!reaches(d)) d = subtractDuration(d, ONE_DAY);
  return d;
}

/** A limit that is either never passed or a date, and the instant at which the day after it begins in Asia/Shanghai. */
export interface DayLimit {
  readonly day: string;
  readonly end: string;
}

const NEVER: DayLimit = { day: '', end: '' };

/** Whether a normalised date or instant lies on or before the limit. Text comparison; '' never does. */
export function isWithin(cell: string, limit: DayLimit): boolean {
  if (cell === '' || limit === NEVER) return false;
  return cell.length === 10 ? cell <= limit.day : cell < limit.end;
}

/**
 * The last day on which somebody may still object who was told at a time; null where there is no such period, or nobody knows when
 * (PIPL-22, PIPL-24). The deal is the one source of the period.
 *
 * @param told RFC 3339 instant or date; '' if unknown
 */
export function objectionUntil({ notice }: Terms, told: string): CalendarDate | null {
  if (notice.objection === undefined) return null;
  const instant = readInstant(told);
  const day = instant === null ? readDate(told) : dayOf(instant);
  return day === null ? null : addDuration(day, notice.objection);
}

/** The dates of a judgement, computed once so that a row costs comparisons of text only. */
export interface Limits {
  readonly now: Instant;
  readonly today: CalendarDate;
  /** Beginning of the day on which the notice was sent: what was delivered or agreed before is about something else. */
  readonly noticeSent: Instant;
  /** Last activity on or before this day is too long ago. */
  readonly inactive: DayLimit;
  /** Consent of this day or before has lapsed. */
  readonly lapsed: DayLimit;
  /** A notice delivered on this day or before can no longer be objected to. Undefined: there is no such period. */
  readonly objectionOver: DayLimit | undefined;
}

/** Who is younger than an age at a day: born after `bornBy`, as a date and as eight digits, or of fewer full years. */
export interface AgeLimit {
  readonly bornBy: CalendarDate;
  readonly bornByDigits: string;
  readonly ownYears: number;
}

/** The limit of an age at a day. */
export function ageLimit(day: CalendarDate, age: Duration): AgeLimit {
  const bornBy = lastDayBefore(day, age, 'closed');
  return {
    bornBy,
    bornByDigits: bornBy.replaceAll('-', ''),
    ownYears: Number(day.slice(0, 4)) - Number(bornBy.slice(0, 4)),
  };
}

/** The limits of a deal at a moment. */
export function limitsOf(terms: Terms, now: Instant): Limits {
  const today = dayOf(now);
  const ended = (duration: Duration | undefined): DayLimit => {
    if (duration === undefined) return NEVER;
    const day = lastDayBefore(today, duration, 'open');
    return { day, end: startOf(addDuration(day, ONE_DAY)) };
  };
  const { objection, consent_valid, sent } = terms.notice;
  return {
    now,
    today,
    noticeSent: startOf(sent),
    inactive: ended(terms.retention.activity?.within),
    lapsed: ended(consent_valid),
    objectionOver: objection === undefined ? undefined : ended(objection),
  };
}

/** Fields whose values are what a customer has paid for and not yet received. */
const HOLDINGS: readonly string[] = ['prepaid_balance', 'prepaid_bonus', 'remaining_sessions'];

/** The leaving fields by which a contract moves, so that it needs its own consent (CC-551, CC-555). */
export function movingHoldings(terms: Terms): readonly string[] {
  return fieldsOf(terms)
    .filter((field) => field.action !== 'drop' && HOLDINGS.includes(field.name))
    .map((field) => field.name);
}

/** Whether a normalised number is something: not empty and not zero. */
export function isHolding(cell: string): boolean {
  for (let i = 0; i < cell.length; i++) {
    const unit = cell.charCodeAt(i);
    if (unit > 0x30 && unit <= 0x39) return true;
  }
  return false;
}
