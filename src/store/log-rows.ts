import { z } from 'zod';
import type { Instant } from '../base/time.js';
import { type Witness, WITNESSES } from '../messages/problems/audit.js';
import { COLUMN } from './columns.js';

/* The log: its signed sizes, time stamps and pruned beginnings, and what has both a row and an event. */

const { blob, count, flag, instant } = COLUMN;

/** A signed note over the log at some size. */
export interface StoredCheckpoint {
  /** Counts them from 1. */
  readonly ordinal: number;
  readonly size: number;
  readonly note: string;
}

/** An RFC 3161 request for a checkpoint, and the answer once it came. */
export interface StoredTimestamp {
  readonly ordinal: number;
  /** Size of the log that the note signs. */
  readonly size: number;
  readonly note: string;
  readonly request: Uint8Array;
  readonly response: Uint8Array | null;
  /** The time that the authority says. */
  readonly stamped: Instant | null;
  readonly authority: string | null;
  readonly time: Instant;
}

/** Something that has both a row and an event. */
export interface HeldWitness {
  readonly what: Witness;
  /** By which its event names it. */
  readonly id: string;
  /** Since when it is there, null where the row does not say. */
  readonly time: string | null;
  /** Whether an event of its own tells of it. */
  readonly told: boolean;
  /** Whether it is over, of which another event tells; null where nothing of that kind is logged. */
  readonly ended: boolean | null;
}

/** A pruned beginning of the log: its compact range replaces the events below `upto`. */
export interface LogSegment {
  readonly upto: number;
  readonly range: Uint8Array;
  /** The checkpoint that covers it. */
  readonly note: string;
  readonly time: Instant;
}

export const LOG_ROW = {
  checkpoint: z.object({ ordinal: z.int(), size: count, note: z.string() }),
  timestamp: z.object({
    ordinal: count,
    size: count,
    note: z.string(),
    request: blob,
    response: blob.nullable(),
    stamped: instant.nullable(),
    authority: z.string().nullable(),
    time: instant,
  }),
  segment: z.object({ upto: count, range: blob, note: z.string(), time: instant }),
  approved: z.object({ bytes: blob }),
  told: z.object({ bytes: blob, time: instant }),
  witness: z.object({
    what: z.enum(WITNESSES),
    id: z.string(),
    time: z.string().nullable(),
    told: flag,
    ended: flag.nullable(),
  }),
} as const;
