import { z } from 'zod';
import { utf8 } from '../base/bytes.js';
import { isRecipient } from '../base/age-keys.js';
import { isSha256, type PublicKey, type Sha256 } from '../base/crypto.js';
import { canonicalJson, type Json, readJson } from '../base/json.js';
import type { Signer } from '../base/signing.js';
import { type CalendarDate, type Instant, readDate, readInstant } from '../base/time.js';
import { shaped } from '../base/shape.js';
import { readPublicKeyText, signMinisign, verifyMinisign } from '../identity/minisign.js';
import { fail } from '../messages/error.js';

/** What every signed document is made of: pieces of schemas, strict reading, signing, checking a signature. */

export const digestSchema = z.custom<Sha256>((v) => typeof v === 'string' && isSha256(v));
export const instantSchema = z.custom<Instant>((v) => typeof v === 'string' && readInstant(v) !== null);
export const calendarDateSchema = z.custom<CalendarDate>(
  (v) => typeof v === 'string' && readDate(v) !== null,
);
export const uuidSchema = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
export const countSchema = z.int().min(0);
export const slugSchema = z.string().regex(/^[a-z][a-z0-9_-]{0,62}$/);
const dealId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/);
/** A problem or reason code. */
export const codeSchema = z.string().regex(/^[A-Z][A-Z0-9_]{0,62}$/);
/** minisign public key text. */
export const signingKeySchema = z.string().refine((text) => readPublicKeyText(text) !== null);
/** age recipient. */
export const ageRecipientSchema = z.string().refine(isRecipient);
/** One line of text in NFC, without anything that a terminal or a reader's eye would be misled by. */
export const lineSchema = z
  .string()
  .min(1)
  .max(200)
  .refine((text) => text === text.normalize('NFC') && !/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(text));

/** Of a program. */
export const versionSchema = z.string().regex(/^[0-9A-Za-z.+-]{1,40}$/);

/** The deal that a document belongs to. */
export const dealReferenceSchema = z.strictObject({ id: dealId, digest: digestSchema });

export const environmentSchema = z.enum(['production', 'test']);

/** How {@link readDocument} reads one kind of document. */
export interface DocumentKind<T> {
  /** Named in problems: `manifest.json`. */
  readonly document: string;
  /** The value that `format` must have. */
  readonly format: string;
  readonly schema: z.ZodType<T>;
  /** In bytes. */
  readonly limit: number;
}

/**
 * Reads a canonical JSON document strictly: one spelling, the format by name, no unknown key.
 *
 * @throws HandoverError the JSON_ codes, FORMAT_UNKNOWN, FORMAT_SHAPE
 */
export function readDocument<T>(bytes: Uint8Array, kind: DocumentKind<T>): T {
  const { document, format, schema, limit } = kind;
  const value = readJson(bytes, { document, limit });
  if (!isObject(value) || value['format'] !== format) {
    return fail({ code: 'FORMAT_UNKNOWN', document, expected: format });
  }
  const parsed = shaped(schema, value);
  if (parsed.success) return parsed.data;
  return fail({ code: 'FORMAT_SHAPE', document, path: pathOf(parsed.error.issues[0]?.path ?? []) });
}

function isObject(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The place only: zod's message may repeat what an attacker wrote, and so may a key that is not of the format. */
function pathOf(path: readonly PropertyKey[]): string {
  const steps = path.map((step) => (/^[a-z0-9_]{1,40}$/.test(String(step)) ? String(step) : '?'));
  return steps.join('.') || '.';
}

/** A document's value as JSON: zod and TypeScript allow members that are present and undefined, JSON does not. */
export function jsonOf(value: unknown): Json {
  const json: Json = JSON.parse(JSON.stringify(value));
  return json;
}

/** A document with its signature file. */
export interface SignedDocument {
  /** Canonical JSON. */
  readonly bytes: Uint8Array;
  /** The text of the minisign file. */
  readonly signature: string;
}

/** Signs a document. The same value gives the same bytes. @param comment the trusted comment */
export function signDocument(value: unknown, comment: string, signer: Signer): SignedDocument {
  const bytes = utf8(canonicalJson(jsonOf(value)));
  return { bytes, signature: signMinisign(bytes, signer, comment) };
}

/** What the signature of a document has to be. */
export interface ExpectedSignature {
  readonly publicKey: PublicKey;
  /** The trusted comment: it is signed as well, and says what the document is and whom it is for. */
  readonly comment: string;
  /** Named in problems. */
  readonly document: string;
}

/**
 * Verifies that a document was signed by a key and with the trusted comment of its kind.
 *
 * @throws HandoverError the SIGNATURE_ codes
 */
export function checkSignature(signed: SignedDocument, expected: ExpectedSignature): void {
  checkComment(signedComment(signed, expected), expected);
}

/**
 * Verifies the signature of a document that may be long over its raw bytes, before anything reads them: then only who has the key decides
 * what there is to read. {@link checkComment} has to follow, once the document says what its comment must be.
 *
 * @returns the trusted comment
 * @throws HandoverError the SIGNATURE_ codes
 */
export function signedComment(
  { bytes, signature }: SignedDocument,
  { publicKey, document }: Pick<ExpectedSignature, 'publicKey' | 'document'>,
): string {
  return verifyMinisign(bytes, signature, publicKey, document).trustedComment;
}

/** Throws SIGNATURE_COMMENT if what was signed beside a document is not what its kind demands. */
export function checkComment(
  signed: string,
  { comment, document }: Pick<ExpectedSignature, 'comment' | 'document'>,
): void {
  if (signed !== comment) fail({ code: 'SIGNATURE_COMMENT', document });
}
