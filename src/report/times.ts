import { dayOf, type Instant, timeOfDay } from '../base/time.js';

/** An instant as the users' clock showed it, to the minute: `2026-11-20 16:00`. */
export function localTime(instant: Instant): string {
  return `${dayOf(instant)} ${timeOfDay(instant)}`;
}
