import { fail } from '../messages/error.js';
import type { ScanCategory } from '../messages/reasons.js';
import { scanText } from './scan-counts.js';
import { SCAN_CATEGORIES } from './scan-patterns.js';

/** Lengths in characters: a reason may be in a signed document, whose lines are short; an account of an event stays in the firm. */
const MAX_REASON = 200;
const MAX_ACCOUNT = 500;

/**
 * A reason in a person's own words, as it may be in the register, the log and signed documents: one line in NFC, with nothing in it by
 * which a customer could be known. What the scan finds is a help, no proof: a name it does not find.
 *
 * @param refused what it may not hold; by default everything that the scan looks for
 * @param most its length in characters
 * @throws HandoverError REASON_SHAPE if it is empty, too long or not one line; REASON_PERSONAL_DATA
 */
export function cleanReason(
  text: string,
  refused: readonly ScanCategory[] = SCAN_CATEGORIES,
  most: number = MAX_REASON,
): string {
  const reason = text.normalize('NFC').trim();
  if (reason === '' || [...reason].length > most || /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(reason))
    fail({ code: 'REASON_SHAPE', limit: most });
  const counts = scanText(reason);
  const found = SCAN_CATEGORIES.filter((category, i) => (counts[i] ?? 0) > 0 && refused.includes(category));
  if (found.length > 0) fail({ code: 'REASON_PERSONAL_DATA', found });
  return reason;
}

/** As {@link cleanReason}, for what is said of an event: that a clerk was travelling, or lost a key, speaks of no customer. */
export function cleanAccount(text: string): string {
  return cleanReason(
    text,
    SCAN_CATEGORIES.filter((category) => category !== 'absence' && category !== 'key'),
    MAX_ACCOUNT,
  );
}

const MAX_NAME = 80;

/**
 * A name or a contact of staff or of a firm, as typed: one line in NFC.
 *
 * @throws HandoverError HOUSE_NAME if it is empty, too long or not one line
 */
export function cleanName(text: string): string {
  const name = text.normalize('NFC').trim();
  if (name === '' || [...name].length > MAX_NAME || /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(name))
    fail({ code: 'HOUSE_NAME', limit: MAX_NAME });
  return name;
}
