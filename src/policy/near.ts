import type { ConsentState } from './consent.js';

/** What becomes of events of a ledger whose number is nobody's: taken for those whose number is nearly the same, or left to nobody. */
export const UNMATCHED_DECISIONS = ['near', 'nobody'] as const;
export type UnmatchedDecision = (typeof UNMATCHED_DECISIONS)[number];

/**
 * A customer number without what is lost or changed between two systems: width, case, spaces, dashes, invisible characters, leading zeros, `.0`,
 * commas between thousands. Two numbers that agree in it may be one person's; they are proposed, never joined unasked, because systems exist
 * whose numbers differ by case alone.
 */
export function looseNumber(number: string): string {
  return number
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{Cf}\s]/gu, '')
    .replace(/\.0+$/, '')
    .replace(/[-\u2010-\u2015_/·.,'`"=;#]/g, '')
    .replace(/(?<![0-9])0+(?=\d)/g, '');
}

/** Whether an event is a no, which must not be lost because nobody knows whose it is. */
export function isNo(state: ConsentState): boolean {
  return state === 'refused' || state === 'withdrawn' || state === 'objected' || state === 'erasure-asked';
}
