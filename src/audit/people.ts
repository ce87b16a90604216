import { type CalendarDate, type Duration, subtractDuration } from '../base/time.js';
import type { PeopleRole } from '../messages/people.js';

/** Of somebody who has to do with customers' data, what audits ask for. */
export interface PersonStanding {
  readonly name: string;
  readonly role: PeopleRole;
  readonly gone: CalendarDate | null;
  readonly facts: {
    readonly promised: CalendarDate | null;
    readonly trained: readonly { readonly date: CalendarDate }[];
  };
}

/** Training is regular (PIPL-51): a project rule of once a year. */
const TRAINED_WITHIN = 'P1Y' as Duration;

/** Roles of firms and outsiders, who are bound by contract and not trained here. */
const NOT_TRAINED: readonly PeopleRole[] = ['broker', 'entrusted', 'custodian'];

/** Of those who are there, who has not promised confidentiality and who was not trained within a year. */
export function peopleGaps<P extends PersonStanding>(
  people: readonly P[],
  today: CalendarDate,
): {
  readonly present: readonly P[];
  readonly trainees: readonly P[];
  readonly unpromised: readonly P[];
  readonly untrained: readonly P[];
} {
  const present = people.filter(({ gone }) => gone === null || gone > today);
  const trainees = present.filter(({ role }) => !NOT_TRAINED.includes(role));
  const since = subtractDuration(today, TRAINED_WITHIN);
  return {
    present,
    trainees,
    unpromised: present.filter(({ facts }) => facts.promised === null),
    untrained: trainees.filter(({ facts }) => (facts.trained.at(-1)?.date ?? '') < since),
  };
}
