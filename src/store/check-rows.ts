import { z } from 'zod';
import type { Sha256 } from '../base/crypto.js';
import type { Instant } from '../base/time.js';
import { COLUMN, type Counts } from './columns.js';

/* Checks: the reasons of each page, the plan that follows, who approved it, and what firms were shown of the totals. */

const { blob, count, counts, digest, instant, json } = COLUMN;

/** One run of the consent check over customer files under a deal. */
export interface StoredCheck {
  readonly id: string;
  /** Ids of the datasets that were judged together, in order. */
  readonly datasets: readonly string[];
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

/** PageSets of reasons for one page of a dataset, and of what stays of whoever goes: four bytes a record each, or none of the latter. */
export interface CheckPage {
  readonly dataset: string;
  readonly number: number;
  readonly reasonSets: Uint8Array;
  readonly stays: Uint8Array;
}

/** An approver's signature over a plan. */
export interface StoredApproval {
  readonly planDigest: Sha256;
  /** The approver: digest of a card, or another name that is one person's. */
  readonly approver: string;
  readonly bytes: Uint8Array;
  readonly signature: string;
}

/** Totals of the customer list that a firm was shown. */
export interface StoredTotals {
  readonly digest: Sha256;
  readonly shownTo: string;
  readonly totals: Counts;
  readonly time: Instant;
}

export const CHECK_ROW = {
  check: z.object({
    id: z.string(),
    datasets: json(z.array(z.string())),
    deal: digest,
    time: instant,
    pack: digest,
    ledgers: json(z.array(z.string())),
    counts,
    planDigest: digest,
    plan: blob,
  }),
  checkPage: z.object({ dataset: z.string(), number: count, reasonSets: blob, stays: blob }),
  approval: z.object({ planDigest: digest, approver: z.string(), bytes: blob, signature: z.string() }),
  shownTotals: z.object({ digest, shownTo: z.string(), totals: counts, time: instant }),
} as const;
