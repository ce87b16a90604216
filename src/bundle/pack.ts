import { z } from 'zod';
import { utf8 } from '../base/bytes.js';
import { canonicalJson } from '../base/json.js';
import {
  countSchema,
  dealReferenceSchema,
  digestSchema,
  environmentSchema,
  instantSchema,
  jsonOf,
  lineSchema,
  readDocument,
} from './document.js';

export const PACK_FORMAT = 'handover.pack/1';

/** Names of an evidence pack that do not depend on what is in it (docs/formats.md, "Evidence pack"). */
export const PACK_README = 'README.txt';
/** A page about the others, for people. */
export const PACK_PAGE = 'index.html';
export const PACK_INDEX = 'index.json';
export const PACK_EVENTS = 'log/events.ndjson';
export const PACK_CHECKPOINT = 'log/checkpoint.txt';
/** Where the beginning of the log was pruned: its compact range, as CompactRange.toBytes writes it. */
export const PACK_PRUNED = 'log/pruned.bin';
export const PACK_OWN_CARD = 'cards/own.card.json';

/** What a file of a pack is. */
export const PACK_KINDS = [
  'readme',
  'events',
  'checkpoint',
  'former-checkpoint',
  'pruned',
  'own-card',
  'card',
  'deal',
  'paper',
  'manifest',
  'plan',
  'approval',
  'receipt',
  'notice',
  'completion',
  'purge-plan',
  'certificate',
  'timestamp-request',
  'timestamp',
  'report',
  'form',
  'signature',
] as const;
export type EvidenceFileKind = (typeof PACK_KINDS)[number];

/** Letters, digits and a few marks, below two folders at most: a name that no system trips over. */
const path = z.string().regex(/^(?:[a-z]+\/){0,2}[A-Za-z0-9][A-Za-z0-9._-]{0,140}$/);

const packFileSchema = z.strictObject({
  path,
  kind: z.enum(PACK_KINDS),
  bytes: countSchema,
  sha256: digestSchema,
  /** The first event that names it, or null. */
  event: countSchema.nullable(),
});

export const evidenceIndexSchema = z.strictObject({
  format: z.literal(PACK_FORMAT),
  made: instantSchema,
  environment: environmentSchema,
  /** Whose evidence it is; the card is the one at {@link PACK_OWN_CARD}. */
  party: z.strictObject({ name: lineSchema, role: z.enum(['seller', 'buyer']), card: digestSchema }),
  /** The only deal of which there are documents, or null for all. The log is always whole. */
  deal: dealReferenceSchema.nullable(),
  log: z.strictObject({
    /** Number of the first event in {@link PACK_EVENTS}: 0, or where the log was pruned. */
    first: countSchema,
    /** Number of events that were ever logged, which is the size of the log's tree. */
    size: countSchema,
    /** How many of them {@link PACK_CHECKPOINT} covers; 0 if there is none. */
    covered: countSchema,
  }),
  /** Every other file than the index and its signature, by path in ascending order. */
  files: z.array(packFileSchema).min(1).max(20_000),
});

export type EvidenceIndex = Readonly<z.infer<typeof evidenceIndexSchema>>;
export type EvidenceFile = Readonly<z.infer<typeof packFileSchema>>;

/** The bytes of index.json: canonical JSON, which the party signs. */
export function evidenceIndexBytes(index: EvidenceIndex): Uint8Array {
  return utf8(canonicalJson(jsonOf(index)));
}

/** What the trusted comment of the index's signature must say: kind, whose, and the size of the log. */
export function packComment(index: EvidenceIndex): string {
  return `${PACK_FORMAT} ${index.party.card} ${index.log.size}`;
}

/** Reads index.json strictly. The bytes come from outside. Throws as readDocument does. */
export function readEvidenceIndex(bytes: Uint8Array): EvidenceIndex {
  return readDocument(bytes, {
    document: PACK_INDEX,
    format: PACK_FORMAT,
    schema: evidenceIndexSchema,
    limit: 8 * 1024 * 1024,
  });
}
