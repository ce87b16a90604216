import type { FieldName } from '../dataset/fields.js';
import { reasonSet, REPLACED, type ReasonSet } from './reasons.js';

/*
 * One person under two customer numbers, of whom one said no (PIPL-15): the records share a mobile number or an identity number. Values are
 * compared by fingerprints of 52 bits that live as long as one check; two of a million persons share one by accident in thousands of checks,
 * and then a person is asked.
 */

/** Reasons by which a person said no. */
export const NO: ReasonSet = reasonSet(
  'CONSENT_REFUSED',
  'CONSENT_WITHDRAWN',
  'OBJECTION',
  'ERASURE_REQUESTED',
);

const SAME: ReasonSet = reasonSet('SAME_PERSON_REFUSED');

/** Fingerprints a record has, two of them: of its mobile number and of its identity number. */
export const FINGERPRINTS = 2;

/** Compiles the fingerprints of records: writes them to `target` from `at`; 0 for what is not stated. */
export function compileFingerprints(
  columns: readonly FieldName[],
): (record: readonly string[], target: Float64Array, at: number) => void {
  const mobile = columns.indexOf('mobile');
  const id = columns.indexOf('id_no');
  return (record, target, at) => {
    target[at] = fingerprint(record[mobile] ?? '');
    target[at + 1] = fingerprint(sameLength(record[id] ?? ''));
  };
}

/** An identity number of 15 digits is one of 18 without its century and its check digit. */
export function sameLength(number: string): string {
  return number.length === 15 ? `${number.slice(0, 6)}19${number.slice(6)}` : number.slice(0, 17);
}

/** 52 bits that stand for a text while one command runs; 0 for none. */
export function fingerprint(text: string): number {
  if (text === '') return 0;
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return 4294967296 * (1048575 & low) + (high >>> 0) + 1;
}

/** A page of records that were judged, with their fingerprints. */
export interface FingerprintedPage {
  readonly reasonSets: Uint32Array;
  /** {@link FINGERPRINTS} for each record, in order. */
  readonly fingerprints: Float64Array;
}

/** A number that more records share is a shop's or a placeholder, and nobody's own. */
export const MOST_SHARED = 10;

/** Adds the reason to every record that shares a number with one that says no, and does not say so itself. */
export function markTwins(pages: readonly FingerprintedPage[]): void {
  const shared = new Shared(pages);
  if (shared.isEmpty) return;
  for (const { reasonSets, fingerprints } of pages)
    for (let at = 0; at < fingerprints.length; at++) {
      const print = fingerprints[at] ?? 0;
      if (shared.may(print) && reasonSets[Math.floor(at / FINGERPRINTS)] !== REPLACED) shared.count(print);
    }
  for (const { reasonSets, fingerprints } of pages)
    for (let at = 0; at < fingerprints.length; at++) {
      const print = fingerprints[at] ?? 0;
      if (!shared.may(print) || !shared.isPersons(print)) continue;
      const mask = reasonSets[Math.floor(at / FINGERPRINTS)] ?? 0;
      if (mask !== REPLACED && (mask & NO) === 0)
        reasonSets[Math.floor(at / FINGERPRINTS)] = (mask | SAME) >>> 0;
    }
}

/** The numbers of those who say no, with how many records have each. */
class Shared {
  readonly #counts = new Map<number, number>();
  /** A bit for each by its low bits, so that nearly every other number is told by one look. */
  readonly #bits = new Uint8Array(2 ** 17);

  constructor(pages: readonly FingerprintedPage[]) {
    for (const { reasonSets, fingerprints } of pages)
      for (let at = 0; at < fingerprints.length; at++) {
        const mask = reasonSets[Math.floor(at / FINGERPRINTS)] ?? 0;
        const print = fingerprints[at] ?? 0;
        if (mask === REPLACED || (mask & NO) === 0 || print === 0) continue;
        this.#counts.set(print, 0);
        this.#bits[(print >>> 3) & 0x1ffff] = (this.#bits[(print >>> 3) & 0x1ffff] ?? 0) | (1 << (print & 7));
      }
  }

  get isEmpty(): boolean {
    return this.#counts.size === 0;
  }

  /** Whether a number may be among them. */
  may(print: number): boolean {
    return ((this.#bits[(print >>> 3) & 0x1ffff] ?? 0) & (1 << (print & 7))) !== 0;
  }

  count(print: number): void {
    const known = this.#counts.get(print);
    if (known !== undefined) this.#counts.set(print, known + 1);
  }

  /** Whether it is one of them and a person's own. */
  isPersons(print: number): boolean {
    const count = this.#counts.get(print);
    return count !== undefined && count <= MOST_SHARED;
  }
}
