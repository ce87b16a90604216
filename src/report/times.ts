import { dayOf, type Instant, ZONE } from '../base/time.js';

const CLOCK = new Intl.DateTimeFormat('en-GB', {
  timeZone: ZONE,
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** An instant as the users' clock showed it, to the minute: `2026-11-20 16:00`. */
export function localTime(instant: Instant): string {
  return `${dayOf(instant)} ${CLOCK.format(new Date(instant))}`;
}
