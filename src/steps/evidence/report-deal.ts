import { dayOf, type Instant } from '../../base/time.js';
import { approvalSchema } from '../../bundle/approval.js';
import { readDealJson } from '../../deal/signed-deal.js';
import { DEAL_ROLES, type Terms } from '../../deal/terms.js';
import { eachLang } from '../../messages/lang.js';
import { findPolicy, ruleOf } from '../../policy/pack.js';
import { REASONS } from '../../policy/reasons.js';
import type {
  ReportDeal,
  ReportFormer,
  ReportProvision,
  ReportSource,
  DealProgress,
} from '../../report/audit-report-deal.js';
import type { Reader } from '../../store/reader.js';
import type { StoredBundle } from '../../store/bundle-rows.js';
import type { StoredDeal } from '../../store/deal-rows.js';
import { isValid, type ListProgress, listState } from '../check/progress.js';
import { sinceHandover } from '../check/since-handover.js';
import { handoverEnd } from '../retention/dispositions.js';
import { assessmentUntil } from '../retention/kept-records.js';
import type { Retention } from '../retention/retention.js';
import { overridesOf } from './report-overrides.js';
import { bundlesOfDeal, handedOver } from '../session/handed-over.js';
import type { Session } from '../session/session.js';
import { type Checked, checkedIn, sourcesOf } from './report-sources.js';
import { provisionOf } from './report-provisions.js';
import { fieldsIn } from './report-fields.js';

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

function basisOf(terms: Terms): ReportDeal['basis'] {
  const pack = findPolicy(terms);
  if (pack === undefined) return { consent: 'separate', notice: 'before-consent', laws: [] };
  const { consent, notice, laws } = ruleOf(pack, terms);
  return { consent, notice, laws: [...laws] };
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
