import { TAG_BYTES } from '../base/crypto.js';

/* Lists of subject tags: packed, 16 bytes each, ascending, none twice. */

/** Sorts packed tags and leaves each once. A million take about a second. */
export function sortedTags(tags: Uint8Array): Uint8Array {
  const count = tags.length / TAG_BYTES;
  const view = new DataView(tags.buffer, tags.byteOffset, tags.byteLength);
  // The leading six bytes decide nearly always, and a number of 48 bits is exact.
  const leads = new Float64Array(count);
  for (let i = 0; i < count; i++)
    leads[i] = view.getUint32(i * TAG_BYTES) * 0x10000 + view.getUint16(i * TAG_BYTES + 4);
  const order = new Uint32Array(count);
  for (let i = 0; i < count; i++) order[i] = i;
  order.sort((a, b) => (leads[a] ?? 0) - (leads[b] ?? 0) || compare(tags, a, tags, b));
  const sorted = new Uint8Array(tags.length);
  let filled = 0;
  for (const at of order) {
    if (filled > 0 && compare(tags, at, sorted, filled - 1) === 0) continue;
    sorted.set(tags.subarray(at * TAG_BYTES, (at + 1) * TAG_BYTES), filled * TAG_BYTES);
    filled++;
  }
  return sorted.subarray(0, filled * TAG_BYTES);
}

/**
 * A sorted list from which tags are struck one by one, in any order, so that the other list never has to be in memory as a whole.
 */
export class TagList {
  readonly #sorted: Uint8Array;
  readonly #struck: Uint8Array;

  /** @param sorted as {@link sortedTags} gives it */
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
