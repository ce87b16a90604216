import type { ExaminedPage } from '../../policy/examine.js';
import { type JudgedPage, PageSets } from '../../policy/page-sets.js';
import { addScans, type ScanCounts } from '../../policy/scan-counts.js';
import type { Overflow, OverflowPiece } from '../../store/overflow.js';
import { release } from '../../base/transfer.js';
import type { CheckedPage } from './stages/check.js';

/** What the records of a page are compared by. */
type Prints = Pick<ExaminedPage, 'fingerprints' | 'spellings'>;

const NONE: Prints = { fingerprints: new Float64Array(), spellings: new Float64Array() };

/** A page that was judged, with what its records are compared by. */
export type ComparedPage = JudgedPage & Prints;

/** A page whose prints are fetched where they are asked for. */
class KeptPage implements ComparedPage {
  readonly number: number;
  readonly reasonSets: PageSets;
  readonly stays: PageSets | null;
  readonly #prints: () => Prints;

  constructor({ number, reasonSets, stays }: CheckedPage, prints: () => Prints) {
    this.number = number;
    this.reasonSets = PageSets.of(reasonSets);
    this.stays = stays === null ? null : PageSets.of(stays);
    this.#prints = prints;
  }

  get fingerprints() {
    return this.#prints().fingerprints;
  }

  get spellings() {
    return this.#prints().spellings;
  }
}

/**
 * The pages of a file that was judged. What their records are compared by, 24 bytes each, overflows where it is much, and is given up as soon
 * as they were compared. One page's is at hand at a time, so whoever compares goes through them page by page.
 */
export class ComparedPages {
  readonly #pages: KeptPage[] = [];
  /** What the records of each page are compared by, and how many of the numbers are fingerprints; the others are spellings. */
  readonly #kept: { readonly piece: OverflowPiece; readonly fingerprints: number }[] = [];
  readonly #overflow: Overflow;
  #atHand: { readonly index: number; readonly prints: Prints } | null = null;
  #scan = addScans([]);

  /** @param overflow closed with the pages */
  constructor(overflow: Overflow) {
    this.#overflow = overflow;
  }

  /** In the order in which they were added. */
  get pages(): readonly ComparedPage[] {
    return this.#pages;
  }

  /** Personal data in the free text of all pages. */
  get scan(): ScanCounts {
    return this.#scan;
  }

  /**
   * @param page its sets, fingerprints and spellings are given away
   * @throws HandoverError DISK_FULL and the other problems of writing
   */
  add(page: CheckedPage): void {
    const { reasonSets, stays, scan, fingerprints, spellings } = page;
    this.#scan = addScans([this.#scan, scan]);
    const all = new Float64Array(fingerprints.length + spellings.length);
    all.set(fingerprints);
    all.set(spellings, fingerprints.length);
    const bytes = new Uint8Array(all.buffer);
    const piece = this.#overflow.keep(bytes);
    const index = this.#kept.push({ piece, fingerprints: fingerprints.length }) - 1;
    this.#pages.push(new KeptPage(page, () => this.#printsOf(index)));
    // Each lies beside the heap, and V8 would look through all of it for what is gone.
    const given = [fingerprints, spellings, reasonSets, ...(stays === null ? [] : [stays])];
    release(...given.map(({ buffer }) => new Uint8Array(buffer)));
    if (piece !== bytes) release(bytes);
  }

  #printsOf(index: number): Prints {
    if (this.#atHand?.index === index) return this.#atHand.prints;
    const kept = this.#kept[index];
    if (kept === undefined) return NONE;
    this.#releaseAtHand();
    const { buffer } = this.#overflow.read(kept.piece);
    const words = new Float64Array(buffer);
    const prints = {
      fingerprints: words.subarray(0, kept.fingerprints),
      spellings: words.subarray(kept.fingerprints),
    };
    this.#atHand = { index, prints };
    return prints;
  }

  /** What was read from the disk is read again where it is wanted again. */
  #releaseAtHand(): void {
    const { index, prints } = this.#atHand ?? { index: -1, prints: NONE };
    this.#atHand = null;
    if (this.#kept[index] === undefined || this.#kept[index].piece instanceof Uint8Array) return;
    release(new Uint8Array(prints.fingerprints.buffer));
  }

  /** Gives up what they are compared by. The verdicts stay. Never throws. */
  giveUp(): void {
    this.#kept.length = 0;
    this.#atHand = null;
    this.#overflow.close();
  }
}
