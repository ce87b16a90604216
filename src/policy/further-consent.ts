import type { FieldName } from '../dataset/fields.js';
import type { ImportedRecord } from '../dataset/page.js';
import { saysYounger } from './child-words.js';
import { cell, columnOf, type JudgeBasis } from './basis.js';
import { isEvidence } from './evidence.js';
import type { AgeLimit } from './limits.js';

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
  { status, at, evidence, stated = [] }: FurtherColumns,
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
    if (!isEvidence(cell(record, proofAt ?? -1))) return 'unproven';
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
  /^(?:本人|自己|孩子|邻居|朋友|同学|同事|老师|阿姨|保姆|月嫂|育儿嫂|育婴师|钟点工|司机|店长|店员|员工|客服|中介|self|neighbou?r|friend|nanny|teacher|staff)$/iu;

/** A guardian's consent says who agreed, and how that person is related to the child (PIPL-31). */
export function guardianConsent(basis: JudgeBasis): FurtherReading {
  return furtherConsent(basis, {
    status: 'guardian_consent',
    at: 'guardian_consent_at',
    evidence: 'guardian_consent_evidence',
    stated: [{ field: 'guardian_name' }, { field: 'guardian_relation', never: NO_GUARDIAN }],
  });
}

/** Columns in which a list says in words that the customer is a child. */
const WORDED = ['name', 'subject_role'];

/** Whether a person is younger than an age, by whichever column tells; where none does, by the words of {@link WORDED}. */
export function compileYounger(
  basis: JudgeBasis,
  { bornBy, bornByDigits, ownYears }: AgeLimit,
): (record: ImportedRecord) => boolean {
  const birth = columnOf(basis, 'birth_date');
  const id = columnOf(basis, 'id_no');
  const age = columnOf(basis, 'age');
  const worded = WORDED.map((field) => columnOf(basis, field));
  return (record) => {
    const born = cell(record, birth);
    if (born !== '' && born.slice(0, 10) > bornBy) return true;
    // An 18-digit ID number holds the day of birth; a 15-digit one was last issued in 1999.
    const number = cell(record, id);
    if (number.length === 18 && number.slice(6, 14) > bornByDigits) return true;
    const years = cell(record, age);
    if (years !== '') return Number(years) < ownYears;
    if (born !== '' || number.length === 18) return false;
    for (const column of worded) if (saysYounger(cell(record, column), ownYears)) return true;
    return false;
  };
}
