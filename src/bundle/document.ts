import { z } from 'zod';
import { isSha256, type Sha256 } from '../base/crypto.js';
import { type Json, readJson } from '../base/json.js';
import { type CalendarDate, type Instant, readDate, readInstant } from '../base/time.js';
import { isRecipient } from '../identity/age.js';
import { readPublicKeyText } from '../identity/minisign.js';
import { fail } from '../messages/error.js';

/** Pieces of the schemas of this folder's documents. */

export const digest = z.custom<Sha256>((v) => typeof v === 'string' && isSha256(v));
export const instant = z.custom<Instant>((v) => typeof v === 'string' && readInstant(v) !== null);
export const calendarDate = z.custom<CalendarDate>((v) => typeof v === 'string' && readDate(v) !== null);
export const uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
export const count = z.int().min(0);
export const slug = z.string().regex(/^[a-z][a-z0-9_-]{0,62}$/);
export const dealId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/);
/** A problem or reason code. */
export const code = z.string().regex(/^[A-Z][A-Z0-9_]{0,62}$/);
/** minisign public key text. */
export const signingKey = z.string().refine((text) => readPublicKeyText(text) !== null);
/** age recipient. */
export const recipient = z.string().refine(isRecipient);
/** One line of text in NFC, without anything that a terminal or a reader's eye would be misled by. */
export const line = z
  .string()
  .min(1)
  .max(200)
  .refine((text) => text === text.normalize('NFC') && !/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(text));

/** The deal that a document belongs to. */
export const dealReference = z.strictObject({ id: dealId, digest });

export const environment = z.enum(['production', 'test']);

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
  const parsed = schema.safeParse(value);
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
