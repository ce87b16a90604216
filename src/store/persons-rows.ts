import { z } from 'zod';
import type { Sha256 } from '../base/crypto.js';
import type { CalendarDate, Instant } from '../base/time.js';
import { type DecidedPair, PAIR_DECISIONS } from '../policy/decided-pairs.js';
import { COLUMN } from './columns.js';

/* Single persons, by tag: what is known of them beside their records, what they asked for, and the notices about them. */

const { blob, date, digest, direction, instant } = COLUMN;

/** What a mark on a person can say. */
const MARK_KINDS = ['refused', 'withdrawn', 'objection', 'erasure', 'corrected'] as const;

/** What is known about a person beside the records: heard by the next check, whatever is imported later. */
export interface SubjectMark {
  readonly tag: Uint8Array;
  readonly kind: (typeof MARK_KINDS)[number];
  /** Id of the purpose to which a withdrawal is limited; null for all of them. */
  readonly purpose: string | null;
  readonly request: string | null;
  /** The file that told it, where that holds it no more: in a row that was rejected, or purged since. Null for what came with no file. */
  readonly dataset?: string | null;
  readonly time: Instant;
}

/** How a person's number is spelled, sealed under the key of the tags. */
export interface Spelling {
  readonly tag: Uint8Array;
  readonly sealed: Uint8Array;
}

/** What somebody found out about two persons who look like one. */
export interface StoredPair extends DecidedPair {
  readonly person: string;
  readonly time: Instant;
}

/** One request of a person, in the register (PIPL-50). Nothing of it names the person. */
export interface StoredRequest {
  readonly id: string;
  readonly tag: Uint8Array;
  readonly kind: string;
  /** Role of who asks: self, guardian … */
  readonly requester: string;
  /** How the identity was verified. */
  readonly verified: string;
  readonly received: Instant;
  readonly due: CalendarDate;
  readonly closed: Instant | null;
  readonly outcome: 'done' | 'refused' | 'passed-on' | null;
  readonly reason: string | null;
  readonly notice: string | null;
}

/** A no of a person who was handed over, learned afterwards. */
export interface LateWord {
  /** Digest of the deal. */
  readonly deal: Sha256;
  /** The person's tag under the deal, in hex, as notices name persons. */
  readonly subject: string;
  readonly kind: 'withdrawal' | 'objection' | 'erasure';
  readonly found: Instant;
}

/** A signed message about persons after the handover, and its completion. */
export interface StoredBuyerNotice {
  readonly id: string;
  readonly direction: 'out' | 'in';
  /** Digest of the deal. */
  readonly deal: Sha256;
  readonly kind: string;
  readonly bytes: Uint8Array;
  readonly signature: string;
  readonly due: CalendarDate;
  readonly time: Instant;
  readonly completion: Uint8Array | null;
  readonly completionSignature: string | null;
  readonly completed: Instant | null;
}

export const PERSON_ROW = {
  subjectMark: z.object({
    tag: blob,
    kind: z.enum(MARK_KINDS),
    purpose: z.string().nullable(),
    request: z.string().nullable(),
    dataset: z.string().nullable(),
    time: instant,
  }),
  spelling: z.object({ tag: blob, sealed: blob }),
  decidedPair: z.object({
    first: blob,
    second: blob,
    decision: z.enum(PAIR_DECISIONS),
    person: z.string(),
    time: instant,
  }),
  request: z.object({
    id: z.string(),
    tag: blob,
    kind: z.string(),
    requester: z.string(),
    verified: z.string(),
    received: instant,
    due: date,
    closed: instant.nullable(),
    outcome: z.enum(['done', 'refused', 'passed-on']).nullable(),
    reason: z.string().nullable(),
    notice: z.string().nullable(),
  }),
  lateWord: z.object({
    deal: digest,
    subject: z.string(),
    kind: z.enum(['withdrawal', 'objection', 'erasure']),
    found: instant,
  }),
  notice: z.object({
    id: z.string(),
    direction,
    deal: digest,
    kind: z.string(),
    bytes: blob,
    signature: z.string(),
    due: date,
    time: instant,
    completion: blob.nullable(),
    completionSignature: z.string().nullable(),
    completed: instant.nullable(),
  }),
} as const;
