import { z } from 'zod';
import { utf8 } from '../base/bytes.js';
import { sha256 } from '../base/crypto.js';
import { canonicalJson } from '../base/json.js';
import type { Instant } from '../base/time.js';
import type { Signer } from '../base/signing.js';
import { readSelfSigned, type SignedApproval } from '../bundle/approval.js';
import {
  digestSchema,
  instantSchema,
  jsonOf,
  lineSchema,
  signDocument,
  signingKeySchema,
  uuidSchema,
} from '../bundle/document.js';
import { publicKeyText } from '../identity/minisign.js';
import { fail } from '../messages/error.js';
import { dispositionCountsSchema, planTotals, type PurgePlan, purgePlanDigest } from './purge-plan.js';

export const PURGE_APPROVAL_FORMAT = 'handover.purge-approval/1';

export const purgeApprovalSchema = z.strictObject({
  format: z.literal(PURGE_APPROVAL_FORMAT),
  purge: uuidSchema,
  /** Digest of the plan that is approved. */
  plan: digestSchema,
  /** What the approver was shown, so that the approval can be read without the plan. */
  counts: dispositionCountsSchema,
  /** Whether records are purged whose receipt has not come. */
  override: z.boolean(),
  approver: z.strictObject({ name: lineSchema, signing_key: signingKeySchema }),
  approved: instantSchema,
});

export type PurgeApproval = Readonly<z.infer<typeof purgeApprovalSchema>>;

/** Approves a purge. `name` is the approver's as it is to be in the certificate. */
export function signPurgeApproval(
  plan: PurgePlan,
  name: string,
  signer: Signer,
  now: Instant,
): SignedApproval {
  const approval: PurgeApproval = {
    format: PURGE_APPROVAL_FORMAT,
    purge: plan.purge,
    plan: purgePlanDigest(plan),
    counts: planTotals(plan),
    override: plan.override !== null,
    approver: { name, signing_key: publicKeyText(signer.publicKey) },
    approved: now,
  };
  return signDocument(approval, commentOf(approval), signer);
}

function commentOf(approval: PurgeApproval): string {
  return `${PURGE_APPROVAL_FORMAT} ${approval.plan}`;
}

/**
 * Reads an approval and verifies its signature, by the key that it names. Whose key that is, the party vouches for that signs the
 * certificate which holds it.
 *
 * @param document file name, for problems
 * @throws HandoverError the JSON_, FORMAT_ and SIGNATURE_ codes
 */
export function readPurgeApproval(signed: SignedApproval, document: string): PurgeApproval {
  return readSelfSigned(
    signed,
    { document, format: PURGE_APPROVAL_FORMAT, schema: purgeApprovalSchema },
    commentOf,
  );
}

/** As {@link readPurgeApproval}, of one plan. @throws HandoverError besides, APPROVAL_OTHER_PLAN */
export function readApprovalOf(signed: SignedApproval, plan: PurgePlan, document: string): PurgeApproval {
  const approval = readPurgeApproval(signed, document);
  const same =
    approval.purge === plan.purge &&
    approval.plan === purgePlanDigest(plan) &&
    approval.override === (plan.override !== null) &&
    sha256(utf8(canonicalJson(jsonOf(approval.counts)))) ===
      sha256(utf8(canonicalJson(jsonOf(planTotals(plan)))));
  if (!same) fail({ code: 'APPROVAL_OTHER_PLAN', document });
  return approval;
}
