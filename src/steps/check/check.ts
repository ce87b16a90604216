// Check: every record is judged under a deal, and a plan drawn up of what would leave. Beside: why, for one person, and who approves the plan.

import { type Sha256, uuidv7 } from '../../base/crypto.js';
import type { Json } from '../../base/json.js';
import { TAG_BYTES } from '../../base/tagger.js';
import type { Instant } from '../../base/time.js';
import { type Accounting, isBalanced } from '../../bundle/accounting.js';
import { type Plan, planBytes, planDigest } from '../../bundle/plan.js';
import { dealDigest } from '../../deal/signed-deal.js';
import { tablesOf, termsOfTable } from '../../deal/tables.js';
import type { Terms } from '../../deal/terms.js';
import { fail } from '../../messages/error.js';
import type { ConsentLedger } from '../../policy/consent-ledger.js';
import type { UnmatchedDecision } from '../../policy/near.js';
import type { PageSets } from '../../policy/page-sets.js';
import { policyDigest, policyOf } from '../../policy/pack.js';
import { REPLACED, reasonSet } from '../../policy/reasons.js';
import { SubjectSieve } from '../../policy/repeats.js';
import { withoutSpellings } from '../../policy/examine.js';
import { addScans, type ScanCounts, scanFindings } from '../../policy/scan-counts.js';
import { reviewScope, type ScopeReview } from '../../policy/scope.js';
import { type Dataset, isLedger } from '../../store/dataset-rows.js';
import { Overflow } from '../../store/overflow.js';
import { requireDeal } from '../deal/standing.js';
import { importCountsOf, listCounts } from '../import/counts.js';
import { type Coverage, coverageCounts, coverageOf } from '../import/coverage.js';
import { findRepeats, type RepeatedSubject } from '../import/repeats.js';
import { columnsOfAll, datasetFields, findDatasets } from '../session/datasets.js';
import { KnownReasons } from '../session/known.js';
import { customerList, replacedRecords } from '../session/list.js';
import type { Session } from '../session/session.js';
import { mayBeSpelledAlike } from '../session/spelled.js';
import { requireNoPurge } from '../session/unfinished-purge.js';
import { openPool, type Pool } from '../workers/pool.js';
import { type ComparedPage, ComparedPages } from '../workers/compared-pages.js';
import { release } from '../../base/transfer.js';
import { formerAccounting, wordsOf } from './carried.js';
import { type LoadedConsentLedger, loadConsentLedger, type UndatedNo } from './consent-ledger.js';
import { sentUnder, setApartHandedOver } from './handed-over.js';
import type { JudgedFile } from './judged-records.js';
import { accountFor, makePlan } from './plan.js';
import { type JudgedTables, judgeTables } from './tables.js';
import { markSamePersons } from './twin.js';
import type { Unmatched } from './unmatched.js';

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

export interface CheckResult {
  readonly check: string;
  readonly coverage: Coverage;
  readonly terms: Terms;
  readonly accounting: Accounting;
  /** The tables beside the customer list that leave under the deal. */
  readonly tables: JudgedTables;
  readonly scope: ScopeReview;
  /** Personal data found in free text, per field and category. */
  readonly scan: ScanCounts;
  readonly consentEvents: number;
  /** Events of ledgers that no customer's number names. */
  readonly unmatched: Unmatched;
  /** No's of ledgers whose time cannot be read. */
  readonly undated: readonly UndatedNo[];
  readonly planDigest: Sha256;
  readonly approvalsNeeded: number;
  /** How the last check before this one counted; null for the first. */
  readonly former: Accounting | null;
  /** Whether customers were asked under the deal. */
  readonly isAsked: boolean;
  /** The verdict on every record. */
  readonly files: readonly JudgedFile[];
}

/** Every page of a dataset, judged. */
interface ExaminedDataset {
  readonly dataset: Dataset;
  readonly pages: readonly ComparedPage[];
  /** The same pages, with what their records are compared by. */
  readonly compared: ComparedPages;
  /** Whom the file names more than once. */
  readonly repeats: readonly RepeatedSubject[];
}

/** What {@link conclude} draws its conclusions from. */
export interface Examined {
  /** In the order of the list. */
  readonly files: readonly ExaminedDataset[];
  /** When the verdicts hold. */
  readonly now: Instant;
  readonly ledger: LoadedConsentLedger;
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
  if (!isBalanced(accounting)) damaged();
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
  if (!input.dryRun) keep(session, result, plan, { files, now, ledger }, input.again === true);
  return result;
}

/** Keeps the verdicts and the plan, with the event. */
function keep(
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

const REPEATED = reasonSet('SUBJECT_REPEATED');
const DUPLICATE = reasonSet('SUBJECT_DUPLICATE');

/**
 * Records of one subject that agree in every cell are one record: the first counts, the others are duplicates. Records that differ are
 * all kept back, because nobody here can know which is right (PIPL-8).
 */
function refuseRepeats({ pages, repeats }: ExaminedDataset): void {
  if (repeats.length === 0) return;
  const starts: number[] = [];
  let start = 0;
  for (const page of pages) {
    starts.push(start);
    start += page.reasonSets.length;
  }
  const add = (position: number, mask: number): void => {
    const i = pageOf(starts, position);
    pages[i]?.reasonSets.add(position - (starts[i] ?? 0), mask);
  };
  for (const { positions, same } of repeats) {
    const [first, ...others] = positions;
    if (first === undefined) continue;
    if (!same) add(first, REPEATED);
    for (const other of others) add(other, same ? DUPLICATE : REPEATED);
  }
}

/** What the store knows and the file does not say: requests to be erased, freezes, erasures. */
function hearStore(session: Session, { dataset, pages }: ExaminedDataset, now: Instant): void {
  const { read } = session.workspace;
  const known = new KnownReasons(read, dataset, now);
  if (known.isEmpty) return;
  const setsOf = new Map(pages.map(({ number, reasonSets }) => [number, reasonSets]));
  for (const { number, records, tags } of read.pageTags(dataset.id)) {
    const reasonSets = setsOf.get(number) ?? damaged();
    for (let i = 0; i < records; i++) reasonSets.add(i, known.of(tags, i * TAG_BYTES));
  }
}

/** A record that a later one of the same person replaced has no verdict of its own. */
function replaceFormer(session: Session, files: readonly ExaminedDataset[]): void {
  if (files.length === 1) return;
  const setsOf = new Map(
    files.flatMap(({ dataset, pages }) =>
      pages.map(({ number, reasonSets }) => [`${dataset.id} ${number}`, reasonSets] as const),
    ),
  );
  const datasets = files.map(({ dataset }) => dataset);
  for (const { dataset, number, replaced } of replacedRecords(session.workspace.read, datasets)) {
    if (replaced.length === 0) continue;
    const reasonSets = setsOf.get(`${dataset.id} ${number}`) ?? damaged();
    for (const at of replaced) reasonSets.put(at, REPLACED);
  }
}

function damaged(): never {
  return fail({ code: 'WORKSPACE_DAMAGED', name: 'handover.db' });
}

/** The last page that starts at or before a position. */
function pageOf(starts: readonly number[], position: number): number {
  let low = 0;
  let high = starts.length;
  while (low + 1 < high) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] ?? 0) <= position) low = middle;
    else high = middle;
  }
  return low;
}

function jsonOf(value: object): Json {
  const json: Json = JSON.parse(JSON.stringify(value));
  return json;
}
