import { isFurtherTable } from '../messages/tables.js';
import { z } from 'zod';
import { utf8 } from '../base/bytes.js';
import { canonicalJson, type Json } from '../base/json.js';
import { FIELD_CLASSES } from '../deal/classes.js';
import { FIELD_ACTIONS } from '../deal/terms.js';
import { fail } from '../messages/error.js';
import { accountingSchema, isBalanced } from './accounting.js';
import {
  countSchema,
  dealReferenceSchema,
  digestSchema,
  environmentSchema,
  instantSchema,
  jsonOf,
  readDocument,
  ageRecipientSchema,
  signingKeySchema,
  slugSchema,
  uuidSchema,
} from './document.js';
import {
  isEntryName,
  isPart,
  limitOf,
  MANIFEST,
  MANIFEST_SIGNATURE,
  MAX_PACKED_PAGE_BYTES,
  MAX_PART_BYTES,
  partName,
} from './entry-names.js';
import { rowSchema } from './row-schema.js';

export const MANIFEST_FORMAT = 'handover.manifest/1';

/** A field as it is in the rows: the lines of the deal that are not dropped, without their necessity. */
export const fieldEntrySchema = z.strictObject({
  name: slugSchema,
  class: z.enum(FIELD_CLASSES),
  purpose: slugSchema,
  action: z.enum(FIELD_ACTIONS),
});

/** A part as the manifest lists it. */
export const partSchema = z.strictObject({
  path: z.string().refine(isPart),
  /** Of the entry as it is in the bundle. */
  bytes: z.int().min(1).max(MAX_PART_BYTES),
  sha256: digestSchema,
  rows: z.int().min(1),
  /** The gzip members inside, so that a reader can take them apart and inflate one at a time. */
  pages: z
    .array(z.strictObject({ bytes: z.int().min(1).max(MAX_PACKED_PAGE_BYTES), rows: z.int().min(1) }))
    .min(1),
});

const resourceSchema = z.strictObject({
  name: slugSchema,
  fields: z.array(fieldEntrySchema).min(1).max(200),
  /** JSON Schema of one row. */
  row_schema: z.custom<Json>((v) => typeof v === 'object' && v !== null),
  rows: countSchema,
  /** RFC 6962 root over the row commitments, in the order of the rows. */
  root: digestSchema,
  /** RFC 6962 root over the subject tags, in ascending order. */
  tag_root: digestSchema,
  parts: z.array(partSchema).max(9999),
});

const fileSchema = z.strictObject({
  path: z.string().refine((name) => isEntryName(name) && !isPart(name)),
  bytes: countSchema,
  sha256: digestSchema,
});

export const policySchema = z.strictObject({
  pack: slugSchema,
  version: z.string().regex(/^\d{4}-\d\d$/),
  /** SHA-256 of the canonical policy pack that judged the records. */
  digest: digestSchema,
});

export const manifestSchema = z.strictObject({
  format: z.literal(MANIFEST_FORMAT),
  id: uuidSchema,
  /** Counts the bundles of a deal from 1. */
  number: z.int().min(1).max(9999),
  environment: environmentSchema,
  created: instantSchema,
  deal: dealReferenceSchema,
  seller: z.strictObject({ card: digestSchema, signing_key: signingKeySchema }),
  buyer: z.strictObject({ card: digestSchema, signing_key: signingKeySchema, recipient: ageRecipientSchema }),
  policy: policySchema,
  /** SHA-256 of each file that was imported, in ascending order. */
  datasets: z.array(digestSchema).min(1).max(1000),
  plan: digestSchema,
  /** Digest of the manifest of the bundle with the number before, or null for the first. */
  previous: digestSchema.nullable(),
  accounting: z.array(accountingSchema).min(1).max(20),
  resources: z.array(resourceSchema).min(1).max(20),
  /** Every other entry than the manifest, its signature and the parts. */
  files: z.array(fileSchema).max(100),
});

export type Manifest = Readonly<z.infer<typeof manifestSchema>>;
export type ManifestResource = Manifest['resources'][number];
export type ManifestPart = ManifestResource['parts'][number];
export type FieldEntry = z.infer<typeof fieldEntrySchema>;

/** The bytes of manifest.json: canonical JSON, which the seller signs. */
export function manifestBytes(manifest: Manifest): Uint8Array {
  return utf8(canonicalJson(jsonOf(manifest)));
}

/** What the trusted comment of the manifest's signature must say: kind, id and recipient. */
export function manifestComment(manifest: Manifest): string {
  return `${MANIFEST_FORMAT} ${manifest.id} to ${manifest.buyer.card}`;
}

/**
 * Reads manifest.json strictly, with what one part of it demands of another. The bytes are attacker-controlled.
 *
 * @throws HandoverError the JSON_ codes, FORMAT_UNKNOWN, FORMAT_SHAPE, BUNDLE_SCHEMA
 */
export function readManifest(bytes: Uint8Array): Manifest {
  const manifest = readDocument(bytes, {
    document: MANIFEST,
    format: MANIFEST_FORMAT,
    schema: manifestSchema,
    limit: limitOf(MANIFEST),
  });
  checkShape(manifest);
  return manifest;
}

function checkShape(manifest: Manifest): void {
  const wrong = (path: string) => fail({ code: 'FORMAT_SHAPE', document: MANIFEST, path });
  if ((manifest.number === 1) !== (manifest.previous === null)) wrong('previous');
  if (!isAscending(manifest.datasets)) wrong('datasets');
  if (!isAscending(manifest.resources.map((resource) => resource.name))) wrong('resources');
  const names = manifest.resources.map((resource) => resource.name).join();
  if (manifest.accounting.map((a) => a.resource).join() !== names) wrong('accounting');
  if (!isAscending(manifest.files.map((file) => file.path))) wrong('files');
  if (manifest.files.some(({ path }) => path === MANIFEST || path === MANIFEST_SIGNATURE)) wrong('files');
  for (const [i, resource] of manifest.resources.entries()) {
    const fields = resource.fields.map((field) => field.name);
    if (new Set(fields).size !== fields.length) wrong(`resources.${i}.fields`);
    if (resource.fields.some((field) => field.action === 'drop')) wrong(`resources.${i}.fields`);
    if (resource.parts.some((part, n) => part.path !== partName(resource.name, n + 1))) {
      wrong(`resources.${i}.parts`);
    }
    if (canonicalJson(resource.row_schema) !== canonicalJson(rowSchema(fields, resource.name))) {
      fail({ code: 'BUNDLE_SCHEMA', resource: resource.name });
    }
  }
}

function isAscending(texts: readonly string[]): boolean {
  return texts.every((text, i) => i === 0 || (texts[i - 1] ?? '') < text);
}

/**
 * The accounting of every resource: each row of the source went somewhere, and what was to be transferred is what the parts hold.
 *
 * @throws HandoverError BUNDLE_ACCOUNTING
 */
export function checkAccounting(manifest: Manifest): void {
  for (const [i, resource] of manifest.resources.entries()) {
    const accounting = manifest.accounting[i];
    const sum = (items: readonly { readonly rows: number }[]) => items.reduce((n, item) => n + item.rows, 0);
    const adds =
      accounting !== undefined &&
      isBalanced(accounting) &&
      // Before the first bundle of a deal nobody was handed over.
      (manifest.previous !== null || (accounting.handed_over === 0 && accounting.corrected === 0)) &&
      accounting.transfer === resource.rows &&
      (accounting.sums !== undefined) === isFurtherTable(resource.name) &&
      sum(resource.parts) === resource.rows &&
      resource.parts.every((part) => sum(part.pages) === part.rows);
    if (!adds) fail({ code: 'BUNDLE_ACCOUNTING', resource: resource.name });
  }
}
