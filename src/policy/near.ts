import type { ConsentEvent, ConsentState } from './consent.js';
import { shortHash, mixed, SEED_HIGH, SEED_LOW, TIMES_HIGH, TIMES_LOW } from './twins.js';

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

/** Whether the last word of events is a no. One without a time that can be read counts always. */
export function endsInNo(events: readonly ConsentEvent[]): boolean {
  const yes = events.filter(({ state }) => state === 'given').map(({ at }) => at);
  return events.some(({ state, at }) => isNo(state) && (at === '' || yes.every((time) => time <= at)));
}

/**
 * The fingerprint of {@link looseNumber}, by which numbers are told that differ only in spelling; 0 where nothing is left of the number. Nearly
 * all numbers are plain letters and digits, and are read in one pass without a text in between.
 */
export function looseFingerprint(number: string): number {
  let high = SEED_HIGH;
  let low = SEED_LOW;
  let isAny = false;
  let isDigit = false;
  let zeros = false;
  for (let i = 0; i < number.length; i++) {
    const code = number.charCodeAt(i);
    const folded = code < FOLDED.length ? (FOLDED[code] ?? UNKNOWN) : UNKNOWN;
    if (folded === UNKNOWN) return shortHash(looseNumber(number));
    if (folded === LEFT_OUT) continue;
    isAny = true;
    if (folded === ZERO && !isDigit) {
      zeros = true;
      continue;
    }
    isDigit = folded >= ZERO && folded <= NINE;
    if (zeros && !isDigit) {
      high = Math.imul(high ^ ZERO, TIMES_HIGH);
      low = Math.imul(low ^ ZERO, TIMES_LOW);
    }
    zeros = false;
    high = Math.imul(high ^ folded, TIMES_HIGH);
    low = Math.imul(low ^ folded, TIMES_LOW);
  }
  if (!isAny) return 0;
  return zeros
    ? mixed(Math.imul(high ^ ZERO, TIMES_HIGH), Math.imul(low ^ ZERO, TIMES_LOW))
    : mixed(high, low);
}

const ZERO = 0x30;
const NINE = 0x39;
/** A character that takes the long way, and one that is left out. */
const UNKNOWN = 0;
const LEFT_OUT = 1;
/** What is left of each character of ASCII. */
const FOLDED = Uint8Array.from({ length: 0x80 }, (_, code) => {
  const char = String.fromCharCode(code);
  if (code < 0x20 || char === '.') return UNKNOWN;
  return ' -_/,\'`"=;#'.includes(char) ? LEFT_OUT : char.toLowerCase().charCodeAt(0);
});
