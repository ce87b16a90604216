import { z } from 'zod';
import { readCheckpoint } from '../audit/checkpoint.js';
import type { Brand } from '../base/brand.js';
import { type Sha256, sha256 } from '../base/crypto.js';
import type { Signer } from '../base/signing.js';
import type { Instant } from '../base/time.js';
import type { ClaimedCard } from '../identity/card.js';
import { publicKeyText } from '../identity/minisign.js';
import { fail } from '../messages/error.js';
import { checkDate } from './dates.js';
import {
  checkSignature,
  countSchema,
  dealReferenceSchema,
  digestSchema,
  environmentSchema,
  instantSchema,
  readDocument,
  signDocument,
  signingKeySchema,
  uuidSchema,
} from './document.js';
import { NOTICE_KINDS, type BuyerNotice, type SignedBuyerNotice } from './notice.js';

export const COMPLETION_FORMAT = 'handover.completion/1';

/** The name under which a completion is in problems. */
const DOCUMENT = 'completion.json';

/** Why the buyer kept somebody's records all the same: a case (hold), or a statutory period (freeze). */
export const KEPT_REASONS = ['HOLD', 'FREEZE'] as const;
export type KeptReason = (typeof KEPT_REASONS)[number];

export const completionSchema = z.strictObject({
  format: z.literal(COMPLETION_FORMAT),
  notice: uuidSchema,
  /** SHA-256 of the notice. */
  notice_digest: digestSchema,
  deal: dealReferenceSchema,
  environment: environmentSchema,
  kind: z.enum(NOTICE_KINDS),
  seller: z.strictObject({ card: digestSchema }),
  buyer: z.strictObject({ card: digestSchema, signing_key: signingKeySchema }),
  /** The received bundles in which the persons were looked for. */
  bundles: z.array(uuidSchema).max(1000),
  /** Persons, or records for an abort: for whom it was done, who were not there, who were kept. */
  done: countSchema,
  not_found: countSchema,
  kept: countSchema,
  /** How many were kept for each reason. */
  reasons: z.strictObject({ HOLD: z.int().min(1).optional(), FREEZE: z.int().min(1).optional() }),
  /** The certificate of the purge, where records ended. */
  certificate: z
    .strictObject({ digest: digestSchema, outcome: z.enum(['erased', 'erased-with-limits']) })
    .nullable(),
  issued: instantSchema,
  /** The buyer's log at that time (C2SP tlog-checkpoint). */
  checkpoint: z.string().min(1).max(4096),
});

export type Completion = Readonly<z.infer<typeof completionSchema>>;

/** A completion whose signature, notice and counts have been verified. Only {@link verifyCompletion} makes one. */
export type VerifiedCompletion = Brand<Completion, 'VerifiedCompletion'>;

/** What a completion answers. */
export interface AnsweredNotice {
  readonly notice: BuyerNotice;
  readonly digest: Sha256;
  /** The buyer's card as the seller pinned it. */
  readonly buyer: ClaimedCard;
  /** Our clock. Without it a completion may be issued in the future. */
  readonly now?: Instant;
}

/** What the buyer states; the rest is repeated from the notice. */
export type CompletionFacts = Pick<
  Completion,
  'bundles' | 'done' | 'not_found' | 'kept' | 'reasons' | 'certificate' | 'issued' | 'checkpoint'
>;

/** Signs the answer to a notice. The same facts give the same bytes. */
export function signCompletion(
  { notice, digest: noticeDigest, buyer }: AnsweredNotice,
  facts: CompletionFacts,
  signer: Signer,
): SignedBuyerNotice {
  const completion: Completion = {
    ...facts,
    format: COMPLETION_FORMAT,
    notice: notice.id,
    notice_digest: noticeDigest,
    deal: notice.deal,
    environment: notice.environment,
    kind: notice.kind,
    seller: notice.seller,
    buyer: { card: buyer.digest, signing_key: publicKeyText(signer.publicKey) },
  };
  return signDocument(completion, completionComment(completion), signer);
}

/** The trusted comment of a completion's signature: kind, id of the notice, recipient. */
function completionComment(completion: Completion): string {
  return `${COMPLETION_FORMAT} ${completion.notice} to ${completion.seller.card}`;
}

/** Digest of a completion: its name in the log. */
export function completionDigest(signed: Pick<SignedBuyerNotice, 'bytes'>): Sha256 {
  return sha256(signed.bytes);
}

/**
 * Reads a completion strictly, before its signature is verified: only to find out which notice it claims to answer.
 *
 * @throws HandoverError the JSON_ codes, FORMAT_UNKNOWN, FORMAT_SHAPE
 */
export function readCompletion(bytes: Uint8Array): Completion {
  return readDocument(bytes, {
    document: DOCUMENT,
    format: COMPLETION_FORMAT,
    schema: completionSchema,
    limit: 256 * 1024,
  });
}

/**
 * Verifies a completion against the notice that was sent, in the order of docs/formats.md, "Verifying a completion".
 *
 * @throws HandoverError those of {@link readCompletion}, the SIGNATURE_ codes, COMPLETION_OTHER_NOTICE, COMPLETION_PARTY,
 *   COMPLETION_COUNTS, the CHECKPOINT_ codes, DATE_AHEAD, DATE_BEFORE
 */
export function verifyCompletion(signed: SignedBuyerNotice, sent: AnsweredNotice): VerifiedCompletion {
  const completion = readCompletion(signed.bytes);
  const { notice, buyer } = sent;
  checkSignature(signed, {
    publicKey: buyer.publicKey,
    comment: completionComment(completion),
    document: DOCUMENT,
  });
  const isNotice =
    completion.notice === notice.id &&
    completion.notice_digest === sent.digest &&
    completion.kind === notice.kind &&
    completion.deal.id === notice.deal.id &&
    completion.deal.digest === notice.deal.digest;
  if (!isNotice) fail({ code: 'COMPLETION_OTHER_NOTICE', number: notice.number });
  const sameParties =
    completion.environment === notice.environment &&
    completion.seller.card === notice.seller.card &&
    completion.buyer.card === notice.buyer.card &&
    completion.buyer.card === buyer.digest &&
    completion.buyer.signing_key === publicKeyText(buyer.publicKey);
  if (!sameParties) fail({ code: 'COMPLETION_PARTY', number: notice.number });
  if (!addsUp(completion, notice)) fail({ code: 'COMPLETION_COUNTS', number: notice.number });
  readCheckpoint(completion.checkpoint, { publicKey: buyer.publicKey, document: DOCUMENT });
  checkDate({ document: DOCUMENT, time: completion.issued, now: sent.now, since: notice.issued });
  return completion as VerifiedCompletion;
}

/** Everybody is accounted for, whoever was kept has a reason, and whatever ended has a certificate. */
function addsUp(completion: Completion, notice: BuyerNotice): boolean {
  const { done, not_found: notFound, kept, reasons, certificate } = completion;
  const isWhole =
    notice.kind === 'abort' ? notFound === 0 : done + notFound + kept === notice.subjects.length;
  const explained = (reasons.HOLD ?? 0) + (reasons.FREEZE ?? 0) === kept;
  // A withdrawal from one purpose of several, and a correction, end no record.
  const mayEnd = notice.kind !== 'correction';
  const mustEnd = mayEnd && notice.purpose === null && done > 0;
  const certified = certificate === null ? !mustEnd : mayEnd && done > 0;
  return isWhole && explained && certified;
}
