import { type Sums, sumsSchema } from './accounting.js';
import { canonicalJson } from '../base/json.js';
import { z } from 'zod';
import { readCheckpoint } from '../audit/checkpoint.js';
import type { Brand } from '../base/brand.js';
import { utf8 } from '../base/bytes.js';
import { type Sha256, sha256 } from '../base/crypto.js';
import type { Signer } from '../base/signing.js';
import type { Instant } from '../base/time.js';
import { readPublicKeyText } from '../identity/minisign.js';
import { fail } from '../messages/error.js';
import { checkDate } from './dates.js';
import {
  calendarDateSchema,
  checkSignature,
  codeSchema,
  countSchema,
  dealReferenceSchema,
  digestSchema,
  environmentSchema,
  instantSchema,
  readDocument,
  signDocument,
  type SignedDocument,
  signingKeySchema,
  slugSchema,
  uuidSchema,
} from './document.js';
import { CHECKPOINT } from './entry-names.js';
import type { Manifest } from './manifest.js';

export const RECEIPT_FORMAT = 'handover.receipt/1';

/** The name under which a receipt is in problems. */
const DOCUMENT = 'receipt.json';

export const RECEIPT_DECISIONS = ['accepted', 'accepted-with-exceptions', 'refused'] as const;
export type ReceiptDecision = (typeof RECEIPT_DECISIONS)[number];

const resourceSchema = z.strictObject({
  resource: slugSchema,
  /** As the buyer computed them from the rows that it opened. */
  root: digestSchema,
  tag_root: digestSchema,
  /** Rows in the bundle; each was stored, was present already, or was refused. */
  received: countSchema,
  stored: countSchema,
  present: countSchema,
  refused: countSchema,
  /** How many of the refused rows have each reason. */
  reasons: z.record(codeSchema, z.int().min(1)),
  /** Of a table beside the customer list: what its rows add up to, as the buyer computed it. */
  sums: sumsSchema.optional(),
});

export const receiptSchema = z.strictObject({
  format: z.literal(RECEIPT_FORMAT),
  bundle: uuidSchema,
  manifest: digestSchema,
  deal: dealReferenceSchema,
  environment: environmentSchema,
  seller: z.strictObject({ card: digestSchema }),
  buyer: z.strictObject({ card: digestSchema, signing_key: signingKeySchema }),
  disposition: z.enum(RECEIPT_DECISIONS),
  /** Problem code of a refusal. */
  reason: codeSchema.nullable(),
  resources: z.array(resourceSchema).max(20),
  /** The day on which the buyer's right to keep the records ends. Null for a refusal. */
  retention_until: calendarDateSchema.nullable(),
  issued: instantSchema,
  /** The buyer's log at that time (C2SP tlog-checkpoint), so that the seller holds an anchor of it. */
  checkpoint: z.string().min(1).max(4096),
  /** The seller's checkpoint as the bundle had it, repeated under the buyer's signature: an anchor of the seller's own log. */
  bundle_checkpoint: z.string().min(1).max(4096),
});

export type Receipt = Readonly<z.infer<typeof receiptSchema>>;

/** A receipt whose signature, bundle, roots and counts have been verified. Only {@link verifyReceipt} makes one. */
export type VerifiedReceipt = Brand<Receipt, 'VerifiedReceipt'>;

/** A receipt with its signature file. */
export type SignedReceipt = SignedDocument;

/** What a receipt answers. */
export interface AnsweredBundle {
  readonly manifest: Manifest;
  readonly manifestDigest: Sha256;
}

/** Our clock, with which a receipt is read. Without it a receipt may be issued in the future. */
export interface ReceiptReading {
  readonly now?: Instant;
}

/** What the buyer states; the rest is repeated from the manifest. */
export type ReceiptFacts = Pick<
  Receipt,
  'disposition' | 'reason' | 'resources' | 'retention_until' | 'issued' | 'checkpoint' | 'bundle_checkpoint'
>;

/** Signs the answer to a bundle. The same facts give the same bytes. */
export function signReceipt(answered: AnsweredBundle, facts: ReceiptFacts, signer: Signer): SignedReceipt {
  const { manifest, manifestDigest } = answered;
  const receipt: Receipt = {
    ...facts,
    format: RECEIPT_FORMAT,
    bundle: manifest.id,
    manifest: manifestDigest,
    deal: manifest.deal,
    environment: manifest.environment,
    seller: { card: manifest.seller.card },
    buyer: { card: manifest.buyer.card, signing_key: manifest.buyer.signing_key },
  };
  return signDocument(receipt, receiptComment(receipt), signer);
}

/** The trusted comment of a receipt's signature: kind, id and recipient. */
function receiptComment(receipt: Receipt): string {
  return `${RECEIPT_FORMAT} ${receipt.bundle} to ${receipt.seller.card}`;
}

/**
 * Reads a receipt strictly, before its signature is verified: only to find out which bundle it claims to answer.
 *
 * @throws HandoverError the JSON_ codes, FORMAT_UNKNOWN, FORMAT_SHAPE
 */
export function readReceipt(bytes: Uint8Array): Receipt {
  return readDocument(bytes, {
    document: DOCUMENT,
    format: RECEIPT_FORMAT,
    schema: receiptSchema,
    limit: 256 * 1024,
  });
}

/**
 * Verifies a receipt against the bundle that was sent, in the order of docs/formats.md, "Verifying a receipt".
 *
 * @throws HandoverError those of {@link readReceipt}, the SIGNATURE_ codes, RECEIPT_OTHER_BUNDLE, RECEIPT_OTHER_DEAL, RECEIPT_OTHER_PARTY,
 *   RECEIPT_OTHER_ROOT, RECEIPT_COUNTS, RECEIPT_DISPOSITION, the CHECKPOINT_ codes, DATE_AHEAD, DATE_BEFORE
 */
export function verifyReceipt(
  signed: SignedReceipt,
  sent: AnsweredBundle,
  { now }: ReceiptReading = {},
): VerifiedReceipt {
  const receipt = readReceipt(signed.bytes);
  const { manifest, manifestDigest } = sent;
  const key = readPublicKeyText(manifest.buyer.signing_key);
  if (key === null) return fail({ code: 'FORMAT_SHAPE', document: DOCUMENT, path: 'buyer.signing_key' });
  checkSignature(signed, { publicKey: key, comment: receiptComment(receipt), document: DOCUMENT });
  if (receipt.bundle !== manifest.id || receipt.manifest !== manifestDigest) {
    fail({ code: 'RECEIPT_OTHER_BUNDLE', bundle: manifest.id });
  }
  const { deal } = receipt;
  if (deal.id !== manifest.deal.id || deal.digest !== manifest.deal.digest) {
    fail({ code: 'RECEIPT_OTHER_DEAL', bundle: manifest.id });
  }
  const sameParties =
    receipt.environment === manifest.environment &&
    receipt.seller.card === manifest.seller.card &&
    receipt.buyer.card === manifest.buyer.card &&
    receipt.buyer.signing_key === manifest.buyer.signing_key;
  if (!sameParties) fail({ code: 'RECEIPT_OTHER_PARTY', bundle: manifest.id });
  const sentCheckpoint = manifest.files.find((file) => file.path === CHECKPOINT)?.sha256;
  if (sha256(utf8(receipt.bundle_checkpoint)) !== sentCheckpoint) {
    fail({ code: 'RECEIPT_OTHER_BUNDLE', bundle: manifest.id });
  }
  if (receipt.disposition !== 'refused') checkRoots(receipt, manifest);
  checkCounts(receipt);
  checkDisposition(receipt);
  readCheckpoint(receipt.checkpoint, { publicKey: key, document: DOCUMENT });
  checkDate({ document: DOCUMENT, time: receipt.issued, now, since: manifest.created });
  return receipt as VerifiedReceipt;
}

function checkRoots(receipt: Receipt, manifest: Manifest): void {
  const same =
    receipt.resources.length === manifest.resources.length &&
    manifest.resources.every((sent, i) => {
      const answer = receipt.resources[i];
      return answer?.resource === sent.name && answer.root === sent.root && answer.tag_root === sent.tag_root;
    });
  if (!same) fail({ code: 'RECEIPT_OTHER_ROOT', bundle: manifest.id });
  for (const [i, sent] of manifest.resources.entries()) {
    const answer = receipt.resources[i];
    const sums = manifest.accounting[i]?.sums?.transfer ?? null;
    if (answer?.received !== sent.rows || !isSame(answer.sums ?? null, sums))
      fail({ code: 'RECEIPT_COUNTS', resource: sent.name });
  }
}

function isSame(one: Sums | null, other: Sums | null): boolean {
  return (
    canonicalJson(one === null ? null : { ...one }) === canonicalJson(other === null ? null : { ...other })
  );
}

function checkCounts(receipt: Receipt): void {
  for (const { resource, received, stored, present, refused, reasons } of receipt.resources) {
    const counts = Object.values(reasons);
    const explained = counts.reduce((sum, n) => sum + n, 0) >= refused && counts.every((n) => n <= refused);
    if (received !== stored + present + refused || !explained) fail({ code: 'RECEIPT_COUNTS', resource });
  }
}

/** An answer says one thing: a refusal has a reason and no retention, an acceptance the reverse; exceptions are counted. */
function checkDisposition(receipt: Receipt): void {
  const { disposition, reason, retention_until: until, resources } = receipt;
  const exceptions = resources.some((resource) => resource.refused > 0);
  const consistent =
    disposition === 'refused'
      ? reason !== null && until === null
      : reason === null && until !== null && exceptions === (disposition === 'accepted-with-exceptions');
  if (!consistent) fail({ code: 'RECEIPT_DISPOSITION' });
}

/** Digest of a receipt: its name in the log. */
export function receiptDigest(signed: SignedReceipt): Sha256 {
  return sha256(signed.bytes);
}
