import type { Sha256 } from '../../base/crypto.js';
import {
  approvalDigest,
  checkApprovals,
  readApproval,
  type SignedApproval,
  approve as sign,
} from '../../bundle/approval.js';
import { type Plan, readPlan } from '../../bundle/plan.js';
import { dealDigest } from '../../deal/signed-deal.js';
import type { Terms } from '../../deal/terms.js';
import type { Identity } from '../../identity/identity.js';
import { publicKeyText } from '../../identity/minisign.js';
import { fail } from '../../messages/error.js';
import { reviewScope, type ScopeReview } from '../../policy/scope.js';
import type { StoredCheck } from '../../store/rows.js';
import { requireDeal } from '../deal/standing.js';
import { personalIdentity } from '../session/approver-key.js';
import { columnsOf, findDataset } from '../session/datasets.js';
import type { House } from '../session/house.js';

/** The newest check of the newest customer file under a deal, and whether it still holds. */
export interface StandingPlan {
  readonly check: StoredCheck;
  readonly plan: Plan;
  readonly digest: Sha256;
  /** Who ran the check. */
  readonly checker: string;
}

/**
 * The plan as it stands. A plan is stale once another customer file or consent ledger came in, or a person withdrew, objected or was
 * corrected.
 *
 * @throws HandoverError DEAL_ABORTED, DEAL_AMENDED, PLAN_NONE, PLAN_STALE
 */
export function standingPlan(house: House, terms: Terms): StandingPlan {
  requireDeal(house, terms, 'approve');
  const dataset = findDataset(house, null);
  const check = house.workspace.read.latestCheck(dealDigest(terms), dataset.id);
  if (check === undefined) return fail({ code: 'PLAN_NONE', deal: terms.id });
  const ledgers = house.workspace.read.datasets().filter((d) => d.kind === 'consents' && d.state === 'kept');
  const heard = new Set(check.ledgers);
  if (ledgers.some((ledger) => !heard.has(ledger.id))) fail({ code: 'PLAN_STALE', deal: terms.id });
  const { operator, marks } = check.counts;
  if (house.workspace.read.subjectMarks().length !== (marks ?? 0))
    fail({ code: 'PLAN_STALE', deal: terms.id });
  return {
    check,
    plan: readPlan(check.plan),
    digest: check.planDigest,
    checker: typeof operator === 'string' ? operator : '',
  };
}

export interface ApprovalView {
  readonly terms: Terms;
  readonly plan: Plan;
  readonly digest: Sha256;
  readonly scope: ScopeReview;
  readonly approvers: readonly string[];
  readonly needed: number;
}

/** What would leave the house, for the second person to look at before signing. */
export function viewApproval(house: House, terms: Terms): ApprovalView {
  const { plan, digest, check } = standingPlan(house, terms);
  const dataset = house.workspace.read.dataset(check.dataset) ?? fail({ code: 'DATASET_UNKNOWN' });
  return {
    terms,
    plan,
    digest,
    scope: reviewScope(terms, columnsOf(dataset)),
    approvers: house.workspace.read.approvals(digest).map((approval) => approval.approver),
    needed: terms.approvals,
  };
}

/**
 * Signs the plan as a second person, with a key and a passphrase of that person's own, made at the first approval.
 *
 * @throws HandoverError APPROVAL_SAME_PERSON, APPROVAL_TWICE, KEY_PASSPHRASE
 */
export async function approve(house: House, terms: Terms): Promise<ApprovalView> {
  const { plan, digest, checker } = standingPlan(house, terms);
  const approver = house.around.operator;
  if (approver === checker) fail({ code: 'APPROVAL_SAME_PERSON', person: approver });
  if (house.workspace.read.approvals(digest).some((a) => a.approver === approver)) {
    fail({ code: 'APPROVAL_TWICE', person: approver });
  }
  const identity = await personalIdentity(house, approver);
  const signed = sign(plan, approver, identity.signer, house.now);
  house.record(
    {
      action: 'approved',
      objects: {
        plan: digest,
        approval: approvalDigest(signed),
        key: publicKeyText(identity.signer.publicKey),
      },
      details: {},
    },
    (write) => write.addApproval(digest, signed.bytes, signed.signature, approver),
  );
  return viewApproval(house, terms);
}

/**
 * The approvals of a plan, verified again, enough of them and none by whoever exports.
 *
 * @throws HandoverError APPROVAL_TOO_FEW and the other approval problems
 */
export function requireApprovals(
  house: House,
  terms: Terms,
  plan: Plan,
  digest: Sha256,
  exporter: Identity,
): SignedApproval[] {
  const stored = house.workspace.read.approvals(digest);
  const approvals = stored.map((approval) => readApproval(approval, plan, 'approval.json'));
  if (approvals.some((approval) => approval.approver.name === house.around.operator)) {
    fail({ code: 'APPROVAL_SAME_PERSON', person: house.around.operator });
  }
  checkApprovals(approvals, terms.approvals, publicKeyText(exporter.signer.publicKey));
  return stored.map(({ bytes, signature }) => ({ bytes, signature }));
}
