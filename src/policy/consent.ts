import type { Instant } from '../base/time.js';
import {
  IMPORTED_CONSENT_METHODS as IMPORTED_METHODS,
  IMPORTED_CONSENT_STATES as IMPORTED_STATES,
} from '../dataset/words.js';

/** What a consent event says: what import reads in a file, and what the tool itself will record as events. */
export const CONSENT_STATES = [
  ...IMPORTED_STATES,
  'expired',
  'requested',
  'delivered',
  'unreachable',
  'deferred',
  'objected',
  'erasure-asked',
] as const;
export type ConsentState = (typeof CONSENT_STATES)[number];

/** How a consent was expressed. */
export const CONSENT_METHODS = [...IMPORTED_METHODS, 'web', 'pre-ticked', 'no-response', 'unknown'] as const;
export type ConsentMethod = (typeof CONSENT_METHODS)[number];

/** One line of the consent ledger about one person. Cells are as import normalised them; '' means not stated. */
export interface ConsentEvent {
  readonly state: ConsentState;
  readonly at: Instant | '';
  readonly recipient: string;
  readonly purpose: string;
  readonly method: string;
  readonly evidence: string;
  /** The notice that the person had been shown, where the ledger records it: its digest, the beginning of it, or the day it was sent. */
  readonly notice?: string;
  /** What it is about, where that is not the data: the contract, with what was prepaid (law.md §1.2). */
  readonly matter?: 'contract';
  /** Of an event that is in no file's records: what it was. */
  readonly told?: ToldEntry;
  /** Of a no that is in another customer file than the one judged: the id of its dataset. */
  readonly dataset?: string;
}

/** A no that is known apart from the files' records, by a command or from a row that was rejected (PIPL-15, PIPL-44). */
export const TOLD_ENTRIES = ['refused', 'withdrawn', 'objection'] as const;
export type ToldEntry = (typeof TOLD_ENTRIES)[number];

/** Reads a normalised cell as a state. A spelling that nobody knows is `unknown`, never a yes. */
export function consentState(cell: string): ConsentState {
  return CONSENT_STATES.find((state) => state === cell) ?? 'unknown';
}
