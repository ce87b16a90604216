import type { ScanCategory } from '../messages/reasons.js';
import { DIGITS, SCAN_PATTERNS } from './scan-patterns.js';
import { DIGIT, type Signs, signOf, signsOf, WIDE, type Wanted, wantedOf } from './scan-signs.js';

const MARK = '▇';

/** Full-width digits, letters and marks one by one, so that positions stay the same. */
function narrow(text: string): string {
  return /[\uff01-\uff5e]/.test(text)
    ? text.replace(/[\uff03\uff0a\uff0b\uff0d\uff0e\uff10-\uff1a\uff20-\uff3a\uff3f\uff41-\uff5a]/gu, (c) =>
        String.fromCharCode(c.charCodeAt(0) - 0xfee0),
      )
    : text;
}

/** What a run of digits is, if it is personal. A longer number that only contains a mobile number is not taken for one. */
function numberCategory(run: string): ScanCategory | null {
  const digits = run.replace(/[ .-]/g, '');
  if (/^(?:0086|86|0)?1[3-9]\d{9}$/.test(digits)) return 'mobile';
  if (/^[1-9]\d{5}(?:18|19|20)\d{9}[\dXx]$/.test(digits)) return 'id-number';
  if (/^[1-9]\d{5}\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}$/.test(digits)) return 'id-number';
  if (/^(?:010|02\d|0[3-9]\d{2})[2-8]\d{6,7}$/.test(digits)) return 'landline';
  if (/^(?:[2-6]\d{15,18}|3[47]\d{13})$/.test(digits) && isLuhn(digits)) return 'bank-card';
  return null;
}

/** What comes before a number of a thing and not of a person. */
const THING = /(?:订单|单号|运单|快递|流水|工单|发票|合同|编号|批次|设备|型号|序列|条码|order|no)\D{0,4}$/i;

/** The check digit of bank cards (ISO/IEC 7812-1). */
function isLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48;
    const weighed = i % 2 === 1 ? digit * 2 : digit;
    sum += weighed > 9 ? weighed - 9 : weighed;
  }
  return sum % 10 === 0;
}

const ONE_BY_ONE = /^\d(?:[ .-]\d)+$/;

/** Parts of a run that may belong to one number: 138-0013-8000, or a card in groups of four. */
const MOST_PARTS = 5;

/** The numbers in a run. Two written side by side ("138-0013-8000 13900139000") are one run, so neighbouring parts are tried together. */
function numbersIn(
  run: string,
): readonly (readonly [category: ScanCategory, offset: number, length: number])[] {
  const found: [ScanCategory, number, number][] = [];
  // Read out digit by digit: 1 3 8 0 0 …
  const whole = ONE_BY_ONE.test(run) ? numberCategory(run) : null;
  if (whole !== null) return [[whole, 0, run.length]];
  const parts = [...run.matchAll(/[^ .-]+/g)].map((part) => ({
    begin: part.index,
    end: part.index + part[0].length,
  }));
  for (let i = 0; i < parts.length; i++) {
    const begin = parts[i]?.begin ?? 0;
    for (let j = Math.min(parts.length, i + MOST_PARTS) - 1; j >= i; j--) {
      const end = parts[j]?.end ?? begin;
      const category = numberCategory(run.slice(begin, end));
      if (category === null) continue;
      found.push([category, begin, end - begin]);
      i = j;
      break;
    }
  }
  return found;
}

/** Calls `found` for every match of a category that is wanted, in no particular order. `signs` are the text's. */
function search(
  text: string,
  signs: Signs,
  wanted: Wanted,
  found: (category: ScanCategory, at: number, length: number) => void,
): void {
  if ((signs & wanted.signs & DIGIT) !== 0)
    searchNumbers(text, (category, at, length) => {
      if (wanted.includes(category)) found(category, at, length);
    });
  for (let i = 0; i < SCAN_PATTERNS.length; i++) {
    const pattern = SCAN_PATTERNS[i];
    if (pattern === undefined || (signs & signOf(i)) === 0 || !wanted.includes(pattern[0])) continue;
    eachMatch(pattern[2], text, (match, at) => {
      found(pattern[0], at, match.length);
    });
  }
}

function searchNumbers(
  text: string,
  found: (category: ScanCategory, at: number, length: number) => void,
): void {
  eachMatch(DIGITS, text, (run, begin) => {
    const numbers = numbersIn(run);
    const before = text.slice(Math.max(0, begin - 10), begin);
    for (const [category, offset, length] of numbers)
      if (category === 'mobile' || category === 'landline' || offset > 0 || !THING.test(before))
        found(category, begin + offset, length);
    if (numbers.length === 0 && text[begin - 1] === '+' && isAbroad(run)) found('mobile', begin, run.length);
  });
}

/**
 * Every match of a global pattern, in order. `matchAll` makes a pattern of its own for each text, which costs more than the search. No match of
 * these patterns is empty.
 */
function eachMatch(pattern: RegExp, text: string, visit: (match: string, at: number) => void): void {
  pattern.lastIndex = 0;
  for (let found = pattern.exec(text); found !== null; found = pattern.exec(text))
    visit(found[0], found.index);
}

function isAbroad(run: string): boolean {
  const digits = run.replace(/\D/g, '');
  return digits.length <= 15 && !digits.startsWith('0');
}

const EVERYTHING = wantedOf(() => true);

/** A text as it is searched, with its signs; null if it holds no sign of what is wanted, as most do. */
function searchable(text: string, wanted: Wanted): { readonly plain: string; readonly signs: Signs } | null {
  const signs = signsOf(text);
  if ((signs & (wanted.signs | WIDE)) === 0) return null;
  if ((signs & WIDE) === 0) return { plain: text, signs };
  const plain = narrow(text);
  return { plain, signs: signsOf(plain) };
}

/** Something personal in a text, and where it is. */
export interface ScanHit {
  readonly category: ScanCategory;
  readonly at: number;
  readonly length: number;
}

/** What is found in a text, in order; where two patterns of one category find the same, once. */
export function scanHits(text: string): readonly ScanHit[] {
  const looked = searchable(text, EVERYTHING);
  if (looked === null) return [];
  const hits: ScanHit[] = [];
  search(looked.plain, looked.signs, EVERYTHING, (category, at, length) => {
    const same = hits.findIndex(
      (hit) => hit.category === category && at < hit.at + hit.length && hit.at < at + length,
    );
    if (same === -1) hits.push({ category, at, length });
    else if (length > (hits[same]?.length ?? 0)) hits[same] = { category, at, length };
  });
  return hits.sort((a, b) => a.at - b.at);
}

/** A date, perhaps with an hour: digits that tell of nobody. */
const DATE = /^(?:19|20)\d\d[.-]\d{1,2}[.-]\d{1,2}(?: \d{1,2})?$/;

/**
 * The text with everything found struck out, and every long run of digits besides, whatever it is; what is left keeps its place. A search finds
 * patterns, not meaning: it is a help, no proof.
 *
 * @param wanted what is struck out
 */
export function redactText(text: string, wanted: Wanted = EVERYTHING): string {
  const looked = searchable(text, wanted);
  if (looked === null) return text;
  const { plain, signs } = looked;
  const struck: { at: number; length: number }[] = [];
  search(plain, signs, wanted, (_, at, length) => struck.push({ at, length }));
  if ((signs & DIGIT) !== 0 && wanted.includes('number'))
    eachMatch(DIGITS, plain, (run, at) => {
      if (!DATE.test(run)) struck.push({ at, length: run.length });
    });
  return struck.length === 0 ? text : without(text, struck);
}

function without(text: string, struck: readonly { readonly at: number; readonly length: number }[]): string {
  const hit = new Uint8Array(text.length);
  for (const { at, length } of struck) hit.fill(1, at, at + length);
  let out = '';
  for (let i = 0; i < text.length; i++) {
    if (hit[i] === 0) out += text[i];
    else if (hit[i - 1] !== 1) out += MARK;
  }
  return out;
}
