import { TAG_BYTES } from '../base/tagger.js';
import type { ReasonSet } from './reasons.js';

const NONE = -1;

/**
 * Reasons by subject tag: about 30 bytes a person, so that an erasure ledger of a million fits where the program promises to stay. Tags
 * come out of a keyed cipher, so their first bytes are as good as any hash of them.
 */
export class TagReasons {
  #size = 0;
  #tags = Buffer.alloc(1024 * TAG_BYTES);
  #reasonSets = new Uint32Array(1024);
  /** Position of a tag, or NONE; a power of two, at most half full. */
  #slots = new Int32Array(4096).fill(NONE);

  get size(): number {
    return this.#size;
  }

  /** Adds reasons to every one of packed tags. */
  add(tags: Uint8Array, set: ReasonSet): void {
    for (let offset = 0; offset < tags.length; offset += TAG_BYTES) {
      const slot = this.#slotOf(tags, offset);
      const known = this.#slots[slot] ?? NONE;
      if (known !== NONE) this.#reasonSets[known] = (this.#reasonSets[known] ?? 0) | set;
      else this.#append(tags, offset, slot, set);
    }
  }

  /** Puts reasons in the place of those of the tag that is in `tags` at `offset`. */
  set(tags: Uint8Array, offset: number, set: ReasonSet): void {
    const slot = this.#slotOf(tags, offset);
    const known = this.#slots[slot] ?? NONE;
    if (known !== NONE) this.#reasonSets[known] = set;
    else this.#append(tags, offset, slot, set);
  }

  /** The reasons of the tag that is in `tags` at `offset`; 0 if there are none. */
  of(tags: Uint8Array, offset: number): ReasonSet {
    const at = this.#slots[this.#slotOf(tags, offset)] ?? NONE;
    return at === NONE ? 0 : (this.#reasonSets[at] ?? 0);
  }

  #append(tags: Uint8Array, offset: number, slot: number, set: ReasonSet): void {
    const at = this.#size++;
    this.#tags.set(tags.subarray(offset, offset + TAG_BYTES), at * TAG_BYTES);
    this.#reasonSets[at] = set;
    this.#slots[slot] = at;
    if (this.#size === this.#reasonSets.length) this.#grow();
  }

  /** The slot of the tag, or the free one where it would be. */
  #slotOf(tags: Uint8Array, offset: number): number {
    const last = this.#slots.length - 1;
    const word =
      (tags[offset] ?? 0) |
      ((tags[offset + 1] ?? 0) << 8) |
      ((tags[offset + 2] ?? 0) << 16) |
      ((tags[offset + 3] ?? 0) << 24);
    for (let slot = word & last; ; slot = (slot + 1) & last) {
      const at = this.#slots[slot] ?? NONE;
      if (at === NONE) return slot;
      const from = at * TAG_BYTES;
      if (this.#tags.compare(tags, offset, offset + TAG_BYTES, from, from + TAG_BYTES) === 0) return slot;
    }
  }

  #grow(): void {
    const capacity = this.#reasonSets.length * 2;
    const tags = Buffer.alloc(capacity * TAG_BYTES);
    tags.set(this.#tags);
    const reasonSets = new Uint32Array(capacity);
    reasonSets.set(this.#reasonSets);
    this.#tags = tags;
    this.#reasonSets = reasonSets;
    this.#slots = new Int32Array(capacity * 4).fill(NONE);
    for (let at = 0; at < this.#size; at++) this.#slots[this.#slotOf(tags, at * TAG_BYTES)] = at;
  }
}
