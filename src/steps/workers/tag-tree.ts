import { concat } from '../../base/bytes.js';
import type { Sha256 } from '../../base/crypto.js';
import { TAG_BYTES } from '../../base/tagger.js';
import { TagRoot } from '../../bundle/tags.js';
import type { Overflow, OverflowPiece } from '../../store/overflow.js';
import type { Pool, WhereToRun } from './pool.js';
import { owned, release } from '../../base/transfer.js';

/** Shares of the tag space that are sorted apart, so that several threads can, and so that only a few are copied at a time. */
const SHARES = 32;

/** Bytes of a block of a share. */
const BLOCK = 1024 * TAG_BYTES;

/** The subject tags of a resource, gathered page by page, and the root over them once they are sorted. */
export class TagTree {
  readonly #resource: string;
  readonly #overflow: Overflow;
  /** The full blocks of each share. */
  readonly #blocks: readonly OverflowPiece[][] = Array.from({ length: SHARES }, () => []);
  /** The last block of each share, and how far it is filled. */
  readonly #last: Uint8Array<ArrayBuffer>[] = Array.from({ length: SHARES }, () => new Uint8Array(0));
  readonly #filled = new Uint32Array(SHARES).fill(BLOCK);

  /** @param overflow for blocks that are full; whoever opened it closes it */
  constructor(resource: string, overflow: Overflow) {
    this.#resource = resource;
    this.#overflow = overflow;
  }

  /** Adds the packed tags of a page, in any order. */
  add(tags: Uint8Array): void {
    for (let at = 0; at < tags.length; at += TAG_BYTES) {
      const share = shareOf(tags[at]);
      if (this.#filled[share] === BLOCK) this.#beginBlock(share);
      const to = this.#filled[share] ?? 0;
      const block = this.#last[share];
      // A view of sixteen bytes costs more than copying them.
      if (block !== undefined) for (let i = 0; i < TAG_BYTES; i++) block[to + i] = tags[at + i] ?? 0;
      this.#filled[share] = to + TAG_BYTES;
    }
  }

  #beginBlock(share: number): void {
    const full = this.#last[share];
    if (full !== undefined && full.length === BLOCK) this.#blocks[share]?.push(this.#overflow.keep(full));
    this.#last[share] = new Uint8Array(BLOCK);
    this.#filled[share] = 0;
  }

  /**
   * The root. The tags are given away on the way.
   *
   * @throws HandoverError BUNDLE_TAG_REPEATED
   */
  async root(pool: Pool, where: WhereToRun = 'everywhere'): Promise<Sha256> {
    const root = new TagRoot();
    for await (const sorted of pool.map('tags', { resource: this.#resource }, this.#inputs(), where)) {
      root.add(sorted);
      release(sorted);
    }
    return root.end();
  }

  *#inputs(): Generator<Uint8Array> {
    for (const [share, blocks] of this.#blocks.entries()) {
      const last = this.#last[share]?.subarray(0, this.#filled[share]) ?? new Uint8Array(0);
      const tags = owned(concat(...blocks.map((block) => this.#overflow.read(block)), last));
      this.#last[share] = new Uint8Array(0);
      blocks.length = 0;
      yield tags;
    }
  }
}

function shareOf(lead: number | undefined): number {
  return Math.floor(((lead ?? 0) * SHARES) / 256);
}
