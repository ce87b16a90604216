import type { Brand } from '../base/brand.js';
import type { ImportedRecord } from '../dataset/page.js';
import {
  HANDED_OVER,
  reasonSet,
  REASONS,
  REPLACED,
  type ReasonSet,
  VERDICTS,
  type Verdict,
} from './reasons.js';

const REJECT = reasonSet(...REASONS.filter((r) => r.verdict === 'reject').map((r) => r.code));
const WITHHOLD = reasonSet(...REASONS.filter((r) => r.verdict === 'withhold').map((r) => r.code));

/** The verdict of a reason set as the byte that the store keeps: 0 transfer, 1 ask, 2 withhold, 3 reject. The worst reason decides. */
export function verdictCode(set: ReasonSet): 0 | 1 | 2 | 3 {
  if (set === 0 || isHandedOver(set)) return 0;
  if ((set & REJECT) !== 0) return 3;
  return (set & WITHHOLD) !== 0 ? 2 : 1;
}

/** Whether a later record of the same person is in the place of this one, so that it has no verdict. */
export function isReplaced(set: ReasonSet): boolean {
  return set === REPLACED;
}

/** Whether an earlier bundle of the deal handed the person over with the very line that would go now. */
export function isHandedOver(set: ReasonSet): boolean {
  return set === HANDED_OVER;
}

/** The verdict of a set of reasons; no reason means transfer. Not for a record that is replaced. */
export function verdictOf(set: ReasonSet): Verdict {
  return VERDICTS[verdictCode(set)];
}

/** A record that was judged and may go to the buyer. Only {@link checkedRecord} makes one, so nothing unjudged can be minimised. */
export type CheckedRecord = Brand<readonly string[], 'CheckedRecord'>;

/** The record as one that may go, or null if there is any reason against it or it was not judged at all. */
export function checkedRecord(record: ImportedRecord, set: ReasonSet | undefined): CheckedRecord | null {
  return set === 0 ? (record as readonly string[] as CheckedRecord) : null;
}
