import { CLOCK_TOLERANCE, type Instant, secondsBetween } from '../base/time.js';

/** An event of the log, as far as the clock is concerned. */
export interface ClockEvent {
  readonly time: Instant;
  /** Whether a person stated with it that the clock is right. */
  readonly confirmed: boolean;
}

/** What tells whether this computer's clock can be right. */
export interface ClockFacts {
  readonly now: Instant;
  /** The log from its beginning. */
  readonly events: Iterable<ClockEvent>;
  /** Times that others wrote into what they signed: the issue of a receipt, the making of a bundle, a time stamp. */
  readonly documents: Iterable<Instant>;
}

/**
 * - `sound`: nothing speaks against it.
 * - `behind`: it is earlier than a time that has been already.
 * - `ahead`: it is so much later than anything known that a leap is likelier than a long silence.
 */
type ClockState = 'sound' | 'behind' | 'ahead';

export interface ClockCheck {
  readonly state: ClockState;
  /** The latest time that the workspace knows; null in a workspace without events. */
  readonly known: Instant | null;
  /** What it is known by. */
  readonly by: 'log' | 'document';
  /** Whole days between `known` and now, whichever is later. */
  readonly days: number;
}

/** A longer time without a sign of life is a leap until somebody says otherwise, in days. */
export const CLOCK_LEAP_DAYS = 180;

const DAY = 86_400;

/**
 * Compares the clock with what is known. A single wrong time in the log changes nothing for long: an event that leaps ahead of the one
 * before is not believed until a person confirms the clock, so one command under a clock of another decade neither hides that leap from
 * the next purge nor, once the clock is right again, stops it. What others signed is believed.
 */
export function checkClock({ now, events, documents }: ClockFacts): ClockCheck {
  const log = believed(events);
  let known = log;
  let by: ClockCheck['by'] = 'log';
  for (const time of documents) {
    if (known !== null && time <= known) continue;
    known = time;
    by = 'document';
  }
  if (known === null) return { state: 'sound', known, by, days: 0 };
  const ahead = secondsBetween(known, now);
  const days = Math.floor(Math.abs(ahead) / DAY);
  if (ahead < -CLOCK_TOLERANCE) return { state: 'behind', known, by, days };
  return { state: ahead > CLOCK_LEAP_DAYS * DAY ? 'ahead' : 'sound', known, by, days };
}

/** The latest time of the log that was reached without a leap. */
function believed(events: Iterable<ClockEvent>): Instant | null {
  let latest: Instant | null = null;
  for (const { time, confirmed } of events) {
    if (latest !== null && time <= latest) continue;
    if (latest === null || confirmed || secondsBetween(latest, time) <= CLOCK_LEAP_DAYS * DAY) latest = time;
  }
  return latest;
}
