import { addHours, type Instant } from '../base/time.js';
import { type Incident, lastSaid, minorsIn, type Told } from './facts.js';
import { gradeOf, isGraveEnoughToReport } from './grade.js';

/** What the law asks for after an incident. */
export const DUTIES = [
  'authority',
  'cac',
  'gdpr-authority',
  'persons',
  'gdpr-persons',
  'guardians',
  'partner',
  'police',
] as const;
export type IncidentDuty = (typeof DUTIES)[number];

export interface Deadline {
  readonly duty: IncidentDuty;
  /** Requirement ids of law.md. */
  readonly laws: readonly string[];
  /** By when. For what has to be done at once, the moment of discovery. */
  readonly due: Instant;
  /** Whether the law says "at once" and names no number of hours. */
  readonly atOnce: boolean;
  /** Whether the incident cannot be closed before. The others are advice, for a person to judge. */
  readonly binding: boolean;
  readonly state: 'open' | 'done' | 'waived';
  /** When it was done; null while it was not. */
  readonly done: Instant | null;
}

interface Rule {
  readonly duty: IncidentDuty;
  readonly laws: readonly string[];
  readonly whom: Told;
  /** Hours after discovery; null for at once. */
  readonly hours: number | null;
  readonly binding: boolean;
  readonly applies: (incident: Incident) => boolean;
  /** Whether a reason for not telling persons sets it aside (PIPL-57 ¶2, GDPR-34). */
  readonly waivable?: true;
}

const RULES: readonly Rule[] = [
  {
    duty: 'authority',
    laws: ['PIPL-57', 'NDSR-11', 'CSL-27', 'CSL-44', 'DSL-29'],
    whom: 'authority',
    hours: null,
    binding: true,
    applies: () => true,
  },
  {
    duty: 'cac',
    laws: ['INC-4'],
    whom: 'authority',
    hours: 4,
    binding: true,
    applies: (incident) => isGraveEnoughToReport(gradeOf(incident).grade),
  },
  {
    duty: 'gdpr-authority',
    laws: ['GDPR-33'],
    whom: 'authority',
    hours: 72,
    binding: true,
    applies: ({ facts }) => facts.gdpr,
  },
  {
    duty: 'persons',
    laws: ['PIPL-57', 'NDSR-11'],
    whom: 'persons',
    hours: null,
    binding: true,
    applies: () => true,
    waivable: true,
  },
  {
    duty: 'gdpr-persons',
    laws: ['GDPR-34'],
    whom: 'persons',
    hours: null,
    binding: true,
    applies: ({ facts }) => facts.gdpr,
    waivable: true,
  },
  {
    duty: 'guardians',
    laws: ['MIN-35'],
    whom: 'persons',
    hours: null,
    binding: true,
    applies: (incident) => minorsIn(incident) === 'yes',
  },
  {
    duty: 'partner',
    laws: ['NDSR-12'],
    whom: 'partner',
    hours: null,
    binding: false,
    applies: ({ facts }) => facts.bundle !== null,
  },
  {
    duty: 'police',
    laws: ['NDSR-11'],
    whom: 'police',
    hours: null,
    binding: false,
    applies: ({ facts }) => facts.what === 'intrusion',
  },
];

/**
 * The clocks of an incident, in the order of {@link DUTIES}. All of them run from its discovery, a suspected one's too: the law asks the same
 * when a leak may have happened (PIPL-57).
 */
export function deadlinesOf(incident: Incident): readonly Deadline[] {
  const { discovered } = incident.facts;
  const isWaived = lastSaid(incident, 'notTellingPersons') !== undefined;
  const unfounded = lastSaid(incident, 'closed')?.unfounded === true;
  return RULES.filter(({ applies }) => applies(incident)).map(
    ({ duty, laws, whom, hours, binding, waivable }): Deadline => {
      const done = firstTold(incident, whom);
      const waived = unfounded || (waivable === true && isWaived);
      return {
        duty,
        laws,
        due: hours === null ? discovered : addHours(discovered, hours),
        atOnce: hours === null,
        binding,
        state: done !== null ? 'done' : waived ? 'waived' : 'open',
        done,
      };
    },
  );
}

/** Duties that prevent closing. */
export function openDuties(incident: Incident): readonly IncidentDuty[] {
  return deadlinesOf(incident)
    .filter(({ binding, state }) => binding && state === 'open')
    .map(({ duty }) => duty);
}

/** The binding clock that runs out first; null when nothing is owed any more. */
export function nextDeadline(incident: Incident): Deadline | null {
  const open = deadlinesOf(incident).filter(({ binding, state }) => binding && state === 'open');
  return open.sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0))[0] ?? null;
}

/** Whether something was done after its time, or is not done though its time is over. What is due at once is never called late. */
export function isLate(clock: Deadline, now: Instant): boolean {
  return !clock.atOnce && clock.state !== 'waived' && (clock.done ?? now) > clock.due;
}

function firstTold({ notes }: Incident, whom: Told): Instant | null {
  const times = notes.flatMap(({ told }) => (told?.whom === whom ? [told.at] : []));
  return times.sort()[0] ?? null;
}
