import { addDuration, type CalendarDate, type Duration } from '../base/time.js';
import type { Terms } from '../deal/terms.js';
import { BASES } from '../messages/bases.js';
import { statutoryBasis } from './statutory.js';

/** The last day on which a party may keep the records of a deal, and the requirements that it follows from. */
export interface RetentionEnd {
  /** Calendar day in Asia/Shanghai. From the day after, the records are due to be purged. */
  readonly date: CalendarDate;
  /** Requirement ids of law.md. */
  readonly laws: readonly string[];
}

/** The buyer keeps the records for the agreed time after the effective date (PIPL-19: no longer than the purpose needs). */
export function buyerEnd(terms: Terms): RetentionEnd {
  return {
    date: addDuration(terms.effective, terms.retention.buyer.after_effective),
    laws: ['PIPL-19', 'PIPL-47'],
  };
}

/**
 * The seller keeps the transferred records for the agreed time after it accepted the buyer's receipt: with the handover their purpose
 * is achieved (PIPL-47). What the seller must keep longer, such as invoices and the record of the provision itself, is no part of this.
 *
 * @param receiptAccepted the day, in Asia/Shanghai, on which the receipt was accepted
 */
export function sellerEnd(terms: Terms, receiptAccepted: CalendarDate): RetentionEnd {
  return {
    date: addDuration(receiptAccepted, terms.retention.seller.after_receipt),
    laws: ['PIPL-47', 'PIPL-19'],
  };
}

/**
 * Proof of consent and notice is kept for the period in which claims can be made, three years (CC-188), which is also how long the record
 * of the provision must be kept (NDSR-12, PIPL-56).
 *
 * @param handedOver the day of the last handover that it proves lawful
 */
export function evidenceEnd(handedOver: CalendarDate): RetentionEnd {
  return { date: addDuration(handedOver, EVIDENCE_PERIOD), laws: ['CC-188', 'NDSR-12', 'PIPL-56'] };
}

/** What only a statute keeps ends with the period of that statute (PIPL-47 ¶2). @param until its last day */
export function archiveEnd(basis: string, until: CalendarDate): RetentionEnd {
  const known = BASES.find((id) => id === basis);
  return { date: until, laws: ['PIPL-47', ...(known === undefined ? [] : statutoryBasis(known).laws)] };
}

const EVIDENCE_PERIOD = 'P3Y' as Duration;

/** What the check found to have outlived its purpose, or whose person asked to be erased, ends on the day of that check. */
export function endedAt(checked: CalendarDate): RetentionEnd {
  return { date: checked, laws: ['PIPL-47', 'PIPL-19'] };
}
