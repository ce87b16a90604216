import { addDuration, type CalendarDate, type Duration, subtractDuration } from '../base/time.js';
import type { DealRole, Terms } from '../deal/terms.js';
import type { DutyAnchor, DutyName } from '../messages/duties.js';
import type { Duty, PolicyPack } from '../policy/rules.js';

/** A day that only people know: when the resolution was made, when the particulars changed. */
export const SAID_DAYS = ['resolution', 'registration'] as const satisfies readonly DutyAnchor[];
export type SaidDay = (typeof SAID_DAYS)[number];

/**
 * `open`: its last day is ahead; `overdue`: past; `waiting`: nobody has said from which day it counts; `each`: it counts for each customer
 * from that customer's own day; `done`: somebody said so.
 */
export const CLOCK_STATES = ['open', 'overdue', 'waiting', 'each', 'done'] as const;
type ClockState = (typeof CLOCK_STATES)[number];

/** Something that a closing set going, and until when. */
export interface DutyClock {
  /** Names it on the command line: `premises`, `supervision-30`. */
  readonly id: string;
  readonly what: DutyName;
  readonly law: string;
  readonly who: Duty['who'];
  readonly anchor: DutyAnchor;
  readonly side: Duty['side'];
  readonly within: Duration;
  /** The day from which it counts, in Asia/Shanghai; null while nobody has said it, or if each customer has their own. */
  readonly from: CalendarDate | null;
  /** The last day. Null where `from` is. */
  readonly due: CalendarDate | null;
  readonly state: ClockState;
  /** When it was done, and what was said of it. */
  readonly done: CalendarDate | null;
  readonly note: string | null;
}

/** What people said of a deal: days, and what is done, by the id of the clock. */
export interface ClosingFacts {
  readonly days: Readonly<Partial<Record<SaidDay, CalendarDate>>>;
  readonly done: ReadonlyMap<string, { readonly on: CalendarDate; readonly note: string | null }>;
}

/**
 * The clocks of one deal for one of its parties, by their last day; those without one yet come last. The law of a place comes with its pack,
 * the kind of deal decides which of them run (law.md §1.7).
 *
 * @param today calendar day in Asia/Shanghai
 */
export function dutyClocks(
  { kind, effective }: Pick<Terms, 'kind' | 'effective'>,
  { duties = [] }: Pick<PolicyPack, 'duties'>,
  {
    role,
    facts,
    today,
  }: { readonly role: DealRole; readonly facts: ClosingFacts; readonly today: CalendarDate },
): readonly DutyClock[] {
  const own = duties.filter(
    ({ who, kinds }) => (who === 'both' || who === role) && (kinds?.includes(kind) ?? true),
  );
  const clocks = own.map((duty): DutyClock => {
    const { what, law, who, anchor, side, within } = duty;
    const id = idOf(duty, own);
    const from = anchorDay(anchor, effective, facts);
    const shift = side === 'before' ? subtractDuration : addDuration;
    const due = from === null ? null : shift(from, within);
    const done = facts.done.get(id);
    const state: ClockState =
      done !== undefined
        ? 'done'
        : due !== null
          ? due < today
            ? 'overdue'
            : 'open'
          : isOwnDay(anchor)
            ? 'each'
            : 'waiting';
    return {
      ...{ id, what, law, who, anchor, side, within, from, due, state },
      done: done?.on ?? null,
      note: done?.note ?? null,
    };
  });
  const key = ({ due }: DutyClock): string => due ?? '9999';
  return clocks.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

/** The name of the duty, with its days where another of the deal has the same. */
function idOf(duty: Duty, all: readonly Duty[]): string {
  const same = all.filter(({ what }) => what === duty.what);
  return same.length === 1 ? duty.what : `${duty.what}-${duty.within.replace(/\D/g, '')}`;
}

/** Whether each customer has a day of their own: when they demanded, when they paid, when they are first served. */
function isOwnDay(anchor: DutyAnchor): boolean {
  return anchor === 'demand' || anchor === 'payment' || anchor === 'service';
}

function anchorDay(anchor: DutyAnchor, effective: CalendarDate, { days }: ClosingFacts): CalendarDate | null {
  if (anchor === 'effective') return effective;
  return anchor === 'resolution' || anchor === 'registration' ? (days[anchor] ?? null) : null;
}
