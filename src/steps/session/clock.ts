import { type CalendarDate, dayOf, type Instant } from '../../base/time.js';
import { readManifest } from '../../bundle/manifest.js';
import { readReceipt } from '../../bundle/receipt.js';
import { fail } from '../../messages/error.js';
import { type ClockCheck, type ClockEvent, checkClock } from '../../retention/clock.js';
import type { Reader } from '../../store/reader.js';
import type { Session } from './session.js';

/** This computer's clock against the log and against what others signed. Opens no keys. */
export function viewClock(session: Session): ClockCheck {
  const { read } = session.workspace;
  return checkClock({ now: session.now, events: eventsOf(read), documents: documentTimes(read) });
}

/**
 * The day by which what ends, or is due, is told: today, or a later one that has been already. A clock that was set back must not make
 * anything look as if it had time.
 */
export function latestDay(session: Session, { state, known }: ClockCheck = viewClock(session)): CalendarDate {
  return dayOf(state === 'behind' && known !== null ? known : session.now);
}

/**
 * When a word that is taken in is heard: not earlier than what was there already. A clock that was set back must not put a no before the yes that
 * it undoes (PIPL-15).
 */
export function heardAt(session: Session): Instant {
  const { known } = viewClock(session);
  return known !== null && known > session.now ? known : session.now;
}

/** When each file was heard, by its dataset: not earlier than those before it, whatever the clock said. */
export function heardTimes(read: Reader): ReadonlyMap<string, Instant> {
  const times = new Map<string, Instant>();
  let latest: Instant | null = null;
  for (const { id, imported } of read.datasets()) {
    if (latest === null || imported > latest) latest = imported;
    times.set(id, latest);
  }
  return times;
}

export interface ClockRequirement {
  /** Whether the person states, with --clock-is-right, that the clock is right. */
  readonly isRight: boolean;
  readonly dryRun: boolean;
}

/**
 * Refuses what a wrong clock would decide wrongly. That the clock is right against all signs is a statement of a person, which is logged;
 * against our own log nobody can state it.
 *
 * @throws HandoverError CLOCK_BACK, CLOCK_AHEAD
 */
export function requireSoundClock(session: Session, { isRight, dryRun }: ClockRequirement): ClockCheck {
  const clock = viewClock(session);
  const { state, known, by, days } = clock;
  if (state === 'sound' || known === null) return clock;
  if (state === 'behind' && (by === 'log' || !isRight)) fail({ code: 'CLOCK_BACK', known, by });
  if (state === 'ahead' && !isRight) fail({ code: 'CLOCK_AHEAD', known, days });
  if (!dryRun)
    session.record(
      { action: 'clock-confirmed', objects: {}, details: { known, state, days } },
      () => undefined,
    );
  return clock;
}

function* eventsOf(read: Reader): Generator<ClockEvent, void, undefined> {
  for (const { time, action } of read.log.events()) yield { time, confirmed: action === 'clock-confirmed' };
}

function* documentTimes(read: Reader): Generator<Instant, void, undefined> {
  for (const bundle of read.bundles()) {
    if (bundle.direction === 'in') yield readManifest(bundle.manifest).created;
    const receipt = read.receipt(bundle.id);
    if (receipt?.direction === 'in') yield readReceipt(receipt.bytes).issued;
  }
  for (const { stamped } of read.log.timestamps()) if (stamped !== null) yield stamped;
}
