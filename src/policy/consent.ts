import type { Sha256 } from '../base/crypto.js';
import type { Instant } from '../base/time.js';
import { CONSENT_METHODS as IMPORTED_METHODS, CONSENT_STATES as IMPORTED_STATES } from '../dataset/words.js';

/** What a consent event says: what import reads in a file, and what the tool itself will record as events. */
export const CONSENT_STATES = [...IMPORTED_STATES, 'expired', 'requested', 'deferred', 'objected'] as const;
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
  /** SHA-256 of the notice that the person had been shown, where the ledger records it. */
  readonly notice?: Sha256;
  /** Of an event that a person told the firm itself, and no file: what it was. */
  readonly told?: ToldEntry;
}

/** A no that came by a command: a withdrawal of consent, or an objection (PIPL-15, PIPL-44). */
export type ToldEntry = 'withdrawn' | 'objection';

/** Reads a normalised cell as a state. A spelling that nobody knows is `unknown`, never a yes. */
export function consentState(cell: string): ConsentState {
  return CONSENT_STATES.find((state) => state === cell) ?? 'unknown';
}
