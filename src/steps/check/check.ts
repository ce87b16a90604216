// Check: every record is judged under a deal, and a plan drawn up of what would leave. Beside: why, for one person, and who approves the plan.

import { uuidv7 } from '../../base/crypto.js';
import { type Accounting, isBalanced } from '../../bundle/accounting.js';
import { planDigest } from '../../bundle/plan.js';
import { tablesOf, termsOfTable } from '../../deal/tables.js';
import type { Terms } from '../../deal/terms.js';
import { fail } from '../../messages/error.js';
import type { ConsentLedger } from '../../policy/consent-ledger.js';
import type { UnmatchedDecision } from '../../policy/near.js';
import { SubjectSieve } from '../../policy/repeats.js';
import { withoutSpellings } from '../../policy/examine.js';
import { addScans } from '../../policy/scan-counts.js';
import { reviewScope, type ScopeReview } from '../../policy/scope.js';
import { type Dataset, isLedger } from '../../store/dataset-rows.js';
import { Overflow } from '../../store/overflow.js';
import { requireDeal } from '../deal/standing.js';
import { importCountsOf, listCounts } from '../import/counts.js';
import { coverageOf } from '../import/coverage.js';
import { findRepeats } from '../import/repeats.js';
import { columnsOfAll, datasetFields, findDatasets } from '../session/datasets.js';
import { customerList } from '../session/list.js';
import type { Session } from '../session/session.js';
import { mayBeSpelledAlike } from '../session/spelled.js';
import { requireNoPurge } from '../session/unfinished-purge.js';
import { openPool, type Pool } from '../workers/pool.js';
import { ComparedPages } from '../workers/compared-pages.js';
import { type Examined, type ExaminedDataset, hearStore, refuseRepeats, replaceFormer } from './examined.js';
import { keepCheck } from './kept.js';
import type { CheckResult } from './result.js';
import { formerAccounting } from './carried.js';
import { loadConsentLedger } from './consent-ledger.js';
import { sentUnder, setApartHandedOver } from './handed-over.js';
import { accountFor, makePlan } from './plan.js';
import { judgeTables } from './tables.js';
import { markSamePersons } from './twin.js';

export interface CheckInput {
  readonly terms: Terms;
  /** Id of a dataset, or null for the whole customer list. */
  readonly dataset: string | null;
  /** Whether the plan is for everybody who may go, whoever went already. */
  readonly again?: boolean;
  /** Sees the accounting, and how many noes hold their person for want of a time, before anything is kept; what it throws leaves the store as it was. */
  readonly accept?: (accounting: Accounting, undated: number) => void;
  readonly dryRun: boolean;
  /** Whether these are terms in the making, judged for the sake of knowing before anybody signs. A rehearsal only. */
  readonly draft?: boolean;
  /** Other rules than those that were signed, to see what they would change. Only in a rehearsal. */
  readonly policy?: Terms['policy'];
  /** What becomes of events of ledgers that match nobody; else what was decided before. */
  readonly unmatched?: UnmatchedDecision | null;
}

/**
 * Judges every record of the customer list under a deal, finds who is in it more than once, and draws up the plan of what would leave.
 *
 * @throws HandoverError DEAL_ABORTED, DEAL_AMENDED, DATASET_NONE, DEAL_KIND_NO_BUNDLE, POLICY_…
 */
export async function check(
  session: Session,
  input: CheckInput,
  shared: Pool | null = null,
): Promise<CheckResult> {
  const { terms } = input;
  if (input.draft !== true || !input.dryRun) requireDeal(session, terms, 'check');
  if (!input.dryRun) session.requireOperator();
  requireNoPurge(session);
  const datasets = filesToCheck(session, input);
  requireScope(terms, datasets);
  await session.keys();
  const ledger = await loadConsentLedger(
    session,
    terms,
    datasets.map(({ id }) => id),
    input.unmatched ?? null,
  );
  const now = session.now;
  const files: ExaminedDataset[] = [];
  const { progress } = session.runtime;
  const work = datasets.reduce((sum, { bytes }) => sum + bytes, 0);
  const pool = shared ?? openPool(work, 'check');
  progress.start('check', listCounts(session.workspace.read, datasets).records);
  try {
    const judged = {
      terms: input.policy === undefined ? terms : { ...terms, policy: input.policy },
      now,
      ledger,
      judged: datasets.map(({ id }) => id),
    };
    for (const dataset of datasets) files.push(await examine(session, dataset, judged, pool));
    return await conclude(session, input, { files, now, ledger }, pool);
  } finally {
    progress.end();
    for (const { compared } of files) compared.giveUp();
    if (shared === null) await pool.close();
  }
}

interface Judging extends Pick<Examined, 'now' | 'ledger'> {
  readonly terms: Terms;
  /** Ids of all files that are judged together. */
  readonly judged: readonly string[];
}

/** Judges every record of one dataset. */
async function examine(
  session: Session,
  dataset: Dataset,
  { terms, now, ledger, judged }: Judging,
  pool: Pool,
): Promise<ExaminedDataset> {
  const { vault } = await session.keys();
  const { progress, signal } = session.runtime;
  const key = vault.get(dataset.keyId);
  const setup = { dataset: dataset.id, key, columns: datasetFields(dataset), terms, now };
  const compared = new ComparedPages(new Overflow(session.path('exchange'), session.runtime.random));
  const isCompared = mayBeSpelledAlike(session.workspace.read, judged);
  const sieve = new SubjectSieve(importCountsOf(dataset).records);
  for await (const page of pool.map('check', setup, pagesToCheck(session, dataset.id, ledger.index, sieve))) {
    signal.throwIfAborted();
    compared.add(isCompared ? page : withoutSpellings(page));
    progress.advance(page.reasonSets.length);
  }
  const repeats = findRepeats(session.workspace.read, dataset.id, key, sieve);
  return { dataset, pages: compared.pages, compared, repeats };
}

/** Settles who appears more than once and who is with the buyer already, accounts for every row, and keeps the verdicts and the plan. */
export async function conclude(
  session: Session,
  input: CheckInput,
  { files, now, ledger }: Examined,
  pool: Pool,
): Promise<CheckResult> {
  const { terms } = input;
  const { read } = session.workspace;
  const datasets = files.map(({ dataset }) => dataset);
  const scope = requireScope(terms, datasets);
  for (const file of files) {
    refuseRepeats(file);
    hearStore(session, file, now);
  }
  replaceFormer(session, files);
  const changed = input.again === true ? 0 : await setApartHandedOver(session, terms, files, pool);
  const pages = files.flatMap((file) => file.pages);
  await markSamePersons(session, files, ledger);
  for (const { compared } of files) compared.giveUp();
  const tables = await judgeTables(session, terms, files);
  const corrected = changed + tables.again;
  const scan = addScans(files.map(({ compared }) => compared.scan));
  const accounting = accountFor(terms, listCounts(read, datasets), pages, corrected);
  // A plan that does not add up is none.
  if (!isBalanced(accounting)) fail({ code: 'WORKSPACE_DAMAGED', name: 'handover.db' });
  const plan = makePlan(
    terms,
    [...[...files, ...tables.files].map(({ dataset }) => dataset.sha256), ...ledger.files],
    [accounting, ...tables.accounting],
  );
  const result = {
    check: uuidv7(Date.parse(now), session.runtime.random),
    coverage: coverageOf(read, datasets),
    terms,
    accounting,
    tables,
    scope,
    scan,
    consentEvents: ledger.events,
    unmatched: ledger.unmatched,
    undated: ledger.undated,
    planDigest: planDigest(plan),
    approvalsNeeded: terms.approvals,
    former: files.length === 0 ? null : formerAccounting(read, terms.id),
    isAsked: read.campaign.batches(terms.id).length > 0,
    files,
  };
  input.accept?.(accounting, ledger.undated.length);
  if (!input.dryRun) keepCheck(session, result, plan, { files, now, ledger }, input.again === true);
  return result;
}

/**
 * The files whose records are judged. None, where all of them ended after the handover: what is heard then is still to be looked at, because a no
 * of somebody who went has to reach the buyer.
 */
function filesToCheck(session: Session, { dataset, terms }: CheckInput): readonly Dataset[] {
  const { read } = session.workspace;
  const isOver = dataset === null && customerList(read).length === 0 && sentUnder(read, terms.id).length > 0;
  return isOver && read.datasets().some((each) => isLedger(each) && each.state === 'kept')
    ? []
    : findDatasets(session, dataset);
}

/** What leaves and what stays. @throws HandoverError POLICY_… if the deal lets out what may not leave */
function requireScope(terms: Terms, datasets: readonly Dataset[]): ScopeReview {
  const scope = reviewScope(terms, datasets.length === 0 ? undefined : columnsOfAll(datasets));
  const tables = tablesOf(terms).flatMap((table) => reviewScope(termsOfTable(terms, table)).problems);
  const [wrong] = [...scope.problems, ...tables];
  return wrong === undefined ? scope : fail(wrong);
}

function* pagesToCheck(session: Session, dataset: string, ledger: ConsentLedger, sieve: SubjectSieve) {
  for (const { number, sealed, tags } of session.workspace.read.pages(dataset)) {
    sieve.add(tags);
    yield { number, sealed, tags, ledger: ledger.ofPage(tags, dataset) };
  }
}
