// Check: every record is judged under a deal, and a plan drawn up of what would leave. Beside: why, for one person, and who approves the plan.

import { utf8 } from '../../base/bytes.js';
import { type SecretKey, type Sha256, sha256, uuidv7 } from '../../base/crypto.js';
import type { Json } from '../../base/json.js';
import { TAG_BYTES } from '../../base/tagger.js';
import type { Instant } from '../../base/time.js';
import type { Accounting } from '../../bundle/accounting.js';
import { type Plan, planBytes, planDigest } from '../../bundle/plan.js';
import { CELL_END, recordsOf } from '../../dataset/page.js';
import { dealDigest } from '../../deal/signed-deal.js';
import type { Terms } from '../../deal/terms.js';
import { fail } from '../../messages/error.js';
import type { Ledger } from '../../policy/ledger.js';
import { packDigest, packOf } from '../../policy/pack.js';
import { maskOf } from '../../policy/reasons.js';
import { repeatedSubjects, SubjectSieve } from '../../policy/repeats.js';
import { addScans, type ScanCounts, scanFindings } from '../../policy/scan.js';
import { reviewScope, type ScopeReview } from '../../policy/scope.js';
import type { Dataset } from '../../store/rows.js';
import { openPage } from '../../store/sealed-pages.js';
import { importCountsOf } from '../import/counts.js';
import { requireDeal } from '../deal/standing.js';
import { columnsOf, findDataset } from '../session/datasets.js';
import type { House } from '../session/house.js';
import { KnownReasons } from '../session/known.js';
import { requireNoPurge } from '../session/unfinished-purge.js';
import { openPool, type Pool } from '../workers/pool.js';
import type { CheckedPage } from '../workers/stages/check.js';
import { type LoadedLedger, loadLedger } from './ledger.js';
import { accountFor, makePlan } from './plan.js';

export interface CheckInput {
  readonly terms: Terms;
  /** Id of a dataset, or null for the newest of customers. */
  readonly dataset: string | null;
  readonly dryRun: boolean;
}

export interface CheckResult {
  readonly check: string;
  readonly dataset: Dataset;
  readonly terms: Terms;
  readonly accounting: Accounting;
  readonly scope: ScopeReview;
  /** Personal data found in free text, per field and category. */
  readonly scan: ScanCounts;
  readonly ledgerEvents: number;
  readonly planDigest: Sha256;
  readonly approvalsNeeded: number;
}

/** Every page of a dataset, judged: what {@link conclude} draws its conclusions from. */
export interface Examined {
  readonly pages: readonly CheckedPage[];
  /** Fed with the tags of all pages. */
  readonly sieve: SubjectSieve;
  /** When the verdicts hold. */
  readonly now: Instant;
  readonly ledger: LoadedLedger;
}

/**
 * Judges every record of a dataset under a deal, finds who stands in it more than once, and draws up the plan of what would leave.
 *
 * @throws HandoverError DEAL_ABORTED, DEAL_AMENDED, DATASET_NONE, DEAL_KIND_NO_BUNDLE, POLICY_…
 */
export async function check(
  house: House,
  input: CheckInput,
  shared: Pool | null = null,
): Promise<CheckResult> {
  const { terms } = input;
  requireDeal(house, terms, 'check');
  if (!input.dryRun) house.requireOperator();
  requireNoPurge(house);
  const dataset = findDataset(house, input.dataset);
  requireScope(terms, dataset);
  const { vault } = await house.keys();
  const ledger = await loadLedger(house, terms, dataset.id);
  const now = house.now;
  const setup = {
    dataset: dataset.id,
    key: vault.get(dataset.keyId),
    columns: columnsOf(dataset),
    terms,
    now,
  };
  const pages: CheckedPage[] = [];
  const sieve = new SubjectSieve(importCountsOf(dataset).records);
  const { progress, signal } = house.around;
  const pool = shared ?? openPool(dataset.bytes, 'check');
  progress.start('check', importCountsOf(dataset).records);
  try {
    for await (const page of pool.map('check', setup, pagesToCheck(house, dataset.id, ledger.index, sieve))) {
      signal.throwIfAborted();
      pages.push(page);
      progress.advance(page.masks.length);
    }
  } finally {
    progress.end();
    if (shared === null) await pool.close();
  }
  return conclude(house, input, dataset, { pages, sieve, now, ledger });
}

/** Finds repeated subjects, accounts for every row, and keeps the verdicts and the plan. */
export async function conclude(
  house: House,
  input: CheckInput,
  dataset: Dataset,
  { pages, sieve, now, ledger }: Examined,
): Promise<CheckResult> {
  const { terms } = input;
  const scope = requireScope(terms, dataset);
  const { vault } = await house.keys();
  const counts = importCountsOf(dataset);
  refuseRepeats(house, dataset, vault.get(dataset.keyId), pages, sieve);
  hearStore(house, dataset, pages, now);
  const masks = pages.map((page) => page.masks);
  const scan = addScans(pages.map((page) => page.scan));
  const accounting = accountFor(counts, masks);
  const plan = makePlan(terms, [dataset.sha256, ...ledger.files], accounting);
  const result = {
    check: uuidv7(Date.parse(now), house.around.random),
    dataset,
    terms,
    accounting,
    scope,
    scan,
    ledgerEvents: ledger.events,
    planDigest: planDigest(plan),
    approvalsNeeded: terms.approvals,
  };
  if (!input.dryRun) keep(house, result, plan, { pages, now, ledger });
  return result;
}

/** Keeps the verdicts and the plan, with the event. */
function keep(
  house: House,
  { check, dataset, terms, accounting, scan, planDigest: digest }: CheckResult,
  plan: Plan,
  { pages, now, ledger }: Pick<Examined, 'pages' | 'now' | 'ledger'>,
): void {
  const deal = dealDigest(terms);
  house.record(
    {
      action: 'checked',
      objects: { dataset: dataset.id, deal, check, plan: digest },
      details: { accounting: jsonOf(accounting), ledgers: ledger.datasets.length },
    },
    (write) => {
      write.addCheck({
        id: check,
        dataset: dataset.id,
        deal,
        time: now,
        pack: packDigest(packOf(terms)),
        ledgers: [...ledger.datasets],
        counts: {
          accounting: jsonOf(accounting),
          scan: jsonOf(scanFindings(scan)),
          operator: house.around.operator,
          marks: house.workspace.read.subjectMarks().length,
        },
        planDigest: digest,
        plan: planBytes(plan),
      });
      for (const { number, masks } of pages) {
        const bytes = new Uint8Array(masks.buffer, masks.byteOffset, masks.byteLength);
        write.addCheckPage({ check, number, masks: bytes });
      }
    },
  );
}

/** What leaves and what stays. @throws HandoverError POLICY_… if the deal lets out what may not leave */
function requireScope(terms: Terms, dataset: Dataset): ScopeReview {
  const scope = reviewScope(terms, columnsOf(dataset));
  const [wrong] = scope.problems;
  return wrong === undefined ? scope : fail(wrong);
}

function* pagesToCheck(house: House, dataset: string, ledger: Ledger, sieve: SubjectSieve) {
  for (const { number, sealed, tags } of house.workspace.read.pages(dataset)) {
    sieve.add(tags);
    yield { number, sealed, ledger: ledger.ofPage(tags) };
  }
}

const REPEATED = maskOf('SUBJECT_REPEATED');
const DUPLICATE = maskOf('SUBJECT_DUPLICATE');

/**
 * Records of one subject that agree in every cell are one record: the first stands, the others are duplicates. Records that differ are
 * all kept back, because nobody here can know which is right (PIPL-8).
 */
function refuseRepeats(
  house: House,
  dataset: Dataset,
  key: SecretKey,
  pages: readonly CheckedPage[],
  sieve: SubjectSieve,
): void {
  const groups = [...repeatedSubjects(sieve, tagPages(house, dataset.id))];
  if (groups.length === 0) return;
  const starts: number[] = [];
  let start = 0;
  for (const page of pages) {
    starts.push(start);
    start += page.masks.length;
  }
  const wanted = new Set(groups.flat());
  const prints = new Map<number, Sha256>();
  for (const [i, { number, masks }] of pages.entries()) {
    const from = starts[i] ?? 0;
    const positions = Array.from(masks.keys(), (at) => from + at).filter((position) => wanted.has(position));
    if (positions.length === 0) continue;
    const stored =
      house.workspace.read.page(dataset.id, number) ??
      fail({ code: 'WORKSPACE_DAMAGED', name: 'handover.db' });
    const records = recordsOf(openPage(stored.sealed, { dataset: dataset.id, number }, key));
    for (const position of positions) {
      prints.set(position, sha256(utf8((records[position - from] ?? []).join(CELL_END))));
    }
  }
  const add = (position: number, mask: number): void => {
    const i = pageOf(starts, position);
    const page = pages[i]?.masks;
    const at = position - (starts[i] ?? 0);
    if (page !== undefined) page[at] = ((page[at] ?? 0) | mask) >>> 0;
  };
  for (const [first, ...others] of groups) {
    if (first === undefined) continue;
    const same = others.every((other) => prints.get(other) === prints.get(first));
    if (!same) add(first, REPEATED);
    for (const other of others) add(other, same ? DUPLICATE : REPEATED);
  }
}

/** What the store knows and the file does not say: requests to be erased, freezes, erasures. */
function hearStore(house: House, dataset: Dataset, pages: readonly CheckedPage[], now: Instant): void {
  const { read } = house.workspace;
  const known = new KnownReasons(read, dataset, now);
  if (known.isEmpty) return;
  const masksOf = new Map(pages.map(({ number, masks }) => [number, masks]));
  for (const { number, records, tags } of read.pageTags(dataset.id)) {
    const masks = masksOf.get(number) ?? fail({ code: 'WORKSPACE_DAMAGED', name: 'handover.db' });
    for (let i = 0; i < records; i++) masks[i] = ((masks[i] ?? 0) | known.of(tags, i * TAG_BYTES)) >>> 0;
  }
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

function* tagPages(house: House, dataset: string): Generator<Uint8Array> {
  for (const { tags } of house.workspace.read.pageTags(dataset)) yield tags;
}

function jsonOf(value: object): Json {
  const json: Json = JSON.parse(JSON.stringify(value));
  return json;
}
