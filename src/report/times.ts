import { Temporal } from 'temporal-polyfill';
import { type Instant, ZONE } from '../base/time.js';

/** An instant as the users' clock showed it, to the minute: `2026-11-20 16:00`. */
export function localTime(instant: Instant): string {
  const { year, month, day, hour, minute } = Temporal.Instant.from(instant).toZonedDateTimeISO(ZONE);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}`;
}
