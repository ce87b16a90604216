import { CompactRange } from '../audit/merkle.js';
import { type Sha256, TAG_BYTES } from '../base/crypto.js';
import type { Pool } from './pool.js';

/** Shares of the tag space that are sorted and hashed apart, so that several threads can. */
const SHARES = 4;

/**
 * The root over sorted subject tags, computed in shares by their leading bits.
 *
 * @param pages packed tags in any order
 * @throws HandoverError BUNDLE_TAG_REPEATED
 */
export async function tagRoot(pool: Pool, resource: string, pages: readonly Uint8Array[]): Promise<Sha256> {
  const shares = splitByLead(pages);
  const inputs: { tags: Uint8Array; start: number }[] = [];
  let start = 0;
  for (const tags of shares) {
    inputs.push({ tags, start });
    start += tags.length / TAG_BYTES;
  }
  const tree = CompactRange.of(0);
  for await (const range of pool.map('tags', { resource }, inputs)) tree.merge(CompactRange.fromBytes(range));
  return tree.root();
}

function splitByLead(pages: readonly Uint8Array[]): readonly Uint8Array[] {
  const sizes = new Array<number>(SHARES).fill(0);
  for (const page of pages) {
    for (let at = 0; at < page.length; at += TAG_BYTES) {
      const share = shareOf(page[at]);
      sizes[share] = (sizes[share] ?? 0) + TAG_BYTES;
    }
  }
  const shares = sizes.map((size) => new Uint8Array(size));
  const filled = new Array<number>(SHARES).fill(0);
  for (const page of pages) {
    for (let at = 0; at < page.length; at += TAG_BYTES) {
      const share = shareOf(page[at]);
      const to = filled[share] ?? 0;
      shares[share]?.set(page.subarray(at, at + TAG_BYTES), to);
      filled[share] = to + TAG_BYTES;
    }
  }
  return shares;
}

function shareOf(lead: number | undefined): number {
  return Math.floor(((lead ?? 0) * SHARES) / 256);
}
