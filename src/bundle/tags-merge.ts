import { TAG_BYTES } from '../base/tagger.js';

/** Tags in ascending order that come piece by piece: whole tags at a time, null at the end. */
export type TagSource = () => Uint8Array | null;

/** A tag that is in two sources, or twice in one: their numbers, from 0. */
export interface SharedTag {
  readonly first: number;
  readonly second: number;
}

const BLOCK = 4096 * TAG_BYTES;

/**
 * Merges tags that are in ascending order in each of many sources, holding one piece of each: what is in memory does not grow with the tags.
 *
 * @param take told of the merged tags, in blocks that hold until it returns
 * @returns the first tag that is not greater than the one before, and with that the end; null where each tag is there once and all are in order
 */
export function mergeTags(
  sources: readonly TagSource[],
  take: (sorted: Uint8Array) => void,
): SharedTag | null {
  const heads = sources.map((next, source) => new Head(next, source)).filter((head) => head.advance());
  const heap = new Heap(heads);
  const block = Buffer.allocUnsafeSlow(BLOCK);
  const last = Buffer.alloc(TAG_BYTES);
  let lastSource = -1;
  let filled = 0;
  for (let head = heap.least; head !== undefined; head = heap.least) {
    if (lastSource !== -1 && head.compareWith(last) <= 0) return { first: lastSource, second: head.source };
    head.copyTo(last, 0);
    head.copyTo(block, filled);
    lastSource = head.source;
    filled += TAG_BYTES;
    if (filled === BLOCK) {
      take(block);
      filled = 0;
    }
    if (head.advance()) heap.sink();
    else heap.drop();
  }
  if (filled > 0) take(block.subarray(0, filled));
  return null;
}

/** The next tag of one source. */
class Head {
  readonly source: number;
  readonly #next: TagSource;
  #piece: Buffer = Buffer.alloc(0);
  #at = 0;
  /** Its first six bytes: nearly always they tell two tags apart. */
  #lead = 0;

  constructor(next: TagSource, source: number) {
    this.source = source;
    this.#next = next;
  }

  /** Goes to the next tag; false at the end. */
  advance(): boolean {
    this.#at += TAG_BYTES;
    if (this.#at >= this.#piece.length) {
      const piece = this.#next();
      if (piece === null || piece.length === 0) return false;
      this.#piece = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
      this.#at = 0;
    }
    this.#lead = this.#piece.readUIntBE(this.#at, 6);
    return true;
  }

  isBefore(other: Head): boolean {
    if (this.#lead !== other.#lead) return this.#lead < other.#lead;
    const order = this.#piece.compare(
      other.#piece,
      other.#at,
      other.#at + TAG_BYTES,
      this.#at,
      this.#at + TAG_BYTES,
    );
    return order === 0 ? this.source < other.source : order < 0;
  }

  compareWith(tag: Buffer): number {
    return this.#piece.compare(tag, 0, TAG_BYTES, this.#at, this.#at + TAG_BYTES);
  }

  copyTo(target: Buffer, to: number): void {
    this.#piece.copy(target, to, this.#at, this.#at + TAG_BYTES);
  }
}

/** A binary heap of heads, the least first. */
class Heap {
  readonly #heads: Head[];

  constructor(heads: readonly Head[]) {
    this.#heads = [...heads].sort((a, b) => (a.isBefore(b) ? -1 : 1));
  }

  get least(): Head | undefined {
    return this.#heads[0];
  }

  /** Puts the least, which became greater, where it belongs. */
  sink(): void {
    const heads = this.#heads;
    const moved = heads[0];
    if (moved === undefined) return;
    let at = 0;
    for (;;) {
      const left = heads[2 * at + 1];
      const right = heads[2 * at + 2];
      if (left === undefined) break;
      const isRight = right?.isBefore(left) === true;
      const child = isRight ? right : left;
      if (!child.isBefore(moved)) break;
      heads[at] = child;
      at = 2 * at + (isRight ? 2 : 1);
    }
    heads[at] = moved;
  }

  /** Takes the least away, whose source is at its end. */
  drop(): void {
    const last = this.#heads.pop();
    if (last === undefined || this.#heads.length === 0) return;
    this.#heads[0] = last;
    this.sink();
  }
}
