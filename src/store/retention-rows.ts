import { z } from 'zod';
import type { Sha256 } from '../base/crypto.js';
import type { CalendarDate, Instant } from '../base/time.js';
import { COLUMN, type Counts } from './columns.js';

/* How records end: what keeps them, the purges, the erasure ledger, places that no program reaches, and the counts that stay. */

const { blob, count, counts, date, digest, instant, json } = COLUMN;

/** What keeps records from being purged: a hold (a case, until released) or a freeze (a statutory period, until its date). */
export interface Restraint {
  readonly id: string;
  readonly kind: 'hold' | 'freeze';
  readonly scope: 'all' | 'dataset' | 'subjects';
  /** For the scope `dataset`. */
  readonly dataset: string | null;
  /** For a freeze: the statutory basis, and the last day of its period. */
  readonly basis: string | null;
  readonly until: CalendarDate | null;
  /** The name of the case of a hold, without personal data. */
  readonly title: string | null;
  /** The day on which the period of a freeze begins. */
  readonly since: CalendarDate | null;
  /** For the scope `subjects`: how many persons it names. Each may have several tags. */
  readonly persons: number | null;
  /** Words of whoever placed it, without personal data. */
  readonly reason: string;
  readonly opened: Instant;
  readonly openedBy: string;
  readonly released: Instant | null;
  readonly releasedBy: string | null;
  readonly releaseReason: string | null;
}

/** `planned` → `began` (nothing is gone yet) → `erased` (rewritten, keys destroyed) → `done` (certified). `void`: never to be run. */
const PURGE_STATES = ['planned', 'began', 'erased', 'done', 'void'] as const;

export type PurgeState = (typeof PURGE_STATES)[number];

/** How a purge ended (docs/formats.md, "Certificate"). */
const PURGE_OUTCOMES = ['erased', 'erased-with-limits', 'failed'] as const;

type PurgeOutcome = (typeof PURGE_OUTCOMES)[number];

export interface StoredPurge {
  readonly id: string;
  readonly state: PurgeState;
  readonly planDigest: Sha256;
  /** Canonical JSON: what approvers sign. */
  readonly plan: Uint8Array;
  /** Key ids by dataset, for what stays. */
  readonly freshKeys: Readonly<Record<string, string>>;
  readonly certificate: Uint8Array | null;
  readonly certificateSignature: string | null;
  readonly outcome: PurgeOutcome | null;
  readonly time: Instant;
}

/** Sorted tags of erased persons, 16 bytes each. */
export interface ErasedTags {
  readonly number: number;
  readonly tags: Uint8Array;
}

/** A purge whose persons are in the erasure ledger, and when it was planned. */
export interface Erasure {
  readonly purge: string;
  readonly time: Instant;
}

/** What somebody says of a place that no program reaches (law.md §5.5). Attested, not verified. */
export interface Attestation {
  readonly place: string;
  readonly state: 'cleared' | 'never-there' | 'remains';
  readonly person: string;
  readonly time: Instant;
}

/** Counts that stay of purged records. */
export interface Statistic {
  readonly purge: string;
  readonly dataset: string;
  readonly counts: Counts;
}

export const RETENTION_ROW = {
  restraint: z.object({
    id: z.string(),
    kind: z.enum(['hold', 'freeze']),
    scope: z.enum(['all', 'dataset', 'subjects']),
    dataset: z.string().nullable(),
    basis: z.string().nullable(),
    until: date.nullable(),
    title: z.string().nullable(),
    since: date.nullable(),
    persons: count.nullable(),
    reason: z.string(),
    opened: instant,
    openedBy: z.string(),
    released: instant.nullable(),
    releasedBy: z.string().nullable(),
    releaseReason: z.string().nullable(),
  }),
  tag: z.object({ tag: blob }),
  purge: z.object({
    id: z.string(),
    state: z.enum(PURGE_STATES),
    planDigest: digest,
    plan: blob,
    freshKeys: json(z.record(z.string(), z.string())),
    certificate: blob.nullable(),
    certificateSignature: z.string().nullable(),
    outcome: z.enum(PURGE_OUTCOMES).nullable(),
    time: instant,
  }),
  purgeSubjects: z.object({ tags: blob }),
  erased: z.object({ number: count, tags: blob }),
  erasure: z.object({ purge: z.string(), time: instant }),
  attestation: z.object({
    place: z.string(),
    state: z.enum(['cleared', 'never-there', 'remains']),
    person: z.string(),
    time: instant,
  }),
  statistic: z.object({ purge: z.string(), dataset: z.string(), counts }),
} as const;
