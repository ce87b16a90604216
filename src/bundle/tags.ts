import { CompactRange, HASH_BYTES } from '../audit/merkle.js';
import { type Sha256, sha256Into, TAG_BYTES } from '../base/crypto.js';
import { fail } from '../messages/error.js';

const WORDS = TAG_BYTES / 4;

/** A bucket of more than this many tags is no accident of hashing: it is sorted without insertion sort's worst case. */
const CROWDED = 256;

/**
 * The tags in ascending order of their bytes, as a new buffer. A million take about a third of a second: one scatter by the leading
 * bits, then insertion in buckets of a few.
 *
 * @param tags any number of tags of {@link TAG_BYTES} bytes, one after another. They may come from the other party, who may choose them.
 * @throws HandoverError BUNDLE_TAG_REPEATED if two are the same: a person stands in a resource once
 */
export function sortTags(tags: Uint8Array, resource: string): Buffer {
  const count = tags.length / TAG_BYTES;
  const words = wordsOf(tags);
  const bits = Math.min(22, Math.max(1, Math.ceil(Math.log2(count + 1)) - 2));
  const shift = 32 - bits;
  const ends = new Uint32Array((1 << bits) + 1);
  for (let i = 0; i < words.length; i += WORDS) {
    const bucket = (words[i] ?? 0) >>> shift;
    ends[bucket] = (ends[bucket] ?? 0) + 1;
  }
  for (let b = 0, total = 0; b < ends.length; b++) {
    const size = ends[b] ?? 0;
    ends[b] = total;
    total += size;
  }
  const sorted = new Uint32Array(words.length);
  for (let i = 0; i < words.length; i += WORDS) {
    const bucket = (words[i] ?? 0) >>> shift;
    const to = ends[bucket] ?? 0;
    ends[bucket] = to + 1;
    const at = to * WORDS;
    sorted[at] = words[i] ?? 0;
    sorted[at + 1] = words[i + 1] ?? 0;
    sorted[at + 2] = words[i + 2] ?? 0;
    sorted[at + 3] = words[i + 3] ?? 0;
  }
  for (let b = 0, from = 0; b < ends.length; b++) {
    const to = ends[b] ?? 0;
    if (to - from > CROWDED) sortCrowded(sorted, from, to);
    else if (to - from > 1) sortFew(sorted, from, to);
    from = to;
  }
  for (let i = WORDS; i < sorted.length; i += WORDS) {
    if (!isBefore(sorted, i - WORDS, i)) fail({ code: 'BUNDLE_TAG_REPEATED', resource });
  }
  return Buffer.from(sorted.buffer).swap32();
}

/** The tags as big-endian words, so that comparing numbers compares bytes. */
function wordsOf(tags: Uint8Array): Uint32Array {
  const copy = Buffer.allocUnsafeSlow(tags.length);
  copy.set(tags);
  copy.swap32();
  return new Uint32Array(copy.buffer, copy.byteOffset, copy.length / 4);
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
export const TAGS_PER_LEAF = 1;

/** Leaves that are hashed before they go into the tree, so that memory does not grow with the tags. */
const STRETCH = 8192;

/**
 * The range of the tag tree that sorted tags cover: RFC 6962 over leaves SHA-256(0x00 ‖ tag).
 *
 * @param start number of tags that come before these in the whole order. Ranges of neighbouring shares merge.
 */
export function rangeOfTags(sorted: Uint8Array, start = 0): CompactRange {
  const range = CompactRange.of(start);
  const scratch = Buffer.alloc(1 + TAG_BYTES);
  const leaves = Buffer.alloc(STRETCH * HASH_BYTES);
  let filled = 0;
  for (let at = 0; at < sorted.length; at += TAG_BYTES) {
    for (let i = 0; i < TAG_BYTES; i++) scratch[1 + i] = sorted[at + i] ?? 0;
    sha256Into(scratch, leaves, filled);
    filled += HASH_BYTES;
    if (filled === leaves.length) {
      range.appendMany(leaves);
      filled = 0;
    }
  }
  range.appendMany(leaves.subarray(0, filled));
  return range;
}

/** The tag root of a resource from all its tags, in any order. Throws as {@link sortTags}. */
export function tagRoot(tags: Uint8Array, resource: string): Sha256 {
  return rangeOfTags(sortTags(tags, resource)).root();
}
