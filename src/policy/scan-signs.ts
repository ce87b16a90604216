import { SCAN_PATTERNS } from './scan-patterns.js';
import type { ScanCategory } from '../messages/reasons.js';

/*
 * Which patterns a text need be searched for. Most texts hold nothing, and one look at their characters is far cheaper than thirty searches.
 */

/** Signs of several patterns, or what is looked for of them: a bit for each pattern. More patterns than bits share some. */
export type Signs = number;

const PATTERN_BITS = 30;
/** The sign of a digit. */
export const DIGIT: Signs = 1 << 30;
/** The sign of a full-width form, which is another character in wide form. */
export const WIDE: Signs = 1 << 31;

/** The sign of a pattern by its place in the table. */
export function signOf(pattern: number): Signs {
  return 1 << (pattern % PATTERN_BITS);
}

/** The signs of each UTF-16 code unit. */
const SIGNS = new Int32Array(0x10000);
for (const [i, [, signs]] of SCAN_PATTERNS.entries())
  for (const char of signs) SIGNS[char.charCodeAt(0)] = (SIGNS[char.charCodeAt(0)] ?? 0) | signOf(i);
for (let unit = 0x30; unit <= 0x39; unit++) SIGNS[unit] = (SIGNS[unit] ?? 0) | DIGIT;
for (let unit = 0xff01; unit <= 0xff5e; unit++) SIGNS[unit] = (SIGNS[unit] ?? 0) | WIDE;

/** The signs that a text holds. */
export function signsOf(text: string): Signs {
  let signs = 0;
  for (let i = 0; i < text.length; i++) signs |= SIGNS[text.charCodeAt(i)] ?? 0;
  return signs;
}

/** The categories that digits alone tell. */
const NUMBERS: readonly ScanCategory[] = ['mobile', 'id-number', 'landline', 'bank-card'];

/** What is looked for. */
export interface Wanted {
  /** Without one of these there is nothing. */
  readonly signs: Signs;
  /** `number`: any long run of digits. */
  readonly includes: (category: ScanCategory | 'number') => boolean;
}

/** What is looked for, as a search needs it. */
export function wantedOf(includes: (category: ScanCategory | 'number') => boolean): Wanted {
  let signs = includes('number') || NUMBERS.some(includes) ? DIGIT : 0;
  for (const [i, [category]] of SCAN_PATTERNS.entries()) if (includes(category)) signs |= signOf(i);
  return { signs, includes };
}
