import { type Scheduled, scheduleOf } from '../../audit/schedule.js';
import { dayOf } from '../../base/time.js';
import { CATALOGUE_DATE, CATALOGUE_HOLDS } from '../../policy/laws.js';
import type { Session } from '../session/session.js';

/** Columns that tell of children. */
const OF_MINORS: readonly string[] = ['children', 'birth_date', 'age'];

/** What comes round and is due next: self-audit, training, drill, the catalogue of laws. Opens no record. */
export function auditSchedule(session: Session): readonly Scheduled[] {
  const { read } = session.workspace;
  const audits = [
    ...read.house.auditRounds().map(({ time }) => time),
    ...[...read.log.events()].filter(({ action }) => action === 'form-made').map(({ time }) => time),
  ].sort();
  const last = audits.at(-1);
  const drills = read.house
    .papers()
    .filter(({ kind }) => kind === 'drill')
    .map(({ signed }) => signed)
    .sort();
  return scheduleOf({
    today: dayOf(session.now),
    audited: last === undefined ? null : dayOf(last),
    hasMinors: read
      .datasets()
      .some(
        ({ kind, state, columns }) =>
          kind === 'customers' && state === 'kept' && columns.some((c) => OF_MINORS.includes(c)),
      ),
    people: read.house.people(),
    drilled: drills.at(-1) ?? null,
    catalogue: { date: CATALOGUE_DATE, holds: CATALOGUE_HOLDS },
  });
}
