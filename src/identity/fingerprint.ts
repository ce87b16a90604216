import { unhex } from '../base/bytes.js';
import type { Sha256 } from '../base/crypto.js';

/*
 * The fingerprint of a card: six groups of five decimal digits, to be read out over the phone and printed in a contract annex.
 *
 * Group i is bytes 5·i to 5·i+4 of the card's SHA-256, read as a big-endian number, modulo 100000 (the first 30 of 32 bytes are used).
 * 2^40 is not a multiple of 100000: some groups are more likely than others by one part in eleven million, which costs nothing of the
 * 99.6 bits that an impostor has to match. An impostor needs a second card with a given fingerprint, so the birthday bound of 2^50
 * does not help: two cards of his own with one fingerprint prove nothing about anybody else's.
 */

const GROUPS = 6;
const DIGITS = 5;
const BYTES = 5;

/** The fingerprint of a card with this digest, as it is shown: `12345 67890 …`. */
export function fingerprint(cardDigest: Sha256): string {
  const bytes = Buffer.from(unhex(cardDigest));
  return Array.from({ length: GROUPS }, (_, i) =>
    `${bytes.readUIntBE(BYTES * i, BYTES) % 10 ** DIGITS}`.padStart(DIGITS, '0'),
  ).join(' ');
}

/**
 * Compares what a person typed with a card's fingerprint. Spaces, hyphens, dots, commas and full-width forms of digits and signs are
 * a matter of input methods and are forgiven; a wrong number of digits is told apart from a wrong digit, because it is a slip and not
 * an alarm.
 */
export function compareFingerprint(
  typed: string,
  cardDigest: Sha256,
): { readonly result: 'same' | 'different' } | { readonly result: 'malformed'; readonly digits: number } {
  const text = typed.normalize('NFKC').replace(/[\s.,、。\-\u2010-\u2015\u2212]/gu, '');
  const digits = text.replace(/\D/g, '').length;
  if (digits !== GROUPS * DIGITS || text.length !== digits) return { result: 'malformed', digits };
  return { result: text === fingerprint(cardDigest).replaceAll(' ', '') ? 'same' : 'different' };
}
