import type { CalendarDate } from '../base/time.js';

/** What a purge does with a record. The index is the byte that is kept for it. */
export const DISPOSITIONS = ['stays', 'purge', 'frozen', 'held'] as const;
export type Disposition = (typeof DISPOSITIONS)[number];

/** All that decides about a record. */
export interface DispositionFacts {
  /** The last day on which it may be kept; null while no clock runs for it. */
  readonly end: CalendarDate | null;
  /** Whether its purge is asked for whatever its date: an erasure, an aborted deal, a person's decision. */
  readonly asked: boolean;
  /** Whether an open hold covers it. */
  readonly held: boolean;
  /** The last day of a statutory period that covers it (PIPL-47 ¶2), or null. */
  readonly frozenUntil: CalendarDate | null;
}

/**
 * The one predicate of plan and run: what is due is purged, unless a hold or a statutory period forbids it. A hold is looked at first,
 * because it is a person's decision about a case and has no date on which it gives way.
 *
 * @param today the calendar day in Asia/Shanghai
 */
export function dispositionOf(facts: DispositionFacts, today: CalendarDate): Disposition {
  const due = facts.asked || (facts.end !== null && facts.end < today);
  if (!due) return 'stays';
  if (facts.held) return 'held';
  return facts.frozenUntil !== null && facts.frozenUntil >= today ? 'frozen' : 'purge';
}

/**
 * Which part of a dataset a record belongs to: each part has one end.
 *
 * - `handed-over`: went to the buyer in a bundle whose receipt was accepted.
 * - `kept-back`: was asked about, withheld or rejected, or never sent: the customer is still the seller's.
 * - `outlived`: of those, the ones that the check found past their retention.
 * - `erasure-asked`: of those, the ones who asked to be erased.
 * - `received`: the buyer's.
 * - `evidence`: consents, which prove that the handover was lawful.
 * - `archive`: what only a statute keeps.
 * - `refused`: of what is the buyer's, the persons who say no.
 */
export const SHARES = [
  'handed-over',
  'kept-back',
  'outlived',
  'erasure-asked',
  'received',
  'evidence',
  'archive',
  'refused',
] as const;
export type Share = (typeof SHARES)[number];
