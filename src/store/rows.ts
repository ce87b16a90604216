import { z } from 'zod';
import { isSha256, type Sha256 } from '../base/crypto.js';
import type { Json } from '../base/json.js';
import { type Instant, readInstant } from '../base/time.js';
import { fail } from '../messages/error.js';
import type { Lang } from '../messages/lang.js';

/** What a workspace is: written once, when it is made. */
export interface WorkspaceInfo {
  readonly id: string;
  readonly role: 'seller' | 'buyer';
  readonly environment: 'production' | 'test';
  readonly created: Instant;
  readonly lang: Lang;
  /** The party's own card: digest of the canonical document, the document, its minisign signature. */
  readonly cardDigest: Sha256;
  readonly card: Uint8Array;
  readonly cardSignature: string;
}

/** Another party's card, pinned after its fingerprint was compared. */
export interface TrustedCard {
  readonly digest: Sha256;
  readonly bytes: Uint8Array;
  readonly signature: string;
  /** When the fingerprint was compared. */
  readonly compared: Instant;
}

/** One signature under a deal, as minisign text, with the card of whoever made it. */
export interface DealSignature {
  readonly role: 'seller' | 'buyer';
  readonly signature: string;
  readonly card: Sha256;
}

/** One wording of a deal. Another wording has another digest and needs signatures of its own. */
export interface StoredDeal {
  readonly id: string;
  readonly digest: Sha256;
  readonly bytes: Uint8Array;
  readonly signatures: readonly DealSignature[];
}

/** Counts and other findings of a step, without personal data. */
export type Counts = { readonly [key: string]: Json };

/** One import of one file, or one resource of a received bundle. Its records are in pages. */
export interface Dataset {
  readonly id: string;
  readonly kind: 'customers' | 'consents';
  /** What a page holds once opened: cells joined by U+001F and U+001E (sealed-pages.ts), or gzip of NDJSON as it came in a bundle. */
  readonly content: 'cells' | 'ndjson-gz';
  readonly resource: string;
  /** The bundle that it came in, or null for an import. */
  readonly bundle: string | null;
  /** Base name of the file. */
  readonly file: string;
  readonly sha256: Sha256;
  readonly bytes: number;
  readonly encoding: string;
  readonly delimiter: string;
  /** Order of the cells of a record. */
  readonly columns: readonly string[];
  /** The data key in the vault. */
  readonly keyId: string;
  readonly counts: Counts;
  readonly imported: Instant;
  /** The mapping of the header, in its editable form. */
  readonly mapping: string;
}

/** About a megabyte of records, sealed, with what may be queried without opening it. */
export interface StoredPage {
  readonly number: number;
  readonly records: number;
  readonly sealed: Uint8Array;
  /** 16 bytes a record. */
  readonly tags: Uint8Array;
}

/** The packed subject tags of a page. */
export type PageTags = Omit<StoredPage, 'sealed'>;

/** One run of the consent check over a dataset under a deal. */
export interface StoredCheck {
  readonly id: string;
  readonly dataset: string;
  /** Digest of the deal. */
  readonly deal: Sha256;
  readonly time: Instant;
  /** Digest of the policy pack. */
  readonly pack: Sha256;
  /** The consent ledgers that were heard: ids of datasets. */
  readonly ledgers: readonly string[];
  readonly counts: Counts;
  readonly planDigest: Sha256;
  /** The plan, canonical JSON: what approvers sign. */
  readonly plan: Uint8Array;
}

/** Masks of reasons for one page of the dataset: four bytes a record. */
export interface CheckPage {
  readonly number: number;
  readonly masks: Uint8Array;
}

/** An approver's signature over a plan. */
export interface StoredApproval {
  readonly planDigest: Sha256;
  /** The approver: digest of a card, or another name that is one person's. */
  readonly approver: string;
  readonly bytes: Uint8Array;
  readonly signature: string;
}

/**
 * Where a bundle stands. Out: `began` (being written), `abandoned` (a killed export that was never sent), `exported`, `accepted` (the
 * receipt came), `refused` (a receipt of refusal came).
 * In: `received`, `refused`.
 */
export const BUNDLE_STATES = ['began', 'abandoned', 'exported', 'accepted', 'refused', 'received'] as const;
export type BundleState = (typeof BUNDLE_STATES)[number];

/** A bundle that was sent or received. */
export interface StoredBundle {
  readonly id: string;
  readonly direction: 'out' | 'in';
  /** Digest of the deal. */
  readonly deal: Sha256;
  /** Counts the bundles of a deal. */
  readonly number: number;
  readonly manifestDigest: Sha256;
  readonly manifest: Uint8Array;
  readonly path: string;
  /** Digest of the file; empty while it is being written. */
  readonly sha256: Sha256 | '';
  readonly state: BundleState;
  readonly time: Instant;
}

/** A receipt for a bundle: given by the buyer (`out`) or heard by the seller (`in`). */
export interface StoredReceipt {
  readonly bundle: string;
  readonly bytes: Uint8Array;
  readonly signature: string;
  readonly direction: 'out' | 'in';
  readonly time: Instant;
}

/** A file outside the database that may hold personal data, remembered so that a purge can name it. */
export interface RememberedFile {
  readonly path: string;
  readonly sha256: Sha256;
  readonly bytes: number;
  readonly kind: 'source' | 'reject' | 'extract' | 'bundle' | 'mapping' | 'report';
  readonly time: Instant;
  readonly dataset: string | null;
}

/** A signed note over the log at some size. */
export interface StoredCheckpoint {
  readonly size: number;
  readonly note: string;
}

const digest = z.custom<Sha256>((v) => typeof v === 'string' && isSha256(v));
const instant = z.custom<Instant>((v) => typeof v === 'string' && readInstant(v) !== null);
const blob = z.instanceof(Uint8Array);
const count = z.int().nonnegative();
const role = z.enum(['seller', 'buyer']);
const direction = z.enum(['out', 'in']);
const columnName = z.string().regex(/^[a-z][a-z0-9_]{0,62}$/);

/** JSON text of a column as what `inner` describes. */
function json<T>(inner: z.ZodType<T>) {
  return z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(inner);
}

const counts = json(z.custom<Counts>((v) => typeof v === 'object' && v !== null && !Array.isArray(v)));

/** What each table gives back. The database is a file that somebody may have changed: its rows are read like any other input. */
export const ROW = {
  workspace: z.object({
    id: z.string(),
    role,
    environment: z.enum(['production', 'test']),
    created: instant,
    lang: z.enum(['zh', 'en']),
    cardDigest: digest,
    card: blob,
    cardSignature: z.string(),
  }),
  card: z.object({ digest, bytes: blob, signature: z.string(), compared: instant }),
  deal: z.object({ id: z.string(), digest, bytes: blob }),
  dealSignature: z.object({ role, signature: z.string(), card: digest }),
  dataset: z.object({
    id: z.string(),
    kind: z.enum(['customers', 'consents']),
    content: z.enum(['cells', 'ndjson-gz']),
    resource: z.string(),
    bundle: z.string().nullable(),
    file: z.string(),
    sha256: digest,
    bytes: count,
    encoding: z.string(),
    delimiter: z.string(),
    columns: json(z.array(columnName)),
    keyId: z.string(),
    counts,
    imported: instant,
    mapping: z.string(),
  }),
  page: z.object({ number: count, records: count, sealed: blob, tags: blob }),
  pageTags: z.object({ number: count, records: count, tags: blob }),
  check: z.object({
    id: z.string(),
    dataset: z.string(),
    deal: digest,
    time: instant,
    pack: digest,
    ledgers: json(z.array(z.string())),
    counts,
    planDigest: digest,
    plan: blob,
  }),
  checkPage: z.object({ number: count, masks: blob }),
  approval: z.object({ planDigest: digest, approver: z.string(), bytes: blob, signature: z.string() }),
  bundle: z.object({
    id: z.string(),
    direction,
    deal: digest,
    number: count,
    manifestDigest: digest,
    manifest: blob,
    path: z.string(),
    sha256: z.union([digest, z.literal('')]),
    state: z.enum(BUNDLE_STATES),
    time: instant,
  }),
  receipt: z.object({ bundle: z.string(), bytes: blob, signature: z.string(), direction, time: instant }),
  file: z.object({
    path: z.string(),
    sha256: digest,
    bytes: count,
    kind: z.enum(['source', 'reject', 'extract', 'bundle', 'mapping', 'report']),
    time: instant,
    dataset: z.string().nullable(),
  }),
  checkpoint: z.object({ size: count, note: z.string() }),
} as const;

/**
 * Reads a row.
 *
 * @throws HandoverError WORKSPACE_DAMAGED if it is not what the writer wrote
 */
export function readRow<T>(schema: z.ZodType<T>, row: unknown): T {
  try {
    return schema.parse(row);
  } catch {
    return fail({ code: 'WORKSPACE_DAMAGED', name: 'handover.db' });
  }
}
