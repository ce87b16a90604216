import { z } from 'zod';
import { utf8 } from '../base/bytes.js';
import { type Sha256, sha256 } from '../base/crypto.js';
import type { Signer } from '../base/signing.js';
import { canonicalJson } from '../base/json.js';
import type { Instant } from '../base/time.js';
import { publicKeyText, readPublicKeyText } from '../identity/minisign.js';
import { fail } from '../messages/error.js';
import { type Accounting, accountingSchema } from './accounting.js';
import {
  checkSignature,
  dealReferenceSchema,
  type DocumentKind,
  digestSchema,
  instantSchema,
  jsonOf,
  lineSchema,
  readDocument,
  signDocument,
  type SignedDocument,
  signingKeySchema,
} from './document.js';
import { type Plan, planDigest } from './plan.js';

export const APPROVAL_FORMAT = 'handover.approval/1';

/** Of an approval, in bytes. */
const APPROVAL_LIMIT = 64 * 1024;

const countsSchema = accountingSchema.omit({ reasons: true });

export const approvalSchema = z.strictObject({
  format: z.literal(APPROVAL_FORMAT),
  /** Digest of the plan that is approved. */
  plan: digestSchema,
  deal: dealReferenceSchema,
  /** What the approver was shown, so that the approval can be read without the plan. */
  counts: z.array(countsSchema).min(1).max(20),
  approver: z.strictObject({ name: lineSchema, signing_key: signingKeySchema }),
  approved: instantSchema,
});

export type Approval = Readonly<z.infer<typeof approvalSchema>>;

/** An approval with its signature file. */
export type SignedApproval = SignedDocument;

/** Approves a plan. `name` is the approver's as it is to be in the bundle. */
export function signApproval(plan: Plan, name: string, signer: Signer, now: Instant): SignedApproval {
  const approval: Approval = {
    format: APPROVAL_FORMAT,
    plan: planDigest(plan),
    deal: plan.deal,
    counts: countsOf(plan.accounting),
    approver: { name, signing_key: publicKeyText(signer.publicKey) },
    approved: now,
  };
  return signDocument(approval, approvalComment(approval), signer);
}

/** The trusted comment of an approval's signature. */
function approvalComment(approval: Approval): string {
  return `${APPROVAL_FORMAT} ${approval.plan}`;
}

function countsOf(accounting: readonly Accounting[]): Approval['counts'] {
  return accounting.map(({ reasons: _, ...counts }) => counts);
}

/**
 * Reads an approval, of whatever plan, and verifies its signature by the key that it names.
 *
 * @param commentOf the trusted comment that its signature must have
 * @throws HandoverError the JSON_, FORMAT_ and SIGNATURE_ codes
 */
export function readSelfSigned<T extends { readonly approver: { readonly signing_key: string } }>(
  signed: SignedApproval,
  kind: Omit<DocumentKind<T>, 'limit'>,
  commentOf: (approval: T) => string,
): T {
  const { document } = kind;
  const approval = readDocument(signed.bytes, { ...kind, limit: APPROVAL_LIMIT });
  const key = readPublicKeyText(approval.approver.signing_key);
  if (key === null) return fail({ code: 'FORMAT_SHAPE', document, path: 'approver.signing_key' });
  checkSignature(signed, { publicKey: key, comment: commentOf(approval), document });
  return approval;
}

/**
 * Reads one approval of a plan and its signature. The key is the one in the document: the seller vouches for it by signing the manifest
 * that lists the approval.
 *
 * @param document entry or file name, for problems
 * @throws HandoverError the JSON_, FORMAT_ and SIGNATURE_ codes, APPROVAL_OTHER_PLAN
 */
export function readApproval(signed: SignedApproval, plan: Plan, document: string): Approval {
  const approval = readSelfSigned(
    signed,
    { document, format: APPROVAL_FORMAT, schema: approvalSchema },
    approvalComment,
  );
  const samePlan =
    approval.plan === planDigest(plan) &&
    approval.deal.id === plan.deal.id &&
    approval.deal.digest === plan.deal.digest &&
    sha256(utf8(canonicalJson(jsonOf(approval.counts)))) ===
      sha256(utf8(canonicalJson(jsonOf(countsOf(plan.accounting)))));
  if (!samePlan) fail({ code: 'APPROVAL_OTHER_PLAN', document });
  return approval;
}

/**
 * Whether these approvals are enough: as many different persons as the deal asks for, none of them the one who exports.
 *
 * @param exporter public key text of the one who seals the bundle
 * @throws HandoverError APPROVAL_SELF, APPROVAL_REPEATED, APPROVAL_TOO_FEW
 */
export function checkApprovals(
  approvals: readonly Pick<Approval, 'approver'>[],
  needed: number,
  exporter: string,
): void {
  const keys = approvals.map((approval) => approval.approver.signing_key);
  if (keys.includes(exporter)) fail({ code: 'APPROVAL_SELF' });
  if (new Set(keys).size !== keys.length) fail({ code: 'APPROVAL_REPEATED' });
  if (keys.length < needed) fail({ code: 'APPROVAL_TOO_FEW', needed, found: keys.length });
}

/** Digest of an approval: its name in the log. */
export function approvalDigest(signed: SignedApproval): Sha256 {
  return sha256(signed.bytes);
}
