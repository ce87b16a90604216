import type { FieldName } from '../dataset/fields.js';
import type { PageSets } from './page-sets.js';
import { type PrintShare, printShares, printsIn } from './print-shares.js';
import { reasonSet, REPLACED, type ReasonSet } from './reasons.js';

/*
 * One person under two customer numbers, of whom one said no (PIPL-15): the records share a mobile number, be it the second one, or an identity
 * number. Values are compared by fingerprints of 52 bits that live as long as one check; two of a million persons share one by accident in
 * thousands of checks, and then a person is asked.
 */

/** Reasons by which a person said no. */
export const NO: ReasonSet = reasonSet(
  'CONSENT_REFUSED',
  'CONSENT_WITHDRAWN',
  'OBJECTION',
  'ERASURE_REQUESTED',
);

const SAME: ReasonSet = reasonSet('SAME_PERSON_REFUSED');

/** Fingerprints a record has at most: of its two mobile numbers and of its identity number. */
export const FINGERPRINTS = 3;

/** Fingerprints that each record of a file has: as many as it has columns that tell persons. */
export function fingerprintsIn(columns: readonly FieldName[]): number {
  return PRINTED.filter(({ field }) => columns.includes(field)).length;
}

const PRINTED = [
  { field: 'mobile', same: firstNumber },
  { field: 'mobile_2', same: firstNumber },
  { field: 'id_no', same: sameLength },
] as const;

/** Compiles the fingerprints of records: writes as many as the file has ({@link fingerprintsIn}) to `target` from `at`; 0 for what is not stated. */
export function compileFingerprints(
  columns: readonly FieldName[],
): (record: readonly string[], target: Float64Array, at: number) => void {
  const printed = PRINTED.flatMap(({ field, same }) => {
    const column = columns.indexOf(field);
    return column === -1 ? [] : [{ column, same }];
  });
  return (record, target, at) => {
    for (let i = 0; i < printed.length; i++) {
      const one = printed[i];
      const print = one === undefined ? 0 : shortHash(one.same(record[one.column] ?? ''));
      // One number twice in a record is one record's still.
      target[at + i] = i > 0 && print === target[at] ? 0 : print;
    }
  };
}

/** Of several numbers in a cell, the first. */
function firstNumber(numbers: string): string {
  const end = numbers.indexOf(' ');
  return end === -1 ? numbers : numbers.slice(0, end);
}

/** An identity number of 15 digits is one of 18 without its century and its check digit. */
export function sameLength(number: string): string {
  return number.length === 15 ? `${number.slice(0, 6)}19${number.slice(6)}` : number.slice(0, 17);
}

/** A hash of 52 bits of a text, to compare within one command; 0 for none. */
export function shortHash(text: string): number {
  if (text === '') return 0;
  let high = SEED_HIGH;
  let low = SEED_LOW;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    high = Math.imul(high ^ code, TIMES_HIGH);
    low = Math.imul(low ^ code, TIMES_LOW);
  }
  return mixed(high, low);
}

/** Where both lanes of a fingerprint begin. */
export const SEED_HIGH = 0xdeadbeef;
export const SEED_LOW = 0x41c6ce57;
/** By what each lane is multiplied with every code. */
export const TIMES_HIGH = 2654435761;
export const TIMES_LOW = 1597334677;

/** The fingerprint that both lanes make. */
export function mixed(high: number, low: number): number {
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return 4294967296 * (1048575 & low) + (high >>> 0) + 1;
}

/** A page of records that were judged, with their fingerprints. */
export interface FingerprintedPage {
  readonly reasonSets: PageSets;
  /** The same number of them for each record, in order. */
  readonly fingerprints: Float64Array;
}

/** How many fingerprints of a page one record has. */
export function printsEach({ reasonSets, fingerprints }: FingerprintedPage): number {
  return reasonSets.length === 0 ? 0 : fingerprints.length / reasonSets.length;
}

/** A number that more records share is a shop's or a placeholder, and nobody's own. */
export const MOST_SHARED = 10;

/**
 * Adds the reason to every record that shares a number with one that says no, and does not say so itself.
 *
 * @param beside persons who say no and are in none of these records
 * @param atOnce how many numbers of those who say no are looked for together
 */
export function markTwins(
  pages: readonly FingerprintedPage[],
  beside: readonly FingerprintedPage[] = [],
  atOnce?: number,
): void {
  const all = [...pages, ...beside];
  let noes = 0;
  for (const page of all) eachNo(page, () => noes++);
  if (noes === 0) return;
  for (const share of printShares(noes, atOnce)) markShare(pages, new Shared(all, share));
}

/** Nobody's no is another's for having been marked, so one share knows nothing of another. */
function markShare(pages: readonly FingerprintedPage[], shared: Shared): void {
  if (shared.isEmpty) return;
  for (const page of pages)
    eachMet(page, shared, (print, record) => {
      if (page.reasonSets.at(record) !== REPLACED) shared.count(print);
    });
  for (const { reasonSets, fingerprints } of pages)
    eachMet({ reasonSets, fingerprints }, shared, (print, record) => {
      const set = reasonSets.at(record) ?? 0;
      if (set !== REPLACED && (set & NO) === 0 && shared.isPersons(print)) reasonSets.add(record, SAME);
    });
}

/** Calls `visit` for whatever may be among the shared. */
function eachMet(
  page: FingerprintedPage,
  shared: Shared,
  visit: (print: number, record: number) => void,
): void {
  const { fingerprints } = page;
  const each = printsEach(page);
  for (let at = 0; at < fingerprints.length; at++) {
    const print = fingerprints[at] ?? 0;
    if (shared.may(print)) visit(print, Math.floor(at / each));
  }
}

/** The numbers of those who say no, as far as they are of one share, with how many records have each. */
class Shared {
  readonly #share: PrintShare;
  readonly #prints: PrintSet;
  /** Up to one more than {@link MOST_SHARED}. */
  readonly #counts: Uint8Array;

  constructor(pages: readonly FingerprintedPage[], share: PrintShare) {
    this.#share = share;
    const prints = printsIn(share, (visit) => {
      for (const page of pages) eachNo(page, visit);
    });
    this.#prints = new PrintSet(prints);
    this.#counts = new Uint8Array(prints.length);
  }

  get isEmpty(): boolean {
    return this.#prints.isEmpty;
  }

  /** Whether a number may be among them. */
  may(print: number): boolean {
    return this.#prints.may(print) && this.#share.holds(print);
  }

  count(print: number): void {
    const at = this.#prints.find(print);
    if (at !== -1 && (this.#counts[at] ?? 0) <= MOST_SHARED) this.#counts[at] = (this.#counts[at] ?? 0) + 1;
  }

  /** Whether it is one of them and a person's own. */
  isPersons(print: number): boolean {
    const at = this.#prints.find(print);
    return at !== -1 && (this.#counts[at] ?? 0) <= MOST_SHARED;
  }
}

function eachNo(page: FingerprintedPage, visit: (print: number) => void): void {
  const { reasonSets, fingerprints } = page;
  const each = printsEach(page);
  for (let at = 0; at < fingerprints.length; at++) {
    const set = reasonSets.at(Math.floor(at / each)) ?? 0;
    const print = fingerprints[at] ?? 0;
    if (set !== REPLACED && (set & NO) !== 0 && print !== 0) visit(print);
  }
}

/** Fingerprints that are looked for: eight bytes each, and two by which nearly all others are told at one look. */
export class PrintSet {
  readonly #prints: Float64Array;
  readonly #bits: Uint8Array;
  readonly #last: number;

  /** @param prints none of them 0; they are sorted where they are */
  constructor(prints: Float64Array) {
    this.#prints = prints.sort();
    this.#bits = new Uint8Array(2 ** Math.max(10, Math.ceil(Math.log2(2 * prints.length + 1))));
    this.#last = this.#bits.length - 1;
    for (const print of prints) {
      const at = (print >>> 3) & this.#last;
      this.#bits[at] = (this.#bits[at] ?? 0) | (1 << (print & 7));
    }
  }

  get isEmpty(): boolean {
    return this.#prints.length === 0;
  }

  /** Whether one may be among them. */
  may(print: number): boolean {
    return print !== 0 && ((this.#bits[(print >>> 3) & this.#last] ?? 0) & (1 << (print & 7))) !== 0;
  }

  /** The first place of one among them, or -1. */
  find(print: number): number {
    let [low, high] = [0, this.#prints.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#prints[middle] ?? 0) < print) low = middle + 1;
      else high = middle;
    }
    return this.#prints[low] === print ? low : -1;
  }
}
