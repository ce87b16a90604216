import type { Sha256 } from '../../base/crypto.js';
import type { Accounting } from '../../bundle/accounting.js';
import { RESOURCE } from '../../bundle/accounting.js';
import { fieldEntries, PLAN_FORMAT, type Plan } from '../../bundle/plan.js';
import { dealDigest } from '../../deal/signed-deal.js';
import type { Terms } from '../../deal/terms.js';
import { policyDigest, policyOf } from '../../policy/pack.js';
import { type ReasonSet, reasonsOf } from '../../policy/reasons.js';
import type { ExaminedPage } from '../../policy/examine.js';
import { type StayMask, stayings } from '../../policy/stays.js';
import { isReplaced, verdictOf } from '../../policy/verdict.js';
import type { ListCounts } from '../import/counts.js';

/** Where every row of the datasets went: import's counts and the masks of the check together (docs/threat-model.md, promise 1). */
export function accountFor(
  terms: Terms,
  counts: ListCounts,
  pages: readonly Pick<ExaminedPage, 'reasonSets' | 'stays'>[],
): Accounting {
  const totals = { transfer: 0, ask: 0, withhold: 0, reject: counts.rejected };
  let { replaced } = counts;
  const reasons = {
    ask: {} as Record<string, number>,
    withhold: {} as Record<string, number>,
    reject: { ...counts.rejectedBy },
  };
  for (const [mask, records] of tally(pages.map(({ reasonSets }) => reasonSets))) {
    if (isReplaced(mask)) {
      replaced += records;
      continue;
    }
    const verdict = verdictOf(mask);
    totals[verdict] += records;
    if (verdict === 'transfer') continue;
    for (const reason of reasonsOf(mask)) {
      // A record is explained by the reasons of its own verdict: a withdrawn one that also lacks evidence was withdrawn.
      if (reason.verdict === verdict) {
        reasons[verdict][reason.code] = (reasons[verdict][reason.code] ?? 0) + records;
      }
    }
  }
  const partly = countStays(terms, pages);
  return {
    resource: RESOURCE,
    read: counts.rows,
    ...totals,
    blank: counts.blank,
    replaced,
    reasons,
    ...(Object.keys(partly).length === 0 ? {} : { partly }),
  };
}

/** How many records have each mask: a million records have a few dozen different ones. */
function tally(reasonSets: Iterable<Uint32Array>): ReadonlyMap<ReasonSet, number> {
  const found = new Map<ReasonSet, number>();
  for (const page of reasonSets) {
    for (const mask of page) found.set(mask, (found.get(mask) ?? 0) + 1);
  }
  return found;
}

/** Counts what stays of whoever goes. A record that a reason was added to later does not go any more. */
function countStays(
  terms: Terms,
  pages: Iterable<Pick<ExaminedPage, 'reasonSets' | 'stays'>>,
): Record<string, number> {
  const byMask = new Map<StayMask, number>();
  for (const { reasonSets, stays } of pages)
    for (const [i, stay] of (stays ?? []).entries())
      if (stay !== 0 && reasonSets[i] === 0) byMask.set(stay, (byMask.get(stay) ?? 0) + 1);
  const counts: Record<string, number> = {};
  for (const [mask, records] of byMask)
    for (const what of stayings(mask, terms)) counts[what] = (counts[what] ?? 0) + records;
  return counts;
}

/** The plan that approvers sign: these files, these verdicts, these fields, under this deal and these rules. */
export function makePlan(terms: Terms, files: readonly Sha256[], accounting: Accounting): Plan {
  return {
    format: PLAN_FORMAT,
    deal: { id: terms.id, digest: dealDigest(terms) },
    environment: terms.environment,
    policy: { ...terms.policy, digest: policyDigest(policyOf(terms)) },
    datasets: [...new Set(files)].sort(),
    accounting: [accounting],
    resources: [{ name: RESOURCE, fields: [...fieldEntries(terms)] }],
  };
}
