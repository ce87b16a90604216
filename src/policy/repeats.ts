import { TAG_BYTES } from '../base/tagger.js';

/** Bits of the sieve for each record: one record in so many meets the bit of another by accident. */
const BITS_EACH = 16;

/**
 * Finds subjects that stand in a dataset more than once. Nearly all stand there once, and a sieve of a few bits a record tells so; those
 * whose bit was met twice are sorted, sixteen bytes each. On the buyer's side the other party chose the tags, and may have chosen them to
 * look alike: that makes it sort more, and nothing worse. The packed tags are read three times.
 *
 * @param count records of the dataset
 * @param pages the packed tags page by page, as often as asked
 * @yields for each subject that repeats, the positions of its records, in order, in the whole dataset
 */
export function* repeatedSubjects(
  count: number,
  pages: () => Iterable<Uint8Array>,
): Generator<readonly number[]> {
  const sieve = new Sieve(count);
  for (const tags of pages()) sieve.add(tags);
  let suspects = 0;
  for (const tags of pages()) suspects += sieve.suspectsIn(tags);
  // 64 bits of the tag decide: among a million subjects two share them once in thirty million files, and then a row is kept back.
  const highs = new Uint32Array(suspects);
  const lows = new Uint32Array(suspects);
  const positions = new Uint32Array(suspects);
  let position = 0;
  let filled = 0;
  for (const tags of pages()) {
    const words = new DataView(tags.buffer, tags.byteOffset, tags.byteLength);
    for (let offset = 0; offset < tags.length; offset += TAG_BYTES, position++) {
      const high = words.getUint32(offset);
      if (!sieve.suspects(high)) continue;
      highs[filled] = high;
      lows[filled] = words.getUint32(offset + 4);
      positions[filled] = position;
      filled++;
    }
  }
  const order = Uint32Array.from(positions.keys());
  const differ = (a: number, b: number): number =>
    (highs[a] ?? 0) - (highs[b] ?? 0) || (lows[a] ?? 0) - (lows[b] ?? 0);
  // They were gathered in the order of their positions.
  order.sort((a, b) => differ(a, b) || a - b);
  for (let from = 0, to = 0; from < order.length; from = to) {
    for (to = from + 1; to < order.length && differ(order[from] ?? 0, order[to] ?? 0) === 0; ) to++;
    if (to - from > 1) yield Array.from(order.subarray(from, to), (at) => positions[at] ?? 0);
  }
}

/** Which bits of a table of leading bits of tags were met, and which more than once. */
class Sieve {
  readonly #shift: number;
  readonly #met: Uint32Array;
  readonly #again: Uint32Array;

  constructor(count: number) {
    const bits = Math.min(28, Math.max(5, Math.ceil(Math.log2(count * BITS_EACH + 1))));
    this.#shift = 32 - bits;
    this.#met = new Uint32Array(2 ** (bits - 5));
    this.#again = new Uint32Array(2 ** (bits - 5));
  }

  add(tags: Uint8Array): void {
    const words = new DataView(tags.buffer, tags.byteOffset, tags.byteLength);
    for (let offset = 0; offset < tags.length; offset += TAG_BYTES) {
      const place = words.getUint32(offset) >>> this.#shift;
      const bit = 1 << (place & 31);
      const met = this.#met[place >>> 5] ?? 0;
      if ((met & bit) === 0) this.#met[place >>> 5] = met | bit;
      else this.#again[place >>> 5] = (this.#again[place >>> 5] ?? 0) | bit;
    }
  }

  suspectsIn(tags: Uint8Array): number {
    const words = new DataView(tags.buffer, tags.byteOffset, tags.byteLength);
    let suspects = 0;
    for (let offset = 0; offset < tags.length; offset += TAG_BYTES)
      if (this.suspects(words.getUint32(offset))) suspects++;
    return suspects;
  }

  /** Whether another tag may begin with the same 32 bits. */
  suspects(high: number): boolean {
    const place = high >>> this.#shift;
    return ((this.#again[place >>> 5] ?? 0) & (1 << (place & 31))) !== 0;
  }
}
