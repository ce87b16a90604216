import { fail } from '../messages/error.js';
import { SCAN_CATEGORIES, scanText } from './scan.js';

/** Length of a reason in characters. */
const MAX_REASON = 500;

/**
 * A reason in a person's own words, as it may stand in the register, the log and signed documents: one line in NFC, with nothing in it by
 * which a customer could be known. What the scan finds is a help, no proof: a name it does not find.
 *
 * @throws HandoverError REASON_SHAPE if it is empty, too long or not one line; REASON_PERSONAL_DATA
 */
export function cleanReason(text: string): string {
  const reason = text.normalize('NFC').trim();
  if (reason === '' || [...reason].length > MAX_REASON || /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(reason))
    fail({ code: 'REASON_SHAPE', limit: MAX_REASON });
  const counts = scanText(reason);
  const found = SCAN_CATEGORIES.filter((_, i) => (counts[i] ?? 0) > 0);
  if (found.length > 0) fail({ code: 'REASON_PERSONAL_DATA', found });
  return reason;
}
