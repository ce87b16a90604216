import { hex } from '../base/bytes.js';
import { TAG_BYTES } from '../base/tagger.js';
import type { PageSets } from './page-sets.js';
import { type PrintShare, printShares, printsIn } from './print-shares.js';
import { HANDED_OVER, reasonSet, REPLACED, type ReasonSet } from './reasons.js';
import { NO, PrintSet } from './twins.js';

/*
 * Customer numbers that differ only in spelling from that of somebody who said no or was erased (PIPL-15, PIPL-47): c001 for C001. They are
 * told by fingerprints of the number without case, width, marks and leading zeros, which live as long as one check.
 */

/** A page of records that were judged, with the fingerprints of their numbers. */
export interface SpelledPage {
  readonly reasonSets: PageSets;
  /** {@link looseFingerprint} of each record's number, in order. */
  readonly spellings: Float64Array;
  /** The tags of the page, which are read only where something was found. */
  readonly tags: () => Uint8Array;
}

/** Persons beside the records that are judged, by the fingerprints of their numbers and their packed tags. */
export interface Refusers {
  readonly spellings: Float64Array;
  readonly tags: Uint8Array;
}

/** Gathers refusers: 24 bytes each. */
export class RefuserList implements Refusers {
  #spellings = new Float64Array(64);
  #tags = new Uint8Array(64 * TAG_BYTES);
  #size = 0;

  get spellings(): Float64Array {
    return this.#spellings.subarray(0, this.#size);
  }

  get tags(): Uint8Array {
    return this.#tags.subarray(0, this.#size * TAG_BYTES);
  }

  /** @param print of the person's number; 0 for none that could be compared */
  add(print: number, tag: Uint8Array): void {
    if (print === 0) return;
    if (this.#size === this.#spellings.length) {
      const [spellings, tags] = [
        new Float64Array(this.#size * 2),
        new Uint8Array(this.#size * 2 * TAG_BYTES),
      ];
      spellings.set(this.#spellings);
      tags.set(this.#tags);
      [this.#spellings, this.#tags] = [spellings, tags];
    }
    this.#spellings[this.#size] = print;
    this.#tags.set(tag, this.#size++ * TAG_BYTES);
  }

  addAll({ spellings, tags }: Refusers): void {
    for (const [i, print] of spellings.entries())
      this.add(print, tags.subarray(i * TAG_BYTES, (i + 1) * TAG_BYTES));
  }
}

/** A record whose number is nearly that of others who say no. */
export interface Alike {
  readonly page: SpelledPage;
  readonly at: number;
  /** Of the record's person, and of the others, as hexadecimal text. */
  readonly tag: string;
  readonly others: readonly string[];
}

/** Reasons of somebody who says no, or was erased. */
export const SAYS_NO: ReasonSet = NO | reasonSet('ERASED_BEFORE');

/**
 * The records that may be somebody's who says no, and do not say so themselves.
 *
 * @param atOnce how many numbers of those who say no are looked for together
 */
export function spelledAlike(
  pages: readonly SpelledPage[],
  outside: Refusers,
  atOnce?: number,
): readonly Alike[] {
  let noes = outside.spellings.length;
  for (const page of pages) eachRefusing(page, () => noes++);
  if (noes === 0) return [];
  return printShares(noes, atOnce).flatMap((share) => alikeInShare(pages, outside, share));
}

function alikeInShare(pages: readonly SpelledPage[], outside: Refusers, share: PrintShare): readonly Alike[] {
  const refusing = refusingPrints(pages, outside, share);
  if (refusing.isEmpty) return [];
  const found: { readonly page: SpelledPage; readonly at: number; readonly print: number }[] = [];
  const refusers = new Map<number, Set<string>>();
  for (const page of pages)
    for (let at = 0; at < page.spellings.length; at++) {
      const print = page.spellings[at] ?? 0;
      if (
        !refusing.may(print) ||
        !share.holds(print) ||
        !mayBeAsked(page.reasonSets.at(at)) ||
        refusing.find(print) === -1
      )
        continue;
      found.push({ page, at, print });
      refusers.set(print, new Set());
    }
  if (found.length === 0) return [];
  for (const [i, print] of outside.spellings.entries()) refusers.get(print)?.add(tagAt(outside.tags, i));
  for (const { reasonSets, spellings, tags } of pages)
    for (let at = 0; at < spellings.length; at++) {
      if (saysNo(reasonSets.at(at))) refusers.get(spellings[at] ?? 0)?.add(tagAt(tags(), at));
    }
  return found.flatMap(({ page, at, print }) => {
    const theirs = refusers.get(print);
    if (theirs === undefined || theirs.size === 0) return [];
    const tag = tagAt(page.tags(), at);
    const others = [...theirs].filter((other) => other !== tag);
    return others.length === 0 ? [] : [{ page, at, tag, others }];
  });
}

function saysNo(set: ReasonSet | undefined): boolean {
  return set !== undefined && set !== REPLACED && (set & SAYS_NO) !== 0;
}

function mayBeAsked(set: ReasonSet | undefined): boolean {
  return set !== undefined && set !== REPLACED && set !== HANDED_OVER && (set & SAYS_NO) === 0;
}

/** The numbers of all of a share who say no, as they are spelled. */
function refusingPrints(pages: readonly SpelledPage[], outside: Refusers, share: PrintShare): PrintSet {
  const prints = printsIn(share, (visit) => {
    for (const print of outside.spellings) visit(print);
    for (const page of pages) eachRefusing(page, visit);
  });
  return new PrintSet(prints);
}

function eachRefusing({ reasonSets, spellings }: SpelledPage, visit: (print: number) => void): void {
  for (let at = 0; at < spellings.length; at++) {
    const print = spellings[at] ?? 0;
    if (print !== 0 && saysNo(reasonSets.at(at))) visit(print);
  }
}

/** The tag of a record as hexadecimal text. @param tags packed */
export function tagAt(tags: Uint8Array, at: number): string {
  return hex(tags.subarray(at * TAG_BYTES, (at + 1) * TAG_BYTES));
}
