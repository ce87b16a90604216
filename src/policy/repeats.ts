import { TAG_BYTES } from '../base/tagger.js';
import { release } from '../base/transfer.js';

/** Bits of the sieve for each record: one record in so many meets the bit of another by accident. */
const BITS_EACH = 16;

/** Bits of a sieve at most, as a power of two: four mebibytes, twice. Beyond two million records more of them meet by accident. */
const MOST_BITS = 25;

/**
 * Tells nearly all subjects of a dataset apart by a few bits a record, fed with their tags as pages go by; {@link repeatedSubjects} then
 * looks closely at the rest.
 */
export class SubjectSieve {
  readonly #shift: number;
  readonly #met: Uint32Array;
  /** Which bits were met more than once. */
  readonly #again: Uint32Array;
  /** How often a bit was met again. */
  #repeats = 0;

  /** @param count about how many records there will be; if there are many more, the sieve lets more of them through */
  constructor(count: number) {
    const bits = Math.min(MOST_BITS, Math.max(5, Math.ceil(Math.log2(count * BITS_EACH + 1))));
    this.#shift = 32 - bits;
    this.#met = new Uint32Array(2 ** (bits - 5));
    this.#again = new Uint32Array(2 ** (bits - 5));
  }

  /** @param tags packed, of a page */
  add(tags: Uint8Array): void {
    const words = new DataView(tags.buffer, tags.byteOffset, tags.byteLength);
    for (let offset = 0; offset < tags.length; offset += TAG_BYTES) {
      const place = words.getUint32(offset) >>> this.#shift;
      const bit = 1 << (place & 31);
      const met = this.#met[place >>> 5] ?? 0;
      if ((met & bit) === 0) this.#met[place >>> 5] = met | bit;
      else {
        this.#again[place >>> 5] = (this.#again[place >>> 5] ?? 0) | bit;
        this.#repeats++;
      }
    }
  }

  /** How many records it lets through at most. */
  get most(): number {
    return 2 * this.#repeats;
  }

  /** Whether another tag may begin with the same 32 bits. */
  suspects(high: number): boolean {
    const place = high >>> this.#shift;
    return ((this.#again[place >>> 5] ?? 0) & (1 << (place & 31))) !== 0;
  }
}

/** Suspects at first; doubled as often as it takes. */
const START = 4096;

/** Suspects that are looked at together, where tags are spread evenly. */
const AT_ONCE = 2 ** 18;

/**
 * Finds subjects that are in a dataset more than once: those that the sieve lets through are sorted, sixteen bytes each, one share of all
 * tags after another where they are many. On the buyer's side the other party chose the tags, and may have chosen them to look alike: that
 * makes it sort more, and nothing worse.
 *
 * @param sieve fed with all pages
 * @param pages gives the packed tags of the same pages, in order, each time it is called
 * @param atOnce how many suspects are looked at together
 * @yields for each subject that repeats, the positions of its records, in order, in the whole dataset
 */
export function* repeatedSubjects(
  sieve: SubjectSieve,
  pages: () => Iterable<Uint8Array>,
  atOnce = AT_ONCE,
): Generator<readonly number[]> {
  const bits = Math.min(16, Math.max(0, Math.ceil(Math.log2(sieve.most / atOnce))));
  const suspects = new Suspects();
  for (let share = 0; share < 2 ** bits; share++) {
    suspects.gather(sieve, pages(), share, bits);
    yield* suspects.repeated();
  }
}

/** Records that a sieve lets through, of one share after another, in the same memory. */
class Suspects {
  // 64 bits of the tag decide: among a million subjects two share them once in thirty million files, and then a row is kept back.
  #highs = new Uint32Array(START);
  #lows = new Uint32Array(START);
  #positions = new Uint32Array(START);
  #filled = 0;

  /** Takes those whose tags begin with the bits of a share, in the order of their positions. */
  gather(sieve: SubjectSieve, pages: Iterable<Uint8Array>, share: number, bits: number): void {
    this.#filled = 0;
    let position = 0;
    for (const tags of pages) {
      const words = new DataView(tags.buffer, tags.byteOffset, tags.byteLength);
      for (let offset = 0; offset < tags.length; offset += TAG_BYTES, position++) {
        const high = words.getUint32(offset);
        if (Math.floor(high / 2 ** (32 - bits)) !== share || !sieve.suspects(high)) continue;
        this.#add(high, words.getUint32(offset + 4), position);
      }
    }
  }

  #add(high: number, low: number, position: number): void {
    const at = this.#filled++;
    if (at === this.#highs.length) {
      this.#highs = doubled(this.#highs);
      this.#lows = doubled(this.#lows);
      this.#positions = doubled(this.#positions);
    }
    this.#highs[at] = high;
    this.#lows[at] = low;
    this.#positions[at] = position;
  }

  /** The positions of each subject that is among them more than once. Sorted as numbers: a function that compares would leave half of the heap about. */
  *repeated(): Generator<readonly number[]> {
    const keys = new Float64Array(this.#filled);
    for (let i = 0; i < keys.length; i++) keys[i] = this.#key(i);
    keys.sort();
    const found = new Map<number, number[]>();
    for (let i = 1; i < keys.length; i++) if (keys[i] === keys[i - 1]) found.set(keys[i] ?? 0, []);
    release(new Uint8Array(keys.buffer));
    if (found.size === 0) return;
    for (let i = 0; i < this.#filled; i++) found.get(this.#key(i))?.push(i);
    for (const alike of found.values()) yield* this.#apart(alike);
  }

  /** The first 53 bits of a tag. */
  #key(suspect: number): number {
    return (this.#highs[suspect] ?? 0) * 2 ** 21 + ((this.#lows[suspect] ?? 0) >>> 11);
  }

  /** Of suspects with one key, those with one tag. */
  *#apart(alike: readonly number[]): Generator<readonly number[]> {
    const positions = new Map<number, number[]>();
    for (const i of alike) {
      const low = this.#lows[i] ?? 0;
      const same = positions.get(low);
      if (same === undefined) positions.set(low, [this.#positions[i] ?? 0]);
      else same.push(this.#positions[i] ?? 0);
    }
    for (const [, same] of [...positions].sort(([a], [b]) => a - b)) if (same.length > 1) yield same;
  }
}

function doubled(words: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(2 * words.length);
  larger.set(words);
  return larger;
}

/** A sieve that was fed with these pages. @param count of their records */
export function sieveOf(count: number, pages: Iterable<Uint8Array>): SubjectSieve {
  const sieve = new SubjectSieve(count);
  for (const tags of pages) sieve.add(tags);
  return sieve;
}
