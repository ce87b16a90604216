import { tablesIn } from '../../bundle/sums.js';
import { sha256 } from '../../base/crypto.js';
import { dayOf, type Instant } from '../../base/time.js';
import { isBalanced } from '../../bundle/accounting.js';
import { approvalSchema } from '../../bundle/approval.js';
import type { Manifest } from '../../bundle/manifest.js';
import { readPlan } from '../../bundle/plan.js';
import type { Receipt } from '../../bundle/receipt.js';
import { FIELDS, type FieldName } from '../../dataset/fields.js';
import { readDealJson } from '../../deal/signed-deal.js';
import { DEAL_ROLES, fieldsOf, leavingPurposes, type Terms } from '../../deal/terms.js';
import { eachLang } from '../../messages/lang.js';
import { fail } from '../../messages/error.js';
import { findPolicy, ruleOf } from '../../policy/pack.js';
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
import { keptUntil } from '../../retention/kept-records.js';
import type { Reader } from '../../store/reader.js';
import type { StoredBundle } from '../../store/bundle-rows.js';
import type { StoredCheck } from '../../store/check-rows.js';
import type { Dataset } from '../../store/dataset-rows.js';
import type { StoredDeal } from '../../store/deal-rows.js';
import { checksOfDeal } from '../check/carried.js';
import { isValid, type ListProgress, listState } from '../check/progress.js';
import { sinceHandover } from '../check/since-handover.js';
import { handoverEnd } from '../retention/dispositions.js';
import { assessmentUntil } from '../retention/kept-records.js';
import type { Retention } from '../retention/retention.js';
import { manifestOf, overridesOf } from './report-overrides.js';
import { bundlesOfDeal, handedOver, receiptOf, rowsOf } from '../session/handed-over.js';
import type { Session } from '../session/session.js';

/**
 * One deal as the report shows it: terms, the way of the rows, fields, evidence, approvals, what was provided.
 *
 * @param kept the retention calendar
 */
export function reportDeal(session: Session, stored: StoredDeal, kept: Retention): ReportDeal {
  const { read } = session.workspace;
  const terms = readDealJson(stored.bytes);
  const bundles = bundlesOfDeal(read, stored.id);
  const provisions = bundles.map((bundle) => provisionOf(session, bundle));
  const versions = read.versions(stored.id);
  const checks = checkedIn(session, stored);
  const sources = sourcesOf(session, checks, bundles);
  const signed = signedBy(stored);
  const approvals = approvalsOf(session, checks);
  const accounting = sources.at(-1)?.accounting;
  const { state, persons, confirmed } = handedOver(read, bundles);
  const handover = { state, persons, confirmed };
  const aborted = abortedOf(read, stored);
  return {
    id: stored.id,
    sha256: stored.digest,
    version: versions.length,
    former: formerVersions(read, versions, provisions, checks),
    title: terms.title,
    environment: terms.environment,
    kind: terms.kind,
    stage: stageOf(session, {
      signed,
      handover,
      remains: anyLeft(session, bundles, kept),
      aborted: aborted !== null,
      list: listState(read, stored, terms.approvals).progress,
    }),
    seller: terms.seller.name,
    buyer: terms.buyer.name,
    effective: terms.effective,
    signed,
    signed_at: signedAt(read, stored),
    purposes: terms.purposes.map((purpose) => ({ id: purpose.id, ...eachLang((lang) => purpose[lang]) })),
    basis: basisOf(terms),
    overrides: overridesOf(session, [...versions.filter((v) => isUsed(v, provisions)), stored]),
    sources,
    fields: fieldsIn(terms, checks.at(-1) ?? null),
    guardian_missing: accounting?.reasons.ask['GUARDIAN_MISSING'] ?? 0,
    evidence: accounting === undefined ? [] : evidenceOf(accounting),
    notice: { sent: terms.notice.sent, sha256: terms.notice.sha256 },
    assessment: assessmentOf(read, terms, under(stored, provisions)),
    confidentiality: { ...terms.confidentiality },
    approvals_needed: terms.approvals,
    approvals,
    provisions,
    handover,
    keep_until: handoverEnd(read, bundles)?.date ?? null,
    since_handover: sinceOf(session, stored),
    aborted,
  };
}

function sinceOf({ workspace: { info, read } }: Session, stored: StoredDeal): ReportDeal['since_handover'] {
  if (info.role !== 'seller') return null;
  const { gone, unclear, unmatched, isUnheard } = sinceHandover(read, stored);
  return { gone, unclear, unmatched, unheard: isUnheard };
}

function sourcesOf(
  session: Session,
  checks: readonly Checked[],
  bundles: readonly StoredBundle[],
): ReportSource[] {
  if (session.workspace.info.role === 'buyer')
    return bundles.flatMap((bundle) => receivedSource(session, bundle));
  return eachOnce(
    session,
    checks.map((checked) => checkedSource(session, checked, bundles)),
  );
}

function abortedOf(read: Reader, { digest }: StoredDeal): ReportDeal['aborted'] {
  const end = read.dealEnd(digest);
  return end === undefined ? null : { reason: end.reason, time: end.time };
}

function signedBy({ signatures }: StoredDeal): ReportDeal['signed'] {
  return {
    seller: signatures.some((s) => s.role === 'seller'),
    buyer: signatures.some((s) => s.role === 'buyer'),
  };
}

/** By the log of this workspace: the word of the other party on when it signed is not signed. */
function signedAt(read: Reader, { digest }: StoredDeal): ReportDeal['signed_at'] {
  const at: { seller: Instant | null; buyer: Instant | null } = { seller: null, buyer: null };
  for (const { action, objects, details, time } of read.log.events()) {
    if ((action !== 'deal-signed' && action !== 'deal-received') || objects['deal'] !== digest) continue;
    const by = typeof details === 'object' && details !== null ? Reflect.get(details, 'by') : undefined;
    for (const role of DEAL_ROLES) if (by === role) at[role] ??= time;
  }
  return at;
}

function under({ digest }: StoredDeal, provisions: readonly ReportProvision[]): readonly ReportProvision[] {
  return provisions.filter(({ deal }) => deal === digest);
}

function isUsed(version: StoredDeal, provisions: readonly ReportProvision[]): boolean {
  return under(version, provisions).length > 0;
}

/** What bundles were made under before the deal was amended, as it was agreed then. */
function formerVersions(
  read: Reader,
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
        assessment: assessmentOf(read, terms, own),
      },
    ];
  });
}

/** The impact assessment, which has to be older than the first bundle that left. */
function assessmentOf(
  read: Reader,
  { id, assessment }: Terms,
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
    keep_until: assessmentUntil(read, id, assessment),
  };
}

interface Checked {
  /** The files that were judged together. */
  readonly datasets: readonly Dataset[];
  readonly check: StoredCheck;
}

function checkedIn(session: Session, deal: StoredDeal): readonly Checked[] {
  const { read } = session.workspace;
  const datasets = read.datasets();
  return checksOfDeal(read, deal).map((check) => ({
    datasets: datasets.filter(({ id }) => check.datasets.includes(id)),
    check,
  }));
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

type Answered = Pick<Receipt['resources'][number], 'received' | 'stored' | 'present' | 'refused'>;

function answered({ resources }: Receipt): Answered {
  const sum = (key: keyof Answered) => resources[0]?.[key] ?? 0;
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
  const went = handedOver(
    session.workspace.read,
    bundles.filter((bundle) => bundle.check === check.id),
  );
  const files = datasets.map((dataset) => sourceFile(session, dataset, dataset.sha256));
  return {
    counted_by: 'check',
    id: check.id,
    files,
    coverage: coverageAt(check),
    time: check.time,
    bundles: went.bundles.map((bundle) => bundle.id),
    accounting,
    balanced: isBalanced(accounting),
    exported: went.persons,
    received: went.confirmed,
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
  const dataset =
    session.workspace.read.datasets().find((d) => d.kind === 'customers' && d.bundle === bundle.id) ?? null;
  const came = handedOver(session.workspace.read, [bundle]);
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
      exported: came.persons,
      received: came.confirmed,
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
  handed_over: 0,
  corrected: 0,
  reasons: { ask: {}, withhold: {}, reject: {} },
};

/** How many records of a dataset are in its pages still, and how many went since it was stored. */
function remainderOf(session: Session, dataset: Dataset): { readonly purged: number; readonly here: number } {
  let here = 0;
  for (const { records } of session.workspace.read.pageTags(dataset.id)) here += records;
  const stored = dataset.counts[dataset.content === 'cells' ? 'records' : 'received'];
  return { purged: Math.max(0, (typeof stored === 'number' ? stored : here) - here), here };
}

/** What the tables beside the customers add up to, by the signed manifest, and whether the buyer's receipt confirms it. */
function reportedTables(
  manifest: Manifest | null,
  answered: Receipt['resources'],
): Pick<ReportProvision, 'tables'> {
  const tables = manifest === null ? [] : tablesIn(manifest);
  if (tables.length === 0) return {};
  // A receipt is kept only if its sums are those of the manifest.
  const confirmed = (table: string): boolean =>
    answered.some(({ resource, sums }) => resource === table && sums !== undefined);
  return { tables: tables.map((each) => ({ ...each, confirmed: confirmed(each.table) })) };
}

function provisionOf(session: Session, bundle: StoredBundle): ReportProvision {
  const terms = termsOf(session, bundle);
  const manifest = manifestOf(bundle);
  const receipt = receiptOf(session.workspace.read, bundle);
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
    rows: rowsOf(bundle),
    fields: [...new Set((manifest?.resources ?? []).flatMap(({ fields }) => fields.map(({ name }) => name)))],
    ...reportedTables(manifest, receipt?.resources ?? []),
    purposes: leavingPurposes(terms).map((purpose) => purpose.id),
    recipient: terms.buyer.name,
    receipt:
      receipt === null
        ? null
        : {
            sha256: sha256(session.workspace.read.receipt(id)?.bytes ?? new Uint8Array()),
            disposition: receipt.disposition,
            reason: receipt.reason,
            issued: receipt.issued,
            ...answered(receipt),
            retention_until: receipt.retention_until,
          },
    keep_until: keptUntil('provision-record', dayOf(time)),
  };
}

/** The terms under which a bundle was made. */
function termsOf(session: Session, { deal }: StoredBundle): Terms {
  const stored =
    session.workspace.read.deal(deal) ?? fail({ code: 'WORKSPACE_DAMAGED', name: 'handover.db' });
  return readDealJson(stored.bytes);
}

function basisOf(terms: Terms): ReportDeal['basis'] {
  const pack = findPolicy(terms);
  if (pack === undefined) return { consent: 'separate', notice: 'before-consent', laws: [] };
  const { consent, notice, laws } = ruleOf(pack, terms);
  return { consent, notice, laws: [...laws] };
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
function approvalsOf(session: Session, checks: readonly Checked[]): ReportDeal['approvals'] {
  const { read } = session.workspace;
  return checks.flatMap(({ check }) =>
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
          valid: isValid(signed, check),
        },
      ];
    }),
  );
}

interface StageFacts {
  readonly signed: ReportDeal['signed'];
  readonly handover: ReportDeal['handover'];
  /** Whether any of those who were handed over are here still. */
  readonly remains: boolean;
  readonly aborted: boolean;
  readonly list: ListProgress;
}

/** The step before the first bundle, or the one that the handover has reached. */
function stageOf(session: Session, facts: StageFacts): DealProgress {
  const { aborted, handover, remains, signed, list } = facts;
  const { role } = session.workspace.info;
  if (aborted) return 'aborted';
  if (handover.state === 'handed-over')
    return remains ? (role === 'buyer' ? 'holding' : 'handed-over') : 'purged';
  if (handover.state !== 'none') return handover.state;
  if (!signed.seller || !signed.buyer) return 'unsigned';
  return role === 'buyer' ? 'awaiting-bundle' : list;
}

/** Whether any record of those who were handed over is left, by the calendar. */
function anyLeft(session: Session, bundles: readonly StoredBundle[], { parts }: Retention): boolean {
  const { read } = session.workspace;
  const ids = new Set(bundles.map(({ id }) => id));
  const judged = new Set(
    bundles.flatMap(({ check }) => (check === null ? [] : (read.check(check)?.datasets ?? []))),
  );
  return parts.some(
    ({ dataset, share }) =>
      ((share === 'received' || share === 'refused') && ids.has(read.dataset(dataset)?.bundle ?? '')) ||
      (share === 'handed-over' && judged.has(dataset)),
  );
}
