import type { Json } from '../../base/json.js';
import { type Plan, planBytes } from '../../bundle/plan.js';
import { dealDigest } from '../../deal/signed-deal.js';
import type { PageSets } from '../../policy/page-sets.js';
import { policyDigest, policyOf } from '../../policy/pack.js';
import { scanFindings } from '../../policy/scan-counts.js';
import type { Dataset } from '../../store/dataset-rows.js';
import { coverageCounts } from '../import/coverage.js';
import type { Session } from '../session/session.js';
import { release } from '../../base/transfer.js';
import { wordsOf } from './carried.js';
import { sentUnder } from './handed-over.js';
import type { Unmatched } from './unmatched.js';
import type { Examined } from './examined.js';
import type { CheckResult } from './result.js';

/** Keeps the verdicts and the plan, with the event. */
export function keepCheck(
  session: Session,
  { check, coverage, terms, accounting, tables, scan, planDigest: digest }: CheckResult,
  plan: Plan,
  { files, now, ledger }: Examined,
  again: boolean,
): void {
  const deal = dealDigest(terms);
  const datasets = files.map(({ dataset }) => dataset);
  session.record(
    {
      action: 'checked',
      objects: { ...datasetObjects(datasets), deal, check, plan: digest },
      details: {
        accounting: jsonOf(accounting),
        ...(tables.files.length === 0 ? {} : { tables: jsonOf(tables.accounting) }),
        ledgers: ledger.datasets.length,
        ...(datasets.length > 1 ? { datasets: datasets.length } : {}),
        ...(isNothing(ledger.unmatched) ? {} : { unmatched: unmatchedJson(ledger.unmatched) }),
      },
    },
    (write) => {
      write.addCheck({
        id: check,
        datasets: datasets.map((dataset) => dataset.id),
        deal,
        time: now,
        pack: policyDigest(policyOf(terms)),
        ledgers: [...ledger.datasets],
        counts: {
          accounting: jsonOf(accounting),
          coverage: jsonOf(coverageCounts(coverage)),
          scan: jsonOf(scanFindings(scan)),
          operator: session.runtime.operator,
          ...(isNothing(ledger.unmatched) && ledger.unmatched.byContact === 0
            ? {}
            : { unmatched: unmatchedJson(ledger.unmatched) }),
          ...(ledger.undated.length === 0 ? {} : { undated: ledger.undated.length }),
          ...(tables.files.length === 0 ? {} : { tables: tables.files.map(({ dataset }) => dataset.id) }),
          marks: wordsOf(session.workspace.read),
          sent: again ? 0 : sentUnder(session.workspace.read, terms.id).length,
        },
        planDigest: digest,
        plan: planBytes(plan),
      });
      for (const { dataset, pages } of [...files, ...tables.files])
        for (const { number, reasonSets, stays } of pages) {
          const sets = { reasonSets: bytesOf(reasonSets), stays: bytesOf(stays) };
          write.addCheckPage({ check, dataset: dataset.id, number, ...sets });
          release(sets.reasonSets, sets.stays);
        }
    },
  );
}

/** Whether there is nothing to be decided, and was not. */
function isNothing({ events, decision, unread }: Unmatched): boolean {
  return events + unread.rows === 0 && decision === null;
}

/** Without the rows: those are for the screen. */
function unmatchedJson({ rows: _, unread: { rows, datasets }, ...counts }: Unmatched): Json {
  return jsonOf({ ...counts, ...(rows === 0 ? {} : { unread: { rows, datasets } }) });
}

/** The sets of a judged page as they are stored. */
function bytesOf(sets: PageSets | null): Uint8Array {
  return sets === null ? new Uint8Array() : new Uint8Array(sets.words().buffer);
}

/** The last dataset of the list names the state of the list that was judged. */
function datasetObjects(datasets: readonly Dataset[]): { readonly dataset?: string } {
  const last = datasets.at(-1);
  return last === undefined ? {} : { dataset: last.id };
}

function jsonOf(value: object): Json {
  const json: Json = JSON.parse(JSON.stringify(value));
  return json;
}
