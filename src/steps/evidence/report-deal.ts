import { sha256 } from '../../base/crypto.js';
import { type CalendarDate, dayOf } from '../../base/time.js';
import { isBalanced } from '../../bundle/accounting.js';
import { approvalSchema, readApproval } from '../../bundle/approval.js';
import { type Manifest, readManifest } from '../../bundle/manifest.js';
import { readPlan } from '../../bundle/plan.js';
import { type Receipt, readReceipt, receiptDigest } from '../../bundle/receipt.js';
import { FIELDS, type FieldName } from '../../dataset/fields.js';
import { readDealJson } from '../../deal/signed-deal.js';
import { fieldsOf, leavingPurposes, type Terms } from '../../deal/terms.js';
import { OPINION_KINDS } from '../../messages/deal-kinds.js';
import { fail, HandoverError } from '../../messages/error.js';
import { findEvidencePack, ruleOf } from '../../policy/pack.js';
import { REASONS } from '../../policy/reasons.js';
import { reviewScope } from '../../policy/scope.js';
import {
  type ReportDeal,
  type ReportField,
  type ReportFormer,
  type ReportProvision,
  type ReportSource,
  type DealProgress,
  sourceSchema,
} from '../../report/audit-report.js';
import { readPurgePlan } from '../../retention/purge-plan.js';
import { evidenceEnd } from '../../retention/schedule.js';
import type { Dataset, DealEnd, StoredBundle, StoredCheck, StoredDeal } from '../../store/rows.js';
import type { Session } from '../session/session.js';

/** One deal as the report shows it: terms, the way of the rows, fields, evidence, approvals, what was provided. */
export function reportDeal(session: Session, stored: StoredDeal): ReportDeal {
  const { info, read } = session.workspace;
  const terms = readDealJson(stored.bytes);
  const bundles = bundlesOf(session, stored.id);
  const provisions = bundles.map((bundle) => provisionOf(session, bundle));
  const versions = read.versions(stored.id);
  const checks = checksOf(session, stored);
  const sources =
    info.role === 'seller'
      ? eachOnce(
          session,
          shownChecks(session, checks, bundles).map((seen) => checkedSource(session, seen, bundles)),
        )
      : bundles.flatMap((bundle) => receivedSource(session, bundle));
  const signed = signedBy(stored);
  // What was checked and approved under a former version approves nothing under this one.
  const newest = checks.filter(({ check }) => check.deal === stored.digest).at(-1)?.check ?? null;
  const approvals = approvalsOf(session, checks, bundles);
  const given = approvals.filter((a) => a.plan === newest?.planDigest && a.valid).length;
  const accounting = sources.at(-1)?.accounting;
  const aborted = abortOf(read.dealEnd(stored.digest));
  return {
    id: stored.id,
    sha256: stored.digest,
    version: versions.length,
    former: formerVersions(versions, provisions, checks),
    title: terms.title,
    environment: terms.environment,
    kind: terms.kind,
    stage: stageOf(session, {
      signed,
      sources,
      provisions,
      aborted: aborted !== null,
      approvalsMissing: newest !== null && given < terms.approvals,
    }),
    seller: terms.seller.name,
    buyer: terms.buyer.name,
    effective: terms.effective,
    signed,
    basis: basisOf(terms),
    overrides: overridesOf(session, [...versions.filter((v) => isUsed(v, provisions)), stored]),
    sources,
    fields: fieldsIn(terms, checks.at(-1) ?? null),
    guardian_missing: accounting?.reasons.ask['GUARDIAN_MISSING'] ?? 0,
    evidence: accounting === undefined ? [] : evidenceOf(accounting),
    notice: { sent: terms.notice.sent, sha256: terms.notice.sha256 },
    assessment: assessmentOf(terms, under(stored, provisions)),
    confidentiality: { ...terms.confidentiality },
    approvals_needed: terms.approvals,
    approvals,
    provisions,
    aborted,
  };
}

function abortOf(end: DealEnd | undefined): ReportDeal['aborted'] {
  return end === undefined ? null : { reason: end.reason, time: end.time };
}

function signedBy({ signatures }: StoredDeal): ReportDeal['signed'] {
  return {
    seller: signatures.some((s) => s.role === 'seller'),
    buyer: signatures.some((s) => s.role === 'buyer'),
  };
}

function under({ digest }: StoredDeal, provisions: readonly ReportProvision[]): readonly ReportProvision[] {
  return provisions.filter(({ deal }) => deal === digest);
}

function isUsed(version: StoredDeal, provisions: readonly ReportProvision[]): boolean {
  return under(version, provisions).length > 0;
}

/** What bundles were made under before the deal was amended, as it was agreed then. */
function formerVersions(
  versions: readonly StoredDeal[],
  provisions: readonly ReportProvision[],
  checks: readonly Checked[],
): ReportFormer[] {
  return versions.slice(0, -1).flatMap((version, i) => {
    const own = under(version, provisions);
    if (own.length === 0) return [];
    const terms = readDealJson(version.bytes);
    const { title, kind, effective, notice } = terms;
    return [
      {
        sha256: version.digest,
        version: i + 1,
        title,
        kind,
        effective,
        bundles: own.map(({ number }) => number),
        fields: fieldsIn(terms, checks.filter(({ check }) => check.deal === version.digest).at(-1) ?? null),
        notice: { sent: notice.sent, sha256: notice.sha256 },
        assessment: assessmentOf(terms, own),
      },
    ];
  });
}

/** The impact assessment, which has to be older than the first bundle that left. */
function assessmentOf(
  { assessment }: Terms,
  provisions: readonly ReportProvision[],
): ReportDeal['assessment'] {
  const first = provisions
    .filter(({ state }) => state !== 'began')
    .map(({ time }) => dayOf(time))
    .sort()
    .at(0);
  return {
    title: assessment.title,
    date: assessment.date,
    sha256: assessment.sha256,
    before_handover: first === undefined ? null : assessment.date <= first,
    keep_until: evidenceEnd(later(assessment.date, first)).date,
  };
}

function later(a: CalendarDate, b: CalendarDate | undefined): CalendarDate {
  return b === undefined || a > b ? a : b;
}

/** Bundles of every wording of a deal, without those that were given up before anybody had them. */
export function bundlesOf(session: Session, deal: string): readonly StoredBundle[] {
  const { read } = session.workspace;
  return read
    .bundles()
    .filter((bundle) => bundle.state !== 'abandoned' && read.deal(bundle.deal)?.id === deal);
}

interface Checked {
  /** The files that were judged together. */
  readonly datasets: readonly Dataset[];
  readonly check: StoredCheck;
}

/** Every check under any wording of the deal, in the order in which they were made. */
function checksOf(session: Session, deal: StoredDeal): readonly Checked[] {
  const { read } = session.workspace;
  const datasets = read.datasets();
  return read
    .checks()
    .map((check) => ({ datasets: datasets.filter(({ id }) => check.datasets.includes(id)), check }))
    .filter(({ check }) => read.deal(check.deal)?.id === deal.id)
    .sort((a, b) => (a.check.time < b.check.time ? -1 : a.check.time > b.check.time ? 1 : 0));
}

/**
 * The checks that a bundle carried out, and the newest one: unless its file was handed over and purged since, of which it says what is
 * left, and no longer what the handover was.
 */
function shownChecks(
  session: Session,
  checks: readonly Checked[],
  bundles: readonly StoredBundle[],
): readonly Checked[] {
  const carried = new Set(bundles.map((bundle) => checkIdOf(bundle, checks)));
  const done = checks.filter(({ check }) => carried.has(check.id));
  const newest = checks.at(-1);
  if (newest === undefined || done.includes(newest)) return done;
  const isOver =
    done.some(({ check }) => newest.check.datasets.every((id) => check.datasets.includes(id))) &&
    newest.datasets.some((dataset) => remainderOf(session, dataset).purged > 0);
  return isOver ? done : [...done, newest];
}

/** What is purged of a file, and what is here, is told with its last check, so that nobody is counted twice. */
function eachOnce(session: Session, sources: readonly ReportSource[]): ReportSource[] {
  return sources.map((source, i) => {
    const later = sources.slice(i + 1).flatMap(({ files }) => files.map(({ dataset }) => dataset));
    const told = source.files.map((file) => (later.includes(file.dataset) ? { ...file, here: 0 } : file));
    const last = source.files.filter(({ dataset }) => !later.includes(dataset));
    return { ...source, files: told, ...remainderOfAll(session, last) };
  });
}

function remainderOfAll(
  session: Session,
  files: ReportSource['files'],
): Pick<ReportSource, 'purged' | 'here'> {
  const total = { purged: 0, here: 0 };
  for (const { dataset: id } of files) {
    const dataset = id === null ? undefined : session.workspace.read.dataset(id);
    if (dataset === undefined) continue;
    const { purged, here } = remainderOf(session, dataset);
    total.purged += purged;
    total.here += here;
  }
  return total;
}

/** The check that a bundle carried out: the one it names, or in workspaces of before, the newest of the same plan. */
function checkIdOf(bundle: StoredBundle, checks: readonly Checked[]): string | null {
  if (bundle.check !== null) return bundle.check;
  const manifest = manifestOf(bundle);
  return checks.filter(({ check }) => check.planDigest === manifest?.plan).at(-1)?.check.id ?? null;
}

/** Null while the bundle is being written. */
export function manifestOf(bundle: StoredBundle): Manifest | null {
  return bundle.manifest.length === 0 ? null : readManifest(bundle.manifest);
}

function rowsOf(manifest: Manifest | null): number {
  return (manifest?.resources ?? []).reduce((sum, { rows }) => sum + rows, 0);
}

function receiptOf(
  session: Session,
  bundle: string,
): { readonly receipt: Receipt; readonly digest: string } | null {
  const kept = session.workspace.read.receipt(bundle);
  return kept === undefined ? null : { receipt: readReceipt(kept.bytes), digest: receiptDigest(kept) };
}

type Answered = Pick<Receipt['resources'][number], 'received' | 'stored' | 'present' | 'refused'>;

function answered({ resources }: Receipt): Answered {
  const sum = (key: keyof Answered) => resources.reduce((n, resource) => n + resource[key], 0);
  return {
    received: sum('received'),
    stored: sum('stored'),
    present: sum('present'),
    refused: sum('refused'),
  };
}

function checkedSource(session: Session, checked: Checked, bundles: readonly StoredBundle[]): ReportSource {
  const { datasets, check } = checked;
  const accounting = readPlan(check.plan).accounting[0] ?? EMPTY;
  const own = bundles.filter((b) => b.state !== 'began' && checkIdOf(b, [checked]) === check.id);
  const files = datasets.map((dataset) => sourceFile(session, dataset, dataset.sha256));
  const receipts = own.map((bundle) => receiptOf(session, bundle.id)?.receipt ?? null);
  const accepted = receipts.filter((receipt) => receipt !== null && receipt.disposition !== 'refused');
  return {
    counted_by: 'check',
    id: check.id,
    files,
    coverage: coverageAt(check),
    time: check.time,
    bundles: own.map((bundle) => bundle.id),
    accounting,
    balanced: isBalanced(accounting),
    exported: own.reduce((sum, bundle) => sum + rowsOf(manifestOf(bundle)), 0),
    received:
      receipts.every((receipt) => receipt === null) || own.length === 0
        ? null
        : accepted.reduce((sum, receipt) => sum + (receipt === null ? 0 : answered(receipt).received), 0),
    ...remainderOfAll(session, files),
  };
}

function sourceFile(
  session: Session,
  dataset: Dataset,
  sha256: Dataset['sha256'] | null,
): ReportSource['files'][number] {
  return { dataset: dataset.id, sha256, here: remainderOf(session, dataset).here };
}

/** What a check covered when it was made. */
function coverageAt({ counts }: StoredCheck): ReportSource['coverage'] {
  const read = sourceSchema.shape.coverage.safeParse(counts['coverage']);
  return read.success ? read.data : null;
}

function receivedSource(session: Session, bundle: StoredBundle): readonly ReportSource[] {
  const manifest = manifestOf(bundle);
  if (manifest === null) return [];
  const dataset = session.workspace.read.datasets().find((d) => d.bundle === bundle.id) ?? null;
  const receipt = receiptOf(session, bundle.id)?.receipt;
  const accounting = manifest.accounting[0] ?? EMPTY;
  const file = bundle.sha256 === '' ? null : bundle.sha256;
  return [
    {
      counted_by: 'manifest',
      id: bundle.id,
      files:
        dataset === null ? [{ dataset: null, sha256: file, here: 0 }] : [sourceFile(session, dataset, file)],
      coverage: null,
      time: bundle.time,
      bundles: [bundle.id],
      accounting,
      balanced: isBalanced(accounting),
      exported: rowsOf(manifest),
      received:
        receipt === undefined || receipt.disposition === 'refused' ? null : answered(receipt).received,
      ...(dataset === null ? { purged: 0, here: 0 } : remainderOf(session, dataset)),
    },
  ];
}

const EMPTY: ReportSource['accounting'] = {
  resource: 'customers',
  read: 0,
  transfer: 0,
  ask: 0,
  withhold: 0,
  reject: 0,
  blank: 0,
  replaced: 0,
  reasons: { ask: {}, withhold: {}, reject: {} },
};

/** How many records of a dataset are in its pages still, and how many went since it was stored. */
function remainderOf(session: Session, dataset: Dataset): { readonly purged: number; readonly here: number } {
  let here = 0;
  for (const { records } of session.workspace.read.pageTags(dataset.id)) here += records;
  const stored = dataset.counts[dataset.content === 'cells' ? 'records' : 'received'];
  return { purged: Math.max(0, (typeof stored === 'number' ? stored : here) - here), here };
}

function provisionOf(session: Session, bundle: StoredBundle): ReportProvision {
  const terms = termsOf(session, bundle);
  const manifest = manifestOf(bundle);
  const answer = receiptOf(session, bundle.id);
  const { id, number, direction, state, time } = bundle;
  return {
    bundle: id,
    deal: bundle.deal,
    number,
    direction,
    // Bundles that were abandoned are no provision and were left out.
    state: state === 'abandoned' ? 'began' : state,
    time,
    manifest: manifest === null ? null : bundle.manifestDigest,
    file_sha256: bundle.sha256 === '' ? null : bundle.sha256,
    rows: rowsOf(manifest),
    fields: (manifest?.resources ?? []).flatMap((resource) => resource.fields.map((field) => field.name)),
    purposes: leavingPurposes(terms).map((purpose) => purpose.id),
    recipient: terms.buyer.name,
    receipt:
      answer === null
        ? null
        : {
            sha256: sha256(session.workspace.read.receipt(id)?.bytes ?? new Uint8Array()),
            disposition: answer.receipt.disposition,
            reason: answer.receipt.reason,
            issued: answer.receipt.issued,
            ...answered(answer.receipt),
            retention_until: answer.receipt.retention_until,
          },
    keep_until: evidenceEnd(dayOf(time)).date,
  };
}

/** The terms under which a bundle was made. */
function termsOf(session: Session, { deal }: StoredBundle): Terms {
  const stored =
    session.workspace.read.deal(deal) ?? fail({ code: 'WORKSPACE_DAMAGED', name: 'handover.db' });
  return readDealJson(stored.bytes);
}

function basisOf(terms: Terms): ReportDeal['basis'] {
  const pack = findEvidencePack(terms);
  if (pack === undefined) return { consent: 'separate', notice: 'before-consent', laws: [] };
  const { consent, notice, laws } = ruleOf(pack, terms);
  return { consent, notice, laws: [...laws] };
}

/** Counsel's opinions by which consent was not asked for, each once. */
function opinionsOf(versions: readonly StoredDeal[]): ReportDeal['overrides'] {
  const opinions = new Map(
    versions.flatMap(({ bytes }) => {
      const { opinion, kind } = readDealJson(bytes);
      return opinion === undefined || !OPINION_KINDS.includes(kind)
        ? []
        : [[opinion.sha256, opinion] as const];
    }),
  );
  return [...opinions.values()].map(({ date, sha256, author }) => ({
    kind: 'opinion' as const,
    date,
    sha256,
    person: author,
    records: null,
  }));
}

/** What was decided by a person against the strict way, and has to stand on page one. */
function overridesOf(session: Session, versions: readonly StoredDeal[]): ReportDeal['overrides'] {
  const { read } = session.workspace;
  return [
    ...opinionsOf(versions),
    ...read
      .purges()
      .filter(({ state }) => state !== 'void')
      .flatMap(({ plan: bytes, planDigest }) => {
        const { override, deals, created, planner } = readPurgePlan(bytes);
        if (override === null || !deals.some(({ id }) => id === versions[0]?.id)) return [];
        return [
          {
            kind: 'purge-without-receipt' as const,
            date: dayOf(created),
            sha256: planDigest,
            person: planner,
            records: override.records,
          },
        ];
      }),
  ];
}

function fieldsIn(terms: Terms, checked: Checked | null): ReportField[] {
  const columns =
    checked === null
      ? undefined
      : FIELDS.map((f) => f.name).filter((n) => checked.datasets.some(({ columns }) => columns.includes(n)));
  const agreed = new Map(fieldsOf(terms).map((field) => [field.name, field]));
  const found = scanOf(checked);
  return reviewScope(terms, columns).rows.map((row) => ({
    field: row.field,
    class: row.class,
    tier: row.tier,
    leaves: row.leaves,
    action: row.action,
    why: row.why,
    purpose: row.purpose,
    necessity: agreed.get(row.field)?.necessity ?? null,
    found: found
      .filter(({ field }) => field === row.field)
      .map(({ category, records }) => ({ category, records })),
  }));
}

interface Scanned {
  readonly field: FieldName | string;
  readonly category: string;
  readonly records: number;
}

/** What the scan of free text counted when the file was checked. */
function scanOf(checked: Checked | null): readonly Scanned[] {
  const counted = checked?.check.counts['scan'];
  if (!Array.isArray(counted)) return [];
  return counted.flatMap((item: unknown) => (isScanned(item) ? [item] : []));
}

function isScanned(item: unknown): item is Scanned {
  return (
    typeof item === 'object' &&
    item !== null &&
    'field' in item &&
    typeof item.field === 'string' &&
    'category' in item &&
    typeof item.category === 'string' &&
    'records' in item &&
    typeof item.records === 'number'
  );
}

/** How good the evidence is: each reason for which a customer was not simply handed over. */
function evidenceOf(accounting: ReportSource['accounting']): ReportDeal['evidence'] {
  return (['ask', 'withhold'] as const).flatMap((verdict) =>
    Object.entries(accounting.reasons[verdict])
      .sort(([, a], [, b]) => b - a)
      .map(([code, records]) => ({
        code,
        verdict,
        records,
        laws: [...(REASONS.find((reason) => reason.code === code)?.laws ?? [])],
      })),
  );
}

/** Approvals of the plans that were carried out, and of the newest. */
function approvalsOf(
  session: Session,
  checks: readonly Checked[],
  bundles: readonly StoredBundle[],
): ReportDeal['approvals'] {
  const { read } = session.workspace;
  return shownChecks(session, checks, bundles).flatMap(({ check }) =>
    read.approvals(check.planDigest).flatMap((signed) => {
      const parsed = approvalSchema.safeParse(JSON.parse(Buffer.from(signed.bytes).toString('utf8')));
      if (!parsed.success) return [];
      const { approver, approved } = parsed.data;
      return [
        {
          plan: check.planDigest,
          name: approver.name,
          signing_key: approver.signing_key,
          approved,
          valid: isApproval(signed, check.plan),
        },
      ];
    }),
  );
}

function isApproval(
  signed: { readonly bytes: Uint8Array; readonly signature: string },
  plan: Uint8Array,
): boolean {
  try {
    readApproval(signed, readPlan(plan), 'approval.json');
    return true;
  } catch (error) {
    if (error instanceof HandoverError) return false;
    throw error;
  }
}

interface StageFacts {
  readonly signed: ReportDeal['signed'];
  readonly sources: readonly ReportSource[];
  readonly provisions: readonly ReportProvision[];
  readonly aborted: boolean;
  readonly approvalsMissing: boolean;
}

function stageOf(
  session: Session,
  { signed, sources, provisions, aborted, approvalsMissing }: StageFacts,
): DealProgress {
  const { info, read } = session.workspace;
  if (aborted) return 'aborted';
  const last = provisions.filter(({ state }) => state !== 'began').at(-1);
  const gone = sources.some(({ purged }) => purged > 0) && sources.every(({ here }) => here === 0);
  if (last?.state === 'received') return gone ? 'purged' : 'holding';
  if (last?.state === 'accepted') {
    // The seller keeps those who did not go; the deal is over for it when those who went are purged.
    const sent = sources.filter(({ received }) => received !== null && received > 0);
    const ended = sent.every(({ files }) => {
      const same = sources.filter((source) =>
        source.files.some(({ dataset }) => files.some((file) => file.dataset === dataset)),
      );
      const sum = (of: (source: ReportSource) => number) => same.reduce((total, each) => total + of(each), 0);
      return sum(({ purged }) => purged) >= sum(({ received }) => received ?? 0);
    });
    return gone || (sent.length > 0 && ended) ? 'purged' : 'handed-over';
  }
  if (last?.state === 'refused') return 'refused';
  if (last?.state === 'exported') return 'sent';
  if (!signed.seller || !signed.buyer) return 'unsigned';
  if (info.role === 'buyer') return 'awaiting-bundle';
  const hasData = read.datasets().some((d) => d.kind === 'customers' && d.content === 'cells');
  if (!hasData) return 'no-data';
  if (sources.length === 0) return 'unchecked';
  return approvalsMissing ? 'unapproved' : 'ready';
}
