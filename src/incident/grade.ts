import { type Grade, GRADES, type Incident, lastSaid } from './facts.js';
import { isSensitive } from './exposure.js';

/** From how many persons a leak of personal information has a grade by its number alone (INC-G). */
const HEADS: readonly (readonly [Grade, number])[] = [
  ['extraordinary', 100_000_000],
  ['major', 10_000_000],
  ['larger', 1_000_000],
];

/** From how many persons the authority may order a professional audit (AUD-5): any data, and sensitive data. */
const AUDIT_PERSONS = 1_000_000;
const AUDIT_SENSITIVE = 100_000;

export interface GradeView {
  /** The graver of what a person said and of what the head count gives. */
  readonly grade: Grade;
  readonly byHeads: Grade;
  /** Whether nobody has said a grade: the other criteria of the guide still have to be looked at. */
  readonly assumed: boolean;
  /** Whether the numbers reach those from which a professional audit may be ordered (AUD-5). */
  readonly audit: boolean;
}

/** The grade by the number of persons alone. */
export function gradeByHeads(persons: number): Grade {
  return HEADS.find(([, least]) => persons >= least)?.[0] ?? 'general';
}

/** Whether a grade is 较大 or above, from which INC-4 demands a report within hours. */
export function isGraveEnoughToReport(grade: Grade): boolean {
  return GRADES.indexOf(grade) >= GRADES.indexOf('larger');
}

/** How grave an incident is. A person may raise the grade above the head count, never lower it below. */
export function gradeOf(incident: Incident): GradeView {
  const { scope, grade: given } = incident.facts;
  const byHeads = gradeByHeads(scope.persons);
  const said = lastSaid(incident, 'grade') ?? given;
  const grade = said !== null && GRADES.indexOf(said) > GRADES.indexOf(byHeads) ? said : byHeads;
  const sensitive = scope.fields.some((field) => isSensitive(field.class));
  return {
    grade,
    byHeads,
    assumed: said === null,
    audit: scope.persons >= AUDIT_PERSONS || (sensitive && scope.persons >= AUDIT_SENSITIVE),
  };
}
