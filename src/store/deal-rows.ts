import { z } from 'zod';
import type { Sha256 } from '../base/crypto.js';
import type { Instant } from '../base/time.js';
import { COLUMN } from './columns.js';

/* Deals: each wording with its signatures, and how one ended that will not be carried out. */

const { blob, digest, instant, role } = COLUMN;

/** One signature under a deal, as minisign text, with the card of whoever made it. */
interface DealSignature {
  readonly role: 'seller' | 'buyer';
  readonly signature: string;
  readonly card: Sha256;
}

/** One wording of a deal. Another wording has another digest and needs signatures of its own. */
export interface StoredDeal {
  readonly id: string;
  readonly digest: Sha256;
  readonly bytes: Uint8Array;
  /** Digest of the version that it amends; null for a first version. */
  readonly amends: Sha256 | null;
  readonly signatures: readonly DealSignature[];
}

/** A deal that will not be carried out. */
export interface DealEnd {
  readonly deal: Sha256;
  readonly kind: 'aborted';
  readonly reason: string;
  readonly notice: string | null;
  readonly time: Instant;
}

export const DEAL_ROW = {
  deal: z.object({ id: z.string(), digest, bytes: blob, amends: digest.nullable() }),
  id: z.object({ id: z.string() }),
  dealSignature: z.object({ role, signature: z.string(), card: digest }),
  dealEnd: z.object({
    deal: digest,
    kind: z.literal('aborted'),
    reason: z.string(),
    notice: z.string().nullable(),
    time: instant,
  }),
} as const;
