import { fieldOf, type FieldName } from '../../dataset/fields.js';
import { maskValue } from '../../dataset/mask.js';
import type { Terms } from '../../deal/terms.js';
import type { UnmatchedDecision } from '../../policy/near.js';
import type { JudgedPage } from '../../policy/page-sets.js';
import { reasonsOf, type ReasonSet, type Verdict } from '../../policy/reasons.js';
import type { ReasonCode } from '../../messages/reasons.js';
import { isHandedOver, isReplaced, verdictOf } from '../../policy/verdict.js';
import type { Session } from '../session/session.js';
import { check } from './check.js';
import { judgedRecords } from './judged-records.js';

/** What is compared: the rules of the signed deal with others. */
export interface PolicyComparison {
  readonly terms: Terms;
  readonly policy: Terms['policy'];
  readonly dataset: string | null;
  readonly unmatched: UnmatchedDecision | null;
}

/** A customer whose verdict, or what stays of them, would change. Number, name and mobile number are masked. */
export interface ChangedPerson {
  readonly customerNo: string;
  readonly name: string;
  readonly mobile: string;
  readonly before: Verdict;
  readonly after: Verdict;
  /** Why not, by either rules. */
  readonly reasonsBefore: readonly ReasonCode[];
  readonly reasonsAfter: readonly ReasonCode[];
}

/** Judges every record by the signed rules and by others, and keeps neither check: whose verdict would change. */
export async function comparePolicies(
  session: Session,
  { terms, policy, dataset, unmatched }: PolicyComparison,
): Promise<readonly ChangedPerson[]> {
  const input = { terms, dataset, unmatched, dryRun: true };
  const signed = await check(session, input);
  const other = await check(session, { ...input, policy });
  const otherwise = new Map<JudgedPage, JudgedPage>();
  for (const [i, { pages }] of signed.files.entries())
    for (const [j, page] of pages.entries()) {
      const twin = other.files[i]?.pages[j];
      if (twin !== undefined) otherwise.set(page, twin);
    }
  const reasonsThen = (page: JudgedPage, at: number): ReasonSet =>
    otherwise.get(page)?.reasonSets.at(at) ?? 0;
  const staysThen = (page: JudgedPage, at: number): number => otherwise.get(page)?.stays?.at(at) ?? 0;
  const found: ChangedPerson[] = [];
  const records = judgedRecords(session, signed.files, (reasons, stays, page, at) => {
    if (isReplaced(reasons) || isHandedOver(reasons)) return false;
    return reasons !== reasonsThen(page, at) || stays !== staysThen(page, at);
  });
  for await (const page of records)
    for (const { reasons, place, cell } of page) {
      const after = reasonsThen(place.page, place.index);
      const shown = (field: FieldName) => maskValue(fieldOf(field)?.kind ?? 'text', cell(field));
      found.push({
        customerNo: shown('customer_no'),
        name: shown('name'),
        mobile: shown('mobile'),
        before: verdictOf(reasons),
        after: verdictOf(after),
        reasonsBefore: reasonsOf(reasons).map(({ code }) => code),
        reasonsAfter: reasonsOf(after).map(({ code }) => code),
      });
    }
  return found;
}
