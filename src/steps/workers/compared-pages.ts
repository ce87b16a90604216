import type { ExaminedPage } from '../../policy/examine.js';
import type { Overflow, OverflowPiece } from '../../store/overflow.js';
import { release } from './stage.js';
import type { CheckedPage } from './stages/check.js';

/** What the records of a page are compared by. */
type Prints = Pick<ExaminedPage, 'fingerprints' | 'spellings'>;

const NONE: Prints = { fingerprints: new Float64Array(), spellings: new Float64Array() };

/**
 * The pages of a file that was judged. What their records are compared by, 24 bytes each, overflows where it is much, and is given up as soon
 * as they were compared. One page's is at hand at a time, so whoever compares goes through them page by page.
 */
export class ComparedPages {
  readonly #pages: CheckedPage[] = [];
  readonly #overflow: Overflow;
  #atHand: { readonly piece: OverflowPiece; readonly prints: Prints } | null = null;
  #isGivenUp = false;

  /** @param overflow closed with the pages */
  constructor(overflow: Overflow) {
    this.#overflow = overflow;
  }

  /** In the order in which they were added. */
  get pages(): readonly CheckedPage[] {
    return this.#pages;
  }

  /**
   * @param page its fingerprints and spellings are given away
   * @throws HandoverError DISK_FULL and the other problems of writing
   */
  add(page: CheckedPage): void {
    const { number, reasonSets, stays, scan, fingerprints, spellings } = page;
    const all = new Float64Array(fingerprints.length + spellings.length);
    all.set(fingerprints);
    all.set(spellings, fingerprints.length);
    const bytes = new Uint8Array(all.buffer);
    const piece = this.#overflow.keep(bytes);
    const { length } = fingerprints;
    // Each lies beside the heap, and V8 would look through all of it for what is gone.
    release(...[fingerprints, spellings].map(({ buffer }) => new Uint8Array(buffer)));
    if (piece !== bytes) release(bytes);
    const prints = (): Prints => this.#printsOf(piece, length);
    this.#pages.push({
      number,
      reasonSets,
      stays,
      scan,
      get fingerprints() {
        return prints().fingerprints;
      },
      get spellings() {
        return prints().spellings;
      },
    });
  }

  /** @param length how many of them are fingerprints; the others are spellings */
  #printsOf(piece: OverflowPiece, length: number): Prints {
    if (this.#isGivenUp) return NONE;
    if (this.#atHand?.piece === piece) return this.#atHand.prints;
    this.#releaseAtHand();
    const { buffer } = this.#overflow.read(piece);
    const words = new Float64Array(buffer);
    const prints = { fingerprints: words.subarray(0, length), spellings: words.subarray(length) };
    this.#atHand = { piece, prints };
    return prints;
  }

  /** What was read from the disk is read again where it is wanted again. */
  #releaseAtHand(): void {
    if (this.#atHand === null || this.#atHand.piece instanceof Uint8Array) return;
    release(new Uint8Array(this.#atHand.prints.fingerprints.buffer));
    this.#atHand = null;
  }

  /** Gives up what they are compared by. The verdicts stay. Never throws. */
  giveUp(): void {
    this.#isGivenUp = true;
    this.#atHand = null;
    this.#overflow.close();
  }
}
