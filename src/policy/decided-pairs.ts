import { hex } from '../base/bytes.js';
import { TAG_BYTES } from '../base/tagger.js';
import { HANDED_OVER, REPLACED, reasonSet, type ReasonSet } from './reasons.js';
import { type FingerprintedPage, MOST_SHARED, NO, printsEach } from './twins.js';

/*
 * What somebody found out about two customer numbers that look like one person (PIPL-8): that they are one, or that they are two. Of one
 * person every no counts under every number (PIPL-15); between two, what they share asks nobody any more. The last word on a pair counts.
 */

/** `one`: both numbers are one person's. `two`: they are two persons'. */
export const PAIR_DECISIONS = ['one', 'two'] as const;
export type PairDecision = (typeof PAIR_DECISIONS)[number];

/** A decision on two persons, known by tag. */
export interface DecidedPair {
  readonly first: Uint8Array;
  readonly second: Uint8Array;
  readonly decision: PairDecision;
}

/** The decisions in force. Being one person passes on: of A with B and B with C, A is C. */
export class DecidedPairs {
  readonly #parents = new Map<string, string>();
  readonly #apart: (readonly [string, string])[] = [];

  /** @param pairs in the order in which they were decided */
  constructor(pairs: readonly DecidedPair[]) {
    const last = new Map<
      string,
      { readonly of: readonly [string, string]; readonly decision: PairDecision }
    >();
    for (const { first, second, decision } of pairs) {
      const of = pairOf(hex(first), hex(second));
      last.set(of.join(' '), { of, decision });
      for (const tag of of) this.#parents.set(tag, tag);
    }
    for (const { of, decision } of last.values())
      if (decision === 'one') this.#parents.set(this.#root(of[0]), this.#root(of[1]));
      else this.#apart.push(of);
  }

  get isEmpty(): boolean {
    return this.#parents.size === 0;
  }

  /** Whether anything was decided about this person. @param tag as hexadecimal text, here and below */
  has(tag: string): boolean {
    return this.#parents.has(tag);
  }

  /** The other numbers of the same person. */
  othersOf(tag: string): readonly string[] {
    if (!this.has(tag)) return [];
    const root = this.#root(tag);
    return [...this.#parents.keys()].filter((other) => other !== tag && this.#root(other) === root);
  }

  /** What was decided of two, by somebody or by what follows; null where nothing was. */
  of(first: string, second: string): PairDecision | null {
    if (!this.has(first) || !this.has(second)) return null;
    const [a, b] = [this.#root(first), this.#root(second)];
    if (a === b) return 'one';
    return this.#apart.some(([c, d]) => {
      const [left, right] = [this.#root(c), this.#root(d)];
      return (left === a && right === b) || (left === b && right === a);
    })
      ? 'two'
      : null;
  }

  #root(tag: string): string {
    let at = tag;
    for (let up = this.#parents.get(at); up !== undefined && up !== at; up = this.#parents.get(at)) at = up;
    return at;
  }
}

function pairOf(a: string, b: string): readonly [string, string] {
  return a < b ? [a, b] : [b, a];
}

/** A page of records that were judged, with the tags of their persons. */
export interface TaggedPage extends FingerprintedPage {
  readonly tags: Uint8Array;
}

/** A record of somebody about whom something was decided. */
interface Place {
  readonly page: TaggedPage;
  readonly at: number;
  readonly tag: string;
}

const SAME = reasonSet('SAME_PERSON_REFUSED');

/**
 * Of one person a no under one number is a no under all of them. Before the twins are marked.
 *
 * @param outside the no's of a number that no record here has: those of somebody who was erased, or who is in the list no more
 */
export function spreadNoes(
  pages: readonly TaggedPage[],
  pairs: DecidedPairs,
  outside: (tag: string) => ReasonSet = () => 0,
): void {
  const places = placesOf(pages, pairs);
  const noes = new Map<string, number>();
  for (const { page, at, tag } of places)
    noes.set(tag, ((noes.get(tag) ?? 0) | ((page.reasonSets.at(at) ?? 0) & NO)) >>> 0);
  for (const { page, at, tag } of places) {
    const theirs = pairs.othersOf(tag).reduce((set, other) => set | (noes.get(other) ?? outside(other)), 0);
    if (theirs === 0) continue;
    // Who went already and says no by now is no longer one who may go.
    const own = page.reasonSets.at(at) ?? 0;
    page.reasonSets.put(at, ((own === HANDED_OVER ? 0 : own) | theirs) >>> 0);
  }
}

/** Who shares a number only with those who are somebody else is asked no more. After the twins were marked. */
export function settleApart(
  pages: readonly TaggedPage[],
  pairs: DecidedPairs,
  beside: readonly TaggedPage[] = [],
): void {
  const asked = placesOf(pages, pairs).filter(({ page, at }) => ((page.reasonSets.at(at) ?? 0) & SAME) !== 0);
  if (asked.length === 0) return;
  const numbers = numbersOf([...pages, ...beside], new Set(asked.flatMap(printsOf)));
  for (const place of asked) {
    const refusers = printsOf(place).flatMap((print) => {
      const number = numbers.get(print);
      return number === undefined || number.count > MOST_SHARED ? [] : [...number.refusers];
    });
    const { page, at, tag } = place;
    if (refusers.every((other) => pairs.of(tag, other) === 'two'))
      page.reasonSets.put(at, ((page.reasonSets.at(at) ?? 0) & ~SAME) >>> 0);
  }
}

function placesOf(pages: readonly TaggedPage[], pairs: DecidedPairs): readonly Place[] {
  const places: Place[] = [];
  for (const page of pages)
    for (let at = 0; at < page.reasonSets.length; at++) {
      const tag = tagAt(page, at);
      if (page.reasonSets.at(at) !== REPLACED && pairs.has(tag)) places.push({ page, at, tag });
    }
  return places;
}

function printsOf({ page, at }: Pick<Place, 'page' | 'at'>): readonly number[] {
  const each = printsEach(page);
  return [...page.fingerprints.subarray(at * each, (at + 1) * each)].filter((one) => one !== 0);
}

/** Of each of these numbers, how many records have it, and who of them says no. */
function numbersOf(pages: readonly TaggedPage[], wanted: ReadonlySet<number>) {
  const found = new Map([...wanted].map((print) => [print, { count: 0, refusers: new Set<string>() }]));
  for (const page of pages)
    for (let at = 0; at < page.reasonSets.length; at++) {
      const set = page.reasonSets.at(at) ?? 0;
      if (set === REPLACED) continue;
      for (const print of printsOf({ page, at })) {
        const number = found.get(print);
        if (number === undefined) continue;
        number.count++;
        if ((set & NO) !== 0) number.refusers.add(tagAt(page, at));
      }
    }
  return found;
}

function tagAt({ tags }: TaggedPage, at: number): string {
  return hex(tags.subarray(at * TAG_BYTES, (at + 1) * TAG_BYTES));
}
