import { addDuration, type CalendarDate } from '../base/time.js';
import type { Terms } from '../deal/terms.js';

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
