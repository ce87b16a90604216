import { z } from 'zod';
import { readCheckpoint } from '../audit/checkpoint.js';
import type { Brand } from '../base/brand.js';
import { utf8 } from '../base/bytes.js';
import { type Random, type Sha256, sha256 } from '../base/crypto.js';
import type { Signer } from '../base/signing.js';
import { canonicalJson } from '../base/json.js';
import type { Instant } from '../base/time.js';
import { hasUnseen } from '../base/unseen.js';
import type { ClaimedCard } from '../identity/card.js';
import type { TrustedCard } from '../identity/trust.js';
import { fail } from '../messages/error.js';
import { checkDate } from './dates.js';
import { openAge, sealAge } from '../base/age.js';
import {
  calendarDateSchema,
  checkSignature,
  dealReferenceSchema,
  digestSchema,
  environmentSchema,
  instantSchema,
  jsonOf,
  readDocument,
  signDocument,
  type SignedDocument,
  slugSchema,
  uuidSchema,
} from './document.js';

export const NOTICE_FORMAT = 'handover.notice/1';
export const NOTICE_DATA_FORMAT = 'handover.notice-data/1';

/** The names under which a notice and its data are in problems. */
const DOCUMENT = 'notice.json';
const DATA_DOCUMENT = 'notice.data.age';

/** What a notice asks of the buyer. `abort`: the deal is off, everything received under it has to end. */
export const NOTICE_KINDS = ['withdrawal', 'objection', 'erasure', 'correction', 'abort'] as const;
export type BuyerNoticeKind = (typeof NOTICE_KINDS)[number];

/** A subject tag as 32 hexadecimal digits. */
const tag = z.string().regex(/^[0-9a-f]{32}$/);
/** A reason in words: one line in NFC. */
const reason = z
  .string()
  .min(1)
  .max(500)
  .refine((text) => text === text.normalize('NFC') && !/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(text));

export const noticeSchema = z.strictObject({
  format: z.literal(NOTICE_FORMAT),
  id: uuidSchema,
  /** Counts the notices of a deal. */
  number: z.int().min(1),
  deal: dealReferenceSchema,
  environment: environmentSchema,
  kind: z.enum(NOTICE_KINDS),
  /** The request in the seller's register that is passed on. Null for an abort. */
  request: uuidSchema.nullable(),
  /** The purpose to which a withdrawal is limited; null for all of them. */
  purpose: slugSchema.nullable(),
  seller: z.strictObject({ card: digestSchema }),
  buyer: z.strictObject({ card: digestSchema }),
  /** Under the deal's tag key, in ascending order, each once. Empty for an abort. */
  subjects: z.array(tag).max(10_000),
  /** The fields that a correction changes, in the deal's order. */
  fields: z.array(slugSchema).max(200),
  /** SHA-256 of the file beside it with a correction's new values, encrypted to the buyer. */
  data: digestSchema.nullable(),
  /** Why a deal is off. */
  reason: reason.nullable(),
  issued: instantSchema,
  /** The last day for the completion. */
  due: calendarDateSchema,
  /** The seller's log at that time (C2SP tlog-checkpoint). */
  checkpoint: z.string().min(1).max(4096),
});

export type BuyerNotice = Readonly<z.infer<typeof noticeSchema>>;

/** A notice whose signature, parties, deal and content have been verified. Only {@link verifyBuyerNotice} makes one. */
export type VerifiedBuyerNotice = Brand<BuyerNotice, 'VerifiedNotice'>;

/** A document with its signature file. */
export type SignedBuyerNotice = SignedDocument;

/** Signs a notice to the buyer. */
export function signBuyerNotice(facts: Omit<BuyerNotice, 'format'>, signer: Signer): SignedBuyerNotice {
  const notice: BuyerNotice = { ...facts, format: NOTICE_FORMAT };
  return signDocument(notice, noticeComment(notice), signer);
}

/** The trusted comment of a notice's signature: kind, id and recipient. */
function noticeComment(notice: BuyerNotice): string {
  return `${NOTICE_FORMAT} ${notice.id} to ${notice.buyer.card}`;
}

/** Digest of a notice: its name in completions and in the log. */
export function noticeDigest(signed: Pick<SignedBuyerNotice, 'bytes'>): Sha256 {
  return sha256(signed.bytes);
}

/**
 * Reads a notice strictly, before its signature is verified: only to find out whom it claims to be from and about which deal.
 *
 * @throws HandoverError the JSON_ codes, FORMAT_UNKNOWN, FORMAT_SHAPE
 */
export function readNotice(bytes: Uint8Array): BuyerNotice {
  return readDocument(bytes, {
    document: DOCUMENT,
    format: NOTICE_FORMAT,
    schema: noticeSchema,
    limit: 1024 * 1024,
  });
}

/** What a buyer knows beforehand. */
export interface NoticeReading {
  readonly seller: TrustedCard;
  readonly us: ClaimedCard;
  readonly environment: 'production' | 'test';
  /** Our clock. Without it a notice may be issued in the future. */
  readonly now?: Instant;
  /** The deal that the notice claims to be about, as it was signed; undefined if there is none of that digest. */
  readonly deal: NoticeDeal | undefined;
}

interface NoticeDeal {
  readonly id: string;
  readonly digest: Sha256;
  readonly seller: Sha256;
  readonly buyer: Sha256;
  /** When we signed it, if that is known. */
  readonly signed?: Instant | null;
  readonly purposes: readonly string[];
  /** Fields that leave under it. */
  readonly fields: readonly string[];
}

/**
 * Verifies a notice, in the order of docs/formats.md, "Verifying a notice", steps 1 to 7.
 *
 * @throws HandoverError those of {@link readNotice}, the SIGNATURE_ codes, NOTICE_NOT_FOR_US, NOTICE_OTHER_DEAL, NOTICE_CONTENT, the
 *   CHECKPOINT_ codes, DATE_AHEAD, DATE_BEFORE
 */
export function verifyBuyerNotice(signed: SignedBuyerNotice, reading: NoticeReading): VerifiedBuyerNotice {
  const notice = readNotice(signed.bytes);
  const { seller, us, deal } = reading;
  checkSignature(signed, { publicKey: seller.publicKey, comment: noticeComment(notice), document: DOCUMENT });
  if (notice.buyer.card !== us.digest || notice.environment !== reading.environment)
    fail({ code: 'NOTICE_NOT_FOR_US' });
  const isDeal =
    deal?.id === notice.deal.id &&
    deal.digest === notice.deal.digest &&
    deal.seller === notice.seller.card &&
    notice.seller.card === seller.digest &&
    deal.buyer === us.digest;
  if (!isDeal) return fail({ code: 'NOTICE_OTHER_DEAL', deal: notice.deal.id });
  if (!isConsistent(notice, deal)) fail({ code: 'NOTICE_CONTENT' });
  readCheckpoint(notice.checkpoint, { publicKey: seller.publicKey, document: DOCUMENT });
  checkDate({ document: DOCUMENT, time: notice.issued, now: reading.now, since: deal.signed ?? null });
  return notice as VerifiedBuyerNotice;
}

/** A notice says one thing: an abort names no person, everything else does; only a correction has fields and data. */
function isConsistent(notice: BuyerNotice, deal: NoticeDeal): boolean {
  const { kind, subjects, fields, data, purpose, request, issued, due } = notice;
  const isOrdered = subjects.every((subject, i) => i === 0 || (subjects[i - 1] ?? '') < subject);
  const isCorrection = kind === 'correction';
  const isAbort = kind === 'abort';
  return (
    isOrdered &&
    isAbort === (subjects.length === 0) &&
    (!isAbort || request === null) &&
    isAbort === (notice.reason !== null) &&
    isCorrection === fields.length > 0 &&
    isCorrection === (data !== null) &&
    new Set(fields).size === fields.length &&
    fields.every((field) => deal.fields.includes(field)) &&
    (purpose === null || (kind === 'withdrawal' && deal.purposes.includes(purpose))) &&
    due >= issued.slice(0, 10)
  );
}

/** The new values of a correction: for each person, a value or null for each field of the notice. */
export type Corrections = ReadonlyMap<string, ReadonlyMap<string, string | null>>;

const dataSchema = z.strictObject({
  format: z.literal(NOTICE_DATA_FORMAT),
  notice: uuidSchema,
  rows: z
    .array(z.strictObject({ tag, values: z.record(slugSchema, z.string().min(1).max(32_767).nullable()) }))
    .max(10_000),
});

/** The file of a correction's new values: a stock age file for the buyer's recipient. */
export function sealCorrections(
  notice: string,
  corrections: Corrections,
  recipient: string,
  random: Random,
): Promise<Uint8Array> {
  const rows = [...corrections].map(([subject, values]) => ({
    tag: subject,
    values: Object.fromEntries(values),
  }));
  const text = canonicalJson(jsonOf({ format: NOTICE_DATA_FORMAT, notice, rows }));
  return sealAge(utf8(text), [recipient], random);
}

/**
 * Opens the file of a correction's new values (docs/formats.md, "Verifying a notice", step 8): it is the one that was signed, it opens, and it
 * has exactly the persons and fields of the notice.
 *
 * @throws HandoverError NOTICE_DATA, BUNDLE_KEY, BUNDLE_DECRYPT, the JSON_ codes, FORMAT_UNKNOWN, FORMAT_SHAPE
 */
export async function openCorrections(
  notice: VerifiedBuyerNotice,
  sealed: Uint8Array,
  ageIdentity: string,
): Promise<Corrections> {
  if (sha256(sealed) !== notice.data) fail({ code: 'NOTICE_DATA' });
  const plain = await openAge(sealed, ageIdentity);
  if (plain === 'no-match') return fail({ code: 'BUNDLE_KEY', entry: DATA_DOCUMENT });
  if (plain === 'damaged') return fail({ code: 'BUNDLE_DECRYPT', entry: DATA_DOCUMENT });
  const data = readDocument(plain, {
    document: 'notice.data',
    format: NOTICE_DATA_FORMAT,
    schema: dataSchema,
    limit: 16 * 1024 * 1024,
  });
  const corrections = new Map(
    data.rows.map(({ tag: subject, values }) => [subject, new Map(Object.entries(values))]),
  );
  const isComplete =
    data.notice === notice.id &&
    data.rows.length === notice.subjects.length &&
    notice.subjects.every((subject) => {
      const values = corrections.get(subject);
      return values?.size === notice.fields.length && notice.fields.every((field) => values.has(field));
    });
  // What a value may hold is what a received row may hold.
  const isClean = data.rows.every(({ values }) =>
    Object.values(values).every((value) => value === null || !hasUnseen(value)),
  );
  if (!isComplete || !isClean) fail({ code: 'NOTICE_DATA' });
  return corrections;
}
