import { CompactRange, HASH_BYTES } from '../audit/merkle.js';
import { type Sha256, sha256Into } from '../base/crypto.js';
import { TAG_BYTES } from '../base/tagger.js';
import { fail } from '../messages/error.js';

const WORDS = TAG_BYTES / 4;

/** A bucket of more than this many tags is no accident of hashing: it is sorted without insertion sort's worst case. */
const CROWDED = 256;

/**
 * The tags in ascending order of their bytes, as a new buffer.
 *
 * @param tags any number of tags of {@link TAG_BYTES} bytes, one after another. They may come from the other party, who may choose them.
 * @throws HandoverError BUNDLE_TAG_REPEATED if two are the same: a person is in a resource once
 */
export function sortTags(tags: Uint8Array, resource: string): Buffer {
  const sorted = Buffer.allocUnsafeSlow(tags.length);
  sorted.set(tags);
  sortInPlace(sorted, resource);
  return sorted;
}

/** As {@link sortTags}, within the memory that they are in. @param tags at a multiple of four bytes in their buffer */
export function sortInPlace(tags: Uint8Array, resource: string): void {
  const bytes = Buffer.from(tags.buffer, tags.byteOffset, tags.byteLength);
  if (!isAscending(sortWithin(bytes))) fail({ code: 'BUNDLE_TAG_REPEATED', resource });
  bytes.swap32();
}

function isAscending(words: Uint32Array): boolean {
  for (let i = WORDS; i < words.length; i += WORDS) if (!isBefore(words, i - WORDS, i)) return false;
  return true;
}

/** As {@link sortTags}, each tag once, within the memory that they are in: a beginning of it is returned. */
export function sortedOnce(tags: Uint8Array): Uint8Array {
  const bytes = Buffer.from(tags.buffer, tags.byteOffset, tags.byteLength);
  const words = sortWithin(bytes);
  let filled = 0;
  for (let i = 0; i < words.length; i += WORDS) {
    if (filled > 0 && !isBefore(words, filled - WORDS, i)) continue;
    words.copyWithin(filled, i, i + WORDS);
    filled += WORDS;
  }
  bytes.swap32();
  return tags.subarray(0, filled * 4);
}

/**
 * Sorts tags within their memory and leaves them there as words of this machine. A million take about a quarter of a second: each goes to
 * the bucket of its leading bits, by exchange, then insertion in buckets of a few. A function for each loop, because V8 optimises a
 * function with several once more after each.
 *
 * @param tags at a multiple of four bytes in their buffer
 */
function sortWithin(tags: Buffer): Uint32Array {
  // As big-endian words, so that comparing numbers compares bytes.
  tags.swap32();
  const words = new Uint32Array(tags.buffer, tags.byteOffset, tags.length / 4);
  // Tags of one share begin with the same bits, which tell nothing apart.
  const common = Math.clz32(differingBits(words));
  const bits = Math.min(22, 32 - common, Math.max(0, Math.ceil(Math.log2(words.length / WORDS + 1)) - 2));
  const shift = 32 - common - bits;
  const mask = 2 ** bits - 1;
  const ends = bucketEnds(words, shift, mask);
  fillBuckets(words, ends, shift, mask);
  sortBuckets(words, ends);
  return words;
}

/** The bits of the first word in which the tags are not all alike. */
function differingBits(words: Uint32Array): number {
  const first = words[0] ?? 0;
  let differing = 0;
  for (let i = WORDS; i < words.length; i += WORDS) differing |= (words[i] ?? 0) ^ first;
  return differing;
}

/** Where each bucket ends, in tags. */
function bucketEnds(words: Uint32Array, shift: number, mask: number): Uint32Array {
  const ends = new Uint32Array(mask + 1);
  for (let i = 0; i < words.length; i += WORDS) {
    const bucket = ((words[i] ?? 0) >>> shift) & mask;
    ends[bucket] = (ends[bucket] ?? 0) + 1;
  }
  let total = 0;
  for (let b = 0; b <= mask; b++) ends[b] = total += ends[b] ?? 0;
  return ends;
}

function fillBuckets(words: Uint32Array, ends: Uint32Array, shift: number, mask: number): void {
  const next = new Uint32Array(mask + 1);
  next.set(ends.subarray(0, mask), 1);
  for (let b = 0; b <= mask; b++) {
    for (let at = next[b] ?? 0; at < (ends[b] ?? 0); at = next[b] ?? 0) {
      const bucket = ((words[at * WORDS] ?? 0) >>> shift) & mask;
      const to = next[bucket] ?? 0;
      next[bucket] = to + 1;
      if (to !== at) exchange(words, at * WORDS, to * WORDS);
    }
  }
}

function sortBuckets(words: Uint32Array, ends: Uint32Array): void {
  let from = 0;
  for (const to of ends) {
    if (to - from > CROWDED) sortCrowded(words, from, to);
    else if (to - from > 1) sortFew(words, from, to);
    from = to;
  }
}

/** Exchanges the tags at words `a` and `b`. */
function exchange(words: Uint32Array, a: number, b: number): void {
  for (let w = 0; w < WORDS; w++) {
    const word = words[a + w] ?? 0;
    words[a + w] = words[b + w] ?? 0;
    words[b + w] = word;
  }
}

/** Whether the tag at word `a` is smaller than the tag at word `b`. */
function isBefore(words: Uint32Array, a: number, b: number): boolean {
  for (let w = 0; w < WORDS; w++) {
    const x = words[a + w] ?? 0;
    const y = words[b + w] ?? 0;
    if (x !== y) return x < y;
  }
  return false;
}

function sortFew(words: Uint32Array, from: number, to: number): void {
  for (let i = from + 1; i < to; i++) {
    const at = i * WORDS;
    const w0 = words[at] ?? 0;
    const w1 = words[at + 1] ?? 0;
    const w2 = words[at + 2] ?? 0;
    const w3 = words[at + 3] ?? 0;
    let hole = at;
    while (hole > from * WORDS) {
      const previous = hole - WORDS;
      const first = words[previous] ?? 0;
      if (first < w0) break;
      if (first === w0) {
        const second = words[previous + 1] ?? 0;
        if (second < w1) break;
        if (second === w1) {
          const third = words[previous + 2] ?? 0;
          if (third < w2 || (third === w2 && (words[previous + 3] ?? 0) <= w3)) break;
        }
      }
      words[hole] = first;
      words[hole + 1] = words[previous + 1] ?? 0;
      words[hole + 2] = words[previous + 2] ?? 0;
      words[hole + 3] = words[previous + 3] ?? 0;
      hole = previous;
    }
    words[hole] = w0;
    words[hole + 1] = w1;
    words[hole + 2] = w2;
    words[hole + 3] = w3;
  }
}

/** Sorts tags that somebody chose to share their leading bits, in n·log n. */
function sortCrowded(words: Uint32Array, from: number, to: number): void {
  const slice = words.slice(from * WORDS, to * WORDS);
  const order = Array.from({ length: to - from }, (_, i) => i * WORDS);
  order.sort((a, b) => (isBefore(slice, a, b) ? -1 : isBefore(slice, b, a) ? 1 : 0));
  for (const [i, at] of order.entries()) words.set(slice.subarray(at, at + WORDS), (from + i) * WORDS);
}

/** Tags that one leaf of the tag tree holds; the last leaf may hold fewer. */
export const TAGS_PER_LEAF = 64;

/** Makes the root of the tag tree (docs/formats.md, "Tag root") of tags that come in ascending order, in pieces of any length. */
export class TagRoot {
  readonly #tree = CompactRange.of(0);
  readonly #leafHash = Buffer.alloc(HASH_BYTES);
  /** 0x00 ‖ the tags of the leaf at hand. */
  readonly #leaf = Buffer.alloc(1 + TAGS_PER_LEAF * TAG_BYTES);
  #filled = 1;

  add(sorted: Uint8Array): void {
    for (let at = 0; at < sorted.length; ) {
      const taken = sorted.subarray(at, at + this.#leaf.length - this.#filled);
      this.#leaf.set(taken, this.#filled);
      this.#filled += taken.length;
      at += taken.length;
      if (this.#filled === this.#leaf.length) this.#close();
    }
  }

  end(): Sha256 {
    if (this.#filled > 1) this.#close();
    return this.#tree.root();
  }

  #close(): void {
    sha256Into(this.#leaf.subarray(0, this.#filled), this.#leafHash, 0);
    this.#tree.append(this.#leafHash);
    this.#filled = 1;
  }
}

/** The tag root of a resource from all its tags, in any order. Throws as {@link sortTags}. */
export function tagRoot(tags: Uint8Array, resource: string): Sha256 {
  const root = new TagRoot();
  root.add(sortTags(tags, resource));
  return root.end();
}
