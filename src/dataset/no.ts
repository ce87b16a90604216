import type { ValueKind } from './kinds.js';
import type { Note } from './normaliser.js';
import { type ImportedConsentState, optOut } from './words.js';

/** From the clearest no to the clearest yes. */
const FROM_NO: readonly ImportedConsentState[] = [
  'withdrawn',
  'refused',
  'unknown',
  'no-reply',
  'implied',
  'verbal',
  'given',
  'renewed',
];

/**
 * What two columns about one will amount to: the no, wherever it is (PIPL-15). Of two times at which somebody said no, the later; an
 * empty cell says nothing.
 */
export function noOf(kind: ValueKind, first: string, second: string): string {
  if (first === '' || second === '' || first === second) return first || second;
  if (kind === 'opt-out') return 'yes';
  if (kind !== 'consent-status') return first > second ? first : second;
  return FROM_NO.find((state) => state === first || state === second) ?? 'unknown';
}

/** A customer who is switched off in the shop's own system may have left: what the person said before is doubtful, and is asked. */
export function switchedOff(cell: string, note: Note): string {
  if (optOut(cell, () => undefined) === 'no') return '';
  note('VALUE_SWITCHED_OFF');
  return 'unknown';
}
