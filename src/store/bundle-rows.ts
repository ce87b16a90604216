import { z } from 'zod';
import type { Sha256 } from '../base/crypto.js';
import type { Instant } from '../base/time.js';
import { COLUMN } from './columns.js';

/* Bundles in both directions, their receipts, and who went in them. */

const { blob, count, digest, direction, instant } = COLUMN;

/**
 * The state of a bundle. Out: `began` (being written), `abandoned` (a killed export that was never sent), `exported`, `accepted` (the
 * receipt came), `refused` (a receipt of refusal came), `aborted` (the deal was ended afterwards).
 * In: `received`, `refused`.
 */
const BUNDLE_STATES = [
  'began',
  'abandoned',
  'exported',
  'accepted',
  'refused',
  'received',
  'aborted',
] as const;

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
  /** The check whose verdicts it carries out; null for a bundle that came in. */
  readonly check: string | null;
  /** The seller's signature over the manifest; null while it is being written, and for bundles of before it was kept. */
  readonly manifestSignature: string | null;
}

/** A receipt for a bundle: given by the buyer (`out`) or heard by the seller (`in`). */
export interface StoredReceipt {
  readonly bundle: string;
  readonly bytes: Uint8Array;
  readonly signature: string;
  readonly direction: 'out' | 'in';
  readonly time: Instant;
}

/** Tags of persons who went in a bundle, 16 bytes each. */
export interface HandedOverTags {
  readonly number: number;
  readonly tags: Uint8Array;
}

export const BUNDLE_ROW = {
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
    check: z.string().nullable(),
    manifestSignature: z.string().nullable(),
  }),
  receipt: z.object({ bundle: z.string(), bytes: blob, signature: z.string(), direction, time: instant }),
  handedOver: z.object({ number: count, tags: blob }),
} as const;
