import type { Sha256 } from '../../base/crypto.js';
import type { Accounting } from '../../bundle/accounting.js';
import { RESOURCE } from '../../bundle/accounting.js';
import { fieldEntries, PLAN_FORMAT, type Plan } from '../../bundle/plan.js';
import { dealDigest } from '../../deal/signed-deal.js';
import type { Terms } from '../../deal/terms.js';
import { policyDigest, policyOf } from '../../policy/pack.js';
import { type ReasonSet, reasonsOf } from '../../policy/reasons.js';
import { isHandedOver, isReplaced, verdictOf } from '../../policy/verdict.js';
import type { ListCounts } from '../import/counts.js';

/**
 * Where every row of the datasets went: import's counts and the masks of the check together (docs/threat-model.md, promise 1).
 *
 * @param corrected how many of those without a reason were handed over before, with something else said of them
 */
export function accountFor(
  counts: ListCounts,
  reasonSets: Iterable<Uint32Array>,
  corrected: number,
): Accounting {
  const totals = { transfer: 0, ask: 0, withhold: 0, reject: counts.rejected };
  let { replaced } = counts;
  let before = 0;
  const reasons = {
    ask: {} as Record<string, number>,
    withhold: {} as Record<string, number>,
    reject: { ...counts.rejectedBy },
  };
  for (const [mask, records] of tally(reasonSets)) {
    if (isReplaced(mask)) {
      replaced += records;
      continue;
    }
    if (isHandedOver(mask)) {
      before += records;
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
  return {
    resource: RESOURCE,
    read: counts.rows,
    ...totals,
    blank: counts.blank,
    replaced,
    handed_over: before,
    corrected,
    reasons,
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
