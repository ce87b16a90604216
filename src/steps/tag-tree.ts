import type { Sha256 } from '../base/crypto.js';
import { TAG_BYTES } from '../base/tagger.js';
import { TagRoot } from '../bundle/tags.js';
import type { Pool, WhereToRun } from './pool.js';

/** Shares of the tag space that are sorted apart, so that several threads can, and so that only one is copied at a time. */
const SHARES = 32;

/** The subject tags of a resource, gathered page by page, and the root over them once they are sorted. */
export class TagTree {
  readonly #resource: string;
  readonly #shares: Uint8Array[][] = Array.from({ length: SHARES }, () => []);

  constructor(resource: string) {
    this.#resource = resource;
  }

  /** Adds the packed tags of a page, in any order. */
  add(tags: Uint8Array): void {
    const sizes = new Array<number>(SHARES).fill(0);
    for (let at = 0; at < tags.length; at += TAG_BYTES) {
      const share = shareOf(tags[at]);
      sizes[share] = (sizes[share] ?? 0) + TAG_BYTES;
    }
    const parts = sizes.map((size) => new Uint8Array(size));
    const filled = new Array<number>(SHARES).fill(0);
    for (let at = 0; at < tags.length; at += TAG_BYTES) {
      const share = shareOf(tags[at]);
      const to = filled[share] ?? 0;
      const part = parts[share];
      // A view of sixteen bytes costs more than copying them.
      if (part !== undefined) for (let i = 0; i < TAG_BYTES; i++) part[to + i] = tags[at + i] ?? 0;
      filled[share] = to + TAG_BYTES;
    }
    for (const [share, part] of parts.entries()) this.#shares[share]?.push(part);
  }

  /**
   * The root. The tags are given away on the way.
   *
   * @throws HandoverError BUNDLE_TAG_REPEATED
   */
  async root(pool: Pool, where: WhereToRun = 'everywhere'): Promise<Sha256> {
    const root = new TagRoot();
    for await (const sorted of pool.map('tags', { resource: this.#resource }, this.#inputs(), where))
      root.add(sorted);
    return root.end();
  }

  *#inputs(): Generator<Uint8Array> {
    for (const share of this.#shares) {
      const tags = new Uint8Array(share.reduce((sum, part) => sum + part.length, 0));
      let at = 0;
      for (const part of share) {
        tags.set(part, at);
        at += part.length;
      }
      share.length = 0;
      yield tags;
    }
  }
}

function shareOf(lead: number | undefined): number {
  return Math.floor(((lead ?? 0) * SHARES) / 256);
}
