import type { ReasonCode } from '../messages/reasons.js';

/** What happens to a record, from harmless to severe; the worst reason decides. The index is the byte that the store keeps. */
export const VERDICTS = ['transfer', 'ask', 'withhold', 'reject'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** Verdicts whose customers can be listed one by one; what was rejected is in the reject file. */
export const LISTED_VERDICTS = ['transfer', 'ask', 'withhold'] as const satisfies readonly Verdict[];
export type ListedVerdict = (typeof LISTED_VERDICTS)[number];

/** What a check lists one by one: the customers of a verdict, or the ledger rows that match nobody. */
export const CHECK_LISTS = [...LISTED_VERDICTS, 'unmatched'] as const;

/** One reason why a record does not simply go. */
export interface ReasonDefinition {
  readonly code: ReasonCode;
  readonly verdict: Exclude<Verdict, 'transfer'>;
  /** Requirement ids of law.md on which it rests. */
  readonly laws: readonly string[];
}

/**
 * The closed list, in the order of law.md §4.1. The position of a reason is its bit in a set that is stored: append only, at most 30,
 * never reorder.
 */
export const REASONS = [
  { code: 'SUBJECT_MISSING', verdict: 'reject', laws: ['PIPL-8'] },
  { code: 'SUBJECT_REPEATED', verdict: 'reject', laws: ['PIPL-8'] },
  { code: 'SUBJECT_DUPLICATE', verdict: 'reject', laws: ['PIPL-8'] },
  { code: 'RETENTION_OVER', verdict: 'withhold', laws: ['PIPL-19', 'PIPL-47'] },
  { code: 'ACTIVITY_UNKNOWN', verdict: 'ask', laws: ['PIPL-19'] },
  { code: 'ERASURE_REQUESTED', verdict: 'withhold', laws: ['PIPL-47'] },
  { code: 'CONSENT_REFUSED', verdict: 'withhold', laws: ['PIPL-23', 'NDSR-22'] },
  { code: 'CONSENT_WITHDRAWN', verdict: 'withhold', laws: ['PIPL-15', 'NDSR-22'] },
  { code: 'OBJECTION', verdict: 'withhold', laws: ['PIPL-44', 'NDSR-22'] },
  { code: 'NOTICE_MISSING', verdict: 'ask', laws: ['PIPL-17', 'PIPL-22', 'PIPL-23', 'NDSR-14'] },
  { code: 'NOTICE_OTHER', verdict: 'ask', laws: ['PIPL-22'] },
  { code: 'NOTICE_IN_FUTURE', verdict: 'ask', laws: ['PIPL-22'] },
  { code: 'OBJECTION_PERIOD_OPEN', verdict: 'ask', laws: ['PIPL-22', 'PIPL-44'] },
  { code: 'CONSENT_MISSING', verdict: 'ask', laws: ['PIPL-13', 'PIPL-23'] },
  { code: 'CONSENT_UNKNOWN', verdict: 'ask', laws: ['PIPL-14', 'PIPL-23'] },
  { code: 'CONSENT_PENDING', verdict: 'ask', laws: ['PIPL-14', 'PIPL-23'] },
  { code: 'CONSENT_NOT_EXPLICIT', verdict: 'ask', laws: ['PIPL-14', 'NDSR-62-7'] },
  { code: 'CONSENT_OTHER_RECIPIENT', verdict: 'ask', laws: ['PIPL-23', 'NDSR-62-7'] },
  { code: 'CONSENT_OTHER_PURPOSE', verdict: 'ask', laws: ['PIPL-14', 'PIPL-23'] },
  { code: 'CONSENT_OTHER_NOTICE', verdict: 'ask', laws: ['PIPL-14', 'PIPL-17'] },
  { code: 'CONSENT_UNDATED', verdict: 'ask', laws: ['PIPL-14'] },
  { code: 'CONSENT_IN_FUTURE', verdict: 'ask', laws: ['PIPL-14'] },
  { code: 'CONSENT_BEFORE_NOTICE', verdict: 'ask', laws: ['PIPL-14', 'PIPL-17'] },
  { code: 'CONSENT_EXPIRED', verdict: 'ask', laws: ['PIPL-14', 'PIPL-19'] },
  { code: 'CONSENT_NO_EVIDENCE', verdict: 'ask', laws: ['PIPL-14', 'PIPL-23'] },
  { code: 'GUARDIAN_MISSING', verdict: 'ask', laws: ['PIPL-28', 'PIPL-31'] },
  { code: 'FROZEN', verdict: 'withhold', laws: ['PIPL-47'] },
  { code: 'ERASED_BEFORE', verdict: 'withhold', laws: ['PIPL-47'] },
  { code: 'CONSENT_NO_RECIPIENT', verdict: 'ask', laws: ['PIPL-23', 'NDSR-62-7'] },
  { code: 'SAME_PERSON_REFUSED', verdict: 'ask', laws: ['PIPL-8', 'PIPL-15'] },
] as const satisfies readonly ReasonDefinition[];

// Two assertions by type: every reason that has words is in the list, and the list holds no other.
type Listed = (typeof REASONS)[number]['code'];
const everyReasonIsListed: Record<Exclude<ReasonCode, Listed>, never> = {};
void everyReasonIsListed;

/** A set of reasons as bits: bit i is `REASONS[i]`. Always a non-negative 32-bit number. */
export type ReasonSet = number;

/**
 * Replaces all reasons of a record that a later one of the same person replaced: nobody judges it any more. The
 * highest bit, which no reason may take.
 */
export const REPLACED: ReasonSet = 0x8000_0000;

/**
 * Replaces all reasons of a record whose person an earlier bundle of the deal handed over with the very line that would go now:
 * it may go, and has gone. Nor may a reason take this bit.
 */
export const HANDED_OVER: ReasonSet = 0x4000_0000;

/**
 * Replaces all reasons of a row about what is owed, in a table beside the customer list, whose customer goes and did not agree
 * that the contract changes hands (CC-551, CC-555): the row stays. Both of the bits that no reason takes.
 */
export const CONTRACT_OPEN: ReasonSet = 0xc000_0000;

const BITS: ReadonlyMap<ReasonCode, ReasonSet> = new Map(
  REASONS.map(({ code }, i) => [code, (1 << i) >>> 0]),
);

/** The set of the given reasons. */
export function reasonSet(...codes: readonly ReasonCode[]): ReasonSet {
  let set = 0;
  for (const code of codes) set |= BITS.get(code) ?? 0;
  return set >>> 0;
}

/** The reasons of a set, in the order of the list. */
export function reasonsOf(set: ReasonSet): readonly ReasonDefinition[] {
  return REASONS.filter((_, i) => (set & (1 << i)) !== 0);
}
