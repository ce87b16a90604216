import { type Duration, dayOf, readInstant } from '../base/time.js';
import type { FieldName } from '../dataset/fields.js';
import type { ImportedRecord } from '../dataset/page.js';
import { cell, columnOf, type JudgeBasis } from './basis.js';
import { saysYounger } from './child-words.js';
import { isEvidence } from './evidence.js';
import { type AgeLimit, ageLimit } from './limits.js';
import { remembered } from './match.js';

/**
 * What a further consent of a person amounts to: to sensitive data, to the contract, or a guardian's. Silence is none of them; a yes counts
 * only with its date and its evidence, like every other (PIPL-14, PIPL-69).
 */
export type FurtherConsent = 'good' | 'refused' | 'withdrawn' | 'silent' | 'unproven';

/** The columns of a further consent. */
interface FurtherColumns {
  readonly status: FieldName;
  readonly at: FieldName;
  readonly evidence: FieldName;
  /** What else has to be stated, and what it may not say. */
  readonly stated?: readonly { readonly field: FieldName; readonly never?: RegExp }[];
  /** Whose word it is: a paper that a relative signed proves a guardian's, and nobody else's. */
  readonly by?: 'guardian';
}

/** A further consent as it can be asked of a record. */
export interface FurtherReading {
  of(record: ImportedRecord): FurtherConsent;
  /** Its time, or ''. */
  at(record: ImportedRecord): string;
}

/** Compiles the reading of a further consent. */
export function furtherConsent(
  basis: JudgeBasis,
  { status, at, evidence, stated = [], by }: FurtherColumns,
): FurtherReading {
  const { limits } = basis;
  const [statusAt, timeAt, proofAt] = [status, at, evidence].map((name) => columnOf(basis, name));
  const statedAt = stated.map(({ field, never }) => ({ column: columnOf(basis, field), never }));
  const of = (record: ImportedRecord): FurtherConsent => {
    const said = cell(record, statusAt ?? -1);
    if (said === 'refused' || said === 'withdrawn') return said;
    if (said !== 'given' && said !== 'renewed') return 'silent';
    const time = cell(record, timeAt ?? -1);
    if (time === '' || time > limits.now || time < limits.noticeSent) return 'unproven';
    if (!isEvidence(cell(record, proofAt ?? -1), by)) return 'unproven';
    for (const { column, never } of statedAt) {
      const text = cell(record, column);
      if (text === '' || never?.test(text) === true) return 'unproven';
    }
    return 'good';
  };
  return { of, at: (record) => cell(record, timeAt ?? -1) };
}

/** Whoever is no guardian by the word for what they are to the child: a neighbour, the nanny, the child itself. */
const NO_GUARDIAN =
  /^(?:本人|自己|孩子|邻居|朋友|同学|同事|阿姨|保姆|月嫂|育儿嫂|育婴师|钟点工|司机|店长|店员|员工|客服|中介|房东|物业|.{0,4}(?:老师|班主任|外教|家教|教练|园长)|self|neighbou?r|friend|nanny|teacher|tutor|coach|staff)$/iu;

/** A guardian's consent says who agreed, and how that person is related to the child (PIPL-31). Nobody is one's own guardian. */
export function guardianConsent(basis: JudgeBasis): FurtherReading {
  const [own, guardian] = [columnOf(basis, 'name'), columnOf(basis, 'guardian_name')];
  const { of, at } = furtherConsent(basis, {
    status: 'guardian_consent',
    at: 'guardian_consent_at',
    evidence: 'guardian_consent_evidence',
    stated: [{ field: 'guardian_name' }, { field: 'guardian_relation', never: NO_GUARDIAN }],
    by: 'guardian',
  });
  return {
    of: (record) => {
      const found = of(record);
      if (found !== 'good') return found;
      return cell(record, own) === cell(record, guardian) ? 'unproven' : found;
    },
    at,
  };
}

/** Columns in which a list says in words that the customer is a child. */
const WORDED = ['name', 'subject_role'];

/** Words of a role for somebody whom a guardian represents, whatever the age (CC-21, CC-22). */
const WARD = /被监护|(?:无|限制)(?:民事)?行为能力|under guardianship|incapacitated|\bward\b/iu;

/** Whether somebody else acts for a person, so that the own word is not enough. */
export interface Dependence {
  /**
   * Whether it is so today: of one who is younger than an age, by whichever column tells and where none does by the words of {@link WORDED},
   * and of one who has a guardian by the word of the role.
   */
  today(record: ImportedRecord): boolean;
  /** Whether one of whom it is not so today was too young at the time of an answer; '' for none. */
  whenAnswering(record: ImportedRecord, answered: string): boolean;
}

/** Compiles the question who is represented by somebody. @param age full years from which on nobody is, by age */
export function compileDependence(basis: JudgeBasis, age: Duration): Dependence {
  const bornAfter = compileBornAfter(basis);
  const isYounger = compileYounger(basis, bornAfter);
  const role = columnOf(basis, 'subject_role');
  const isWard = remembered((text) => WARD.test(text));
  const today = ageLimit(basis.limits.today, age);
  // No answer is good that was given before the notice: who was old enough then is not asked about the day of the answer.
  const earliest = ageLimit(dayOf(basis.limits.noticeSent), age);
  const on = remembered((time) => {
    const instant = readInstant(time);
    return instant === null ? earliest : ageLimit(dayOf(instant), age);
  });
  return {
    today: (record) => {
      if (isYounger(record, today)) return true;
      const said = cell(record, role);
      return said !== '' && isWard(said);
    },
    whenAnswering: (record, answered) =>
      answered !== '' && bornAfter(record, earliest) && bornAfter(record, on(answered)),
  };
}

type Younger = (record: ImportedRecord, limit: AgeLimit) => boolean;

/** By the day of birth, which is known for every other day as well. */
function compileBornAfter(basis: JudgeBasis): Younger {
  const birth = columnOf(basis, 'birth_date');
  const id = columnOf(basis, 'id_no');
  return (record, { bornBy, bornByDigits }) => {
    const born = cell(record, birth);
    if (born !== '' && born.slice(0, 10) > bornBy) return true;
    // An 18-digit ID number holds the day of birth; a 15-digit one was last issued in 1999.
    const number = cell(record, id);
    return number.length === 18 && number.slice(6, 14) > bornByDigits;
  };
}

function compileYounger(basis: JudgeBasis, bornAfter: Younger): Younger {
  const birth = columnOf(basis, 'birth_date');
  const id = columnOf(basis, 'id_no');
  const age = columnOf(basis, 'age');
  const worded = WORDED.map((field) => columnOf(basis, field));
  return (record, limit) => {
    if (bornAfter(record, limit)) return true;
    const years = cell(record, age);
    if (years !== '') return Number(years) < limit.ownYears;
    if (cell(record, birth) !== '' || cell(record, id).length === 18) return false;
    for (const column of worded) if (saysYounger(cell(record, column), limit.ownYears)) return true;
    return false;
  };
}
