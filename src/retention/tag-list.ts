import { TAG_BYTES } from '../base/tagger.js';

/* Lists of subject tags: packed, 16 bytes each, ascending, none twice. */

/**
 * A sorted list from which tags are struck one by one, in any order, so that the other list never has to be in memory as a whole.
 */
export class TagList {
  readonly #sorted: Uint8Array;
  readonly #struck: Uint8Array;

  /** @param sorted as sortedOnce() gives it */
  constructor(sorted: Uint8Array) {
    this.#sorted = sorted;
    this.#struck = new Uint8Array(sorted.length / TAG_BYTES);
  }

  /** Strikes every one of these packed tags, where it is in the list. */
  strike(tags: Uint8Array): void {
    for (let i = 0; i < tags.length / TAG_BYTES; i++) {
      const at = this.#find(tags, i);
      if (at >= 0) this.#struck[at] = 1;
    }
  }

  /** What is left, sorted. It ends the list: what is left moves up to the place of what was struck. */
  left(): Uint8Array {
    let filled = 0;
    for (const [at, struck] of this.#struck.entries()) {
      if (struck === 1) continue;
      this.#sorted.copyWithin(filled, at * TAG_BYTES, (at + 1) * TAG_BYTES);
      filled += TAG_BYTES;
    }
    return this.#sorted.subarray(0, filled);
  }

  #find(tags: Uint8Array, i: number): number {
    let low = 0;
    let high = this.#struck.length - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const order = compare(this.#sorted, middle, tags, i);
      if (order === 0) return middle;
      if (order < 0) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }
}

/** The n-th tag of one list against the m-th of another, byte by byte. */
function compare(a: Uint8Array, n: number, b: Uint8Array, m: number): number {
  for (let i = 0; i < TAG_BYTES; i++) {
    const difference = (a[n * TAG_BYTES + i] ?? 0) - (b[m * TAG_BYTES + i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
