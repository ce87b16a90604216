import type { Sha256 } from '../../base/crypto.js';
import type { Accounting } from '../../bundle/accounting.js';
import { RESOURCE } from '../../bundle/resource.js';
import { fieldEntries, PLAN_FORMAT, type Plan } from '../../bundle/plan.js';
import { dealDigest } from '../../deal/signed-deal.js';
import type { Terms } from '../../deal/terms.js';
import { policyDigest, policyOf } from '../../policy/pack.js';
import { CONTRACT_OPEN, type ReasonSet, reasonsOf } from '../../policy/reasons.js';
import type { JudgedPage, PageSets } from '../../policy/page-sets.js';
import { ROW_REASONS } from '../../policy/table-rows.js';
import type { FurtherTable } from '../../messages/tables.js';
import { type StaySet, stayings } from '../../policy/stays.js';
import { isHandedOver, isReplaced, verdictOf } from '../../policy/verdict.js';
import type { ListCounts } from '../import/counts.js';

/**
 * Where every row of the datasets went: import's counts and the reasons of the check together (docs/threat-model.md, promise 1).
 *
 * @param corrected how many of those without a reason were handed over before, with something else said of them
 */
export function accountFor(
  terms: Terms,
  counts: ListCounts,
  pages: readonly Pick<JudgedPage, 'reasonSets' | 'stays'>[],
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
  for (const [set, records] of tally(pages.map(({ reasonSets }) => reasonSets))) {
    if (isReplaced(set)) {
      replaced += records;
      continue;
    }
    if (isHandedOver(set)) {
      before += records;
      continue;
    }
    const verdict = verdictOf(set);
    totals[verdict] += records;
    if (verdict === 'transfer') continue;
    for (const reason of reasonsOf(set)) {
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
    handed_over: before,
    corrected,
    reasons,
    ...(Object.keys(partly).length === 0 ? {} : { partly }),
  };
}

/** Where every row of a table went: the reasons that speak of the row have names of their own. */
export function accountForTable(
  table: FurtherTable,
  counts: ListCounts,
  pages: readonly Pick<JudgedPage, 'reasonSets'>[],
  sums: NonNullable<Accounting['sums']>,
): Accounting {
  const totals = { transfer: 0, ask: 0, withhold: 0, reject: counts.rejected, handed_over: 0 };
  const reasons = {
    ask: {} as Record<string, number>,
    withhold: {} as Record<string, number>,
    reject: { ...counts.rejectedBy },
  };
  for (const [set, rows] of tally(pages.map(({ reasonSets }) => reasonSets))) {
    if (set === CONTRACT_OPEN) {
      totals.ask += rows;
      reasons.ask['CONTRACT_OPEN'] = rows;
    } else if (isHandedOver(set)) totals.handed_over += rows;
    else {
      const verdict = verdictOf(set);
      totals[verdict] += rows;
      if (verdict === 'transfer') continue;
      for (const { code, verdict: of } of reasonsOf(set)) {
        if (of !== verdict) continue;
        const name = ROW_REASONS[code] ?? code;
        reasons[verdict][name] = (reasons[verdict][name] ?? 0) + rows;
      }
    }
  }
  const { rows: read, blank, replaced } = counts;
  return { resource: table, read, ...totals, blank, replaced, corrected: 0, reasons, sums };
}

/** How many records have each set: a million records have a few dozen different ones. */
function tally(reasonSets: Iterable<PageSets>): ReadonlyMap<ReasonSet, number> {
  const found = new Map<ReasonSet, number>();
  for (const page of reasonSets) {
    for (let i = 0; i < page.length; i++) {
      const set: ReasonSet = page.at(i) ?? 0;
      found.set(set, (found.get(set) ?? 0) + 1);
    }
  }
  return found;
}

/** Counts what stays of whoever goes. A record that a reason was added to later does not go any more. */
function countStays(
  terms: Terms,
  pages: Iterable<Pick<JudgedPage, 'reasonSets' | 'stays'>>,
): Record<string, number> {
  const bySet = new Map<StaySet, number>();
  for (const { reasonSets, stays } of pages)
    for (let i = 0; stays !== null && i < stays.length; i++) {
      const stay = stays.at(i) ?? 0;
      if (stay !== 0 && reasonSets.at(i) === 0) bySet.set(stay, (bySet.get(stay) ?? 0) + 1);
    }
  const counts: Record<string, number> = {};
  for (const [set, records] of bySet)
    for (const what of stayings(set, terms)) counts[what] = (counts[what] ?? 0) + records;
  return counts;
}

/** The plan that approvers sign: these files, these verdicts, these fields, under this deal and these rules. */
export function makePlan(terms: Terms, files: readonly Sha256[], accounting: readonly Accounting[]): Plan {
  return {
    format: PLAN_FORMAT,
    deal: { id: terms.id, digest: dealDigest(terms) },
    environment: terms.environment,
    policy: { ...terms.policy, digest: policyDigest(policyOf(terms)) },
    datasets: [...new Set(files)].sort(),
    accounting: [...accounting],
    resources: accounting.map(({ resource }) => ({
      name: resource,
      fields: [...fieldEntries(terms, resource)],
    })),
  };
}
