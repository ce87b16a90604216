import type { Sha256 } from '../../base/crypto.js';
import {
  checkApprovals,
  readApproval,
  type SignedApproval,
  signApproval as sign,
} from '../../bundle/approval.js';
import { type Plan, readPlan } from '../../bundle/plan.js';
import { dealDigest } from '../../deal/signed-deal.js';
import type { Terms } from '../../deal/terms.js';
import type { Identity } from '../../identity/identity.js';
import { publicKeyText } from '../../identity/minisign.js';
import { fail } from '../../messages/error.js';
import { tablesOf } from '../../deal/tables.js';
import { currentTable, judgedTables } from '../session/tables.js';
import { reviewScope, type ScopeReview } from '../../policy/scope.js';
import type { StoredCheck } from '../../store/check-rows.js';
import type { Dataset } from '../../store/dataset-rows.js';
import { requireDeal } from '../deal/standing.js';
import { type Coverage, coverageOf } from '../import/coverage.js';
import { personalIdentity, recordApproval } from '../session/approver-key.js';
import type { Unmatched } from './unmatched.js';
import { columnsOfAll, findDatasets } from '../session/datasets.js';
import type { Session } from '../session/session.js';
import { isOutdated } from './carried.js';

/** The newest check of the customer list under a deal, and whether it still holds. */
export interface StandingPlan {
  readonly check: StoredCheck;
  readonly plan: Plan;
  readonly digest: Sha256;
  /** Who ran the check. */
  readonly checker: string;
}

/**
 * The plan in its present state. It is stale once another customer file or consent ledger came in, or a person withdrew, objected or was
 * corrected.
 *
 * @throws HandoverError DEAL_ABORTED, DEAL_AMENDED, PLAN_NONE, PLAN_STALE
 */
export function standingPlan(session: Session, terms: Terms): StandingPlan {
  requireDeal(session, terms, 'approve');
  const { read } = session.workspace;
  const list = findDatasets(session, null).map(({ id }) => id);
  const check = read.latestCheck(dealDigest(terms), list);
  if (check === undefined) {
    const isOld = read.checks().some(({ deal }) => deal === dealDigest(terms));
    return fail({ code: isOld ? 'PLAN_STALE' : 'PLAN_NONE', deal: terms.id });
  }
  const tables = tablesOf(terms).flatMap((table) => currentTable(read, table).map(({ id }) => id));
  const isOther = tables.join() !== judgedTables(check).join();
  if (isOther || isOutdated(read, check)) fail({ code: 'PLAN_STALE', deal: terms.id });
  const { operator } = check.counts;
  return {
    check,
    plan: readPlan(check.plan),
    digest: check.planDigest,
    checker: typeof operator === 'string' ? operator : '',
  };
}

/** A no that nobody knows whose it is stops the handover until somebody decides. @throws HandoverError NOES_UNREAD, LEDGER_UNMATCHED */
export function requireMatched(
  {
    noes,
    decision,
    unread,
  }: Pick<Unmatched, 'noes' | 'decision'> & { readonly unread: { readonly rows: number } },
  terms: Terms,
): void {
  if (unread.rows > 0 && decision === null) fail({ code: 'NOES_UNREAD', noes: unread.rows, deal: terms.id });
  if (noes > 0 && decision === null) fail({ code: 'LEDGER_UNMATCHED', noes, deal: terms.id });
}

/** The customer files that a check judged, in order. @throws HandoverError DATASET_UNKNOWN */
export function judgedDatasets(session: Session, { datasets }: StoredCheck): readonly Dataset[] {
  return datasets.map((id) => session.workspace.read.dataset(id) ?? fail({ code: 'DATASET_UNKNOWN' }));
}

export interface ApprovalView {
  readonly terms: Terms;
  readonly plan: Plan;
  readonly digest: Sha256;
  readonly coverage: Coverage;
  readonly scope: ScopeReview;
  readonly approvers: readonly string[];
  readonly needed: number;
}

/** What would leave the house, for the second person to look at before signing. */
export function viewApproval(session: Session, terms: Terms): ApprovalView {
  const { plan, digest, check } = standingPlan(session, terms);
  const datasets = judgedDatasets(session, check);
  return {
    terms,
    plan,
    digest,
    coverage: coverageOf(session.workspace.read, datasets),
    scope: reviewScope(terms, columnsOfAll(datasets)),
    approvers: session.workspace.read.approvals(digest).map((approval) => approval.approver),
    needed: terms.approvals,
  };
}

/** That whoever sits there may approve: to be known before anything is read and asked. @throws HandoverError APPROVAL_SAME_PERSON, APPROVAL_TWICE */
export function requireSecondPerson(session: Session, terms: Terms): StandingPlan {
  const standing = standingPlan(session, terms);
  const approver = session.runtime.operator;
  if (approver === standing.checker) fail({ code: 'APPROVAL_SAME_PERSON', person: approver });
  if (session.workspace.read.approvals(standing.digest).some((a) => a.approver === approver)) {
    fail({ code: 'APPROVAL_TWICE', person: approver });
  }
  return standing;
}

/**
 * Signs the plan as a second person, with a key and a passphrase of that person's own, made at the first approval.
 *
 * @throws HandoverError APPROVAL_SAME_PERSON, APPROVAL_TWICE, KEY_PASSPHRASE
 */
export async function approve(session: Session, terms: Terms): Promise<ApprovalView> {
  const { plan, digest } = requireSecondPerson(session, terms);
  const approver = session.runtime.operator;
  const identity = await personalIdentity(session, approver);
  const signed = sign(plan, approver, identity.signer, session.now);
  recordApproval(session, { plan: digest }, signed, identity);
  return viewApproval(session, terms);
}

/**
 * The approvals of a plan, verified again, enough of them and none by whoever exports.
 *
 * @throws HandoverError APPROVAL_TOO_FEW and the other approval problems
 */
export function requireApprovals(
  session: Session,
  terms: Terms,
  plan: Plan,
  digest: Sha256,
  exporter: Identity,
): SignedApproval[] {
  const stored = session.workspace.read.approvals(digest);
  const approvals = stored.map((approval) => readApproval(approval, plan, 'approval.json'));
  if (approvals.some((approval) => approval.approver.name === session.runtime.operator)) {
    fail({ code: 'APPROVAL_SAME_PERSON', person: session.runtime.operator });
  }
  checkApprovals(approvals, terms.approvals, publicKeyText(exporter.signer.publicKey));
  return stored.map(({ bytes, signature }) => ({ bytes, signature }));
}
