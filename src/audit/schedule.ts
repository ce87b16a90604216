import { addDuration, type CalendarDate, type Duration } from '../base/time.js';
import { type PersonStanding, peopleGaps } from './people.js';

/** What comes round, and how often at least. The law says "regularly"; a number of its own has only the audit of minors' data. */
export const ROUTINES = ['self-audit', 'training', 'drill', 'catalogue'] as const;
export type Routine = (typeof ROUTINES)[number];

export interface ScheduleFacts {
  readonly today: CalendarDate;
  /** The day of the last self-audit that was kept or written out; null where there is none. */
  readonly audited: CalendarDate | null;
  /** Whether the files that are here tell of children. */
  readonly hasMinors: boolean;
  readonly people: readonly PersonStanding[];
  readonly drilled: CalendarDate | null;
  /** When the catalogue of laws was last gone through, and how long that holds. */
  readonly catalogue: { readonly date: CalendarDate; readonly holds: Duration };
}

export interface Scheduled {
  readonly what: Routine;
  readonly last: CalendarDate | null;
  /** The last day on which it is in time; today for what was never done. */
  readonly due: CalendarDate;
  readonly isOverdue: boolean;
  /** Requirement ids. */
  readonly laws: readonly string[];
}

const YEAR = 'P1Y' as Duration;
/** As the audit measures name it for the largest handlers (AUD-4); a default for the others. */
const TWO_YEARS = 'P2Y' as Duration;

/** What is to be done next, the nearest first. */
export function scheduleOf(facts: ScheduleFacts): readonly Scheduled[] {
  const { today, audited, hasMinors, people, drilled, catalogue } = facts;
  const { trainees } = peopleGaps(people, today);
  const trained = trainees.map((person) => person.facts.trained.at(-1)?.date ?? null);
  // Whoever was trained longest ago says when all are due.
  const oldest = trained.length === 0 || trained.includes(null) ? null : (trained.sort()[0] ?? null);
  const after = (last: CalendarDate | null, duration: Duration): Pick<Scheduled, 'last' | 'due'> => ({
    last,
    due: last === null ? today : addDuration(last, duration),
  });
  const all: readonly Omit<Scheduled, 'isOverdue'>[] = [
    {
      what: 'self-audit',
      ...after(audited, hasMinors ? YEAR : TWO_YEARS),
      laws: hasMinors ? ['PIPL-54', 'MIN-37'] : ['PIPL-54', 'AUD-4'],
    },
    { what: 'training', ...after(oldest, YEAR), laws: ['PIPL-51'] },
    { what: 'drill', ...after(drilled, YEAR), laws: ['PIPL-51'] },
    {
      what: 'catalogue',
      last: catalogue.date,
      due: addDuration(catalogue.date, catalogue.holds),
      laws: [],
    },
  ];
  return all
    .map((entry) => ({ ...entry, isOverdue: entry.due < today || entry.last === null }))
    .sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0));
}
