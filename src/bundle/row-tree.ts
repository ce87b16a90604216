import { createCipheriv } from 'node:crypto';
import { HASH_BYTES } from '../audit/merkle.js';
import { type SecretKey, sha256Into } from '../base/crypto.js';
import { TAG_BYTES } from '../base/tagger.js';
import type { ManifestResource } from './manifest.js';
import type { BundlePageRows } from './rows.js';

/** Where the rows of a page are, and their tags. */
type Rows = Omit<BundlePageRows, 'subjects'>;

/*
 * The tree whose root commits to every row of a resource (docs/formats.md, "Row commitment"). A leaf holds the commitments of some rows of
 * one page, so a page's leaves do not depend on where it is, and the nodes above them cost next to nothing.
 */

/** Bytes of a row commitment and of a blind. */
export const COMMITMENT_BYTES = 32;

/** Rows whose commitments one leaf of the row tree holds; the last leaf of each page may hold fewer. */
export const ROWS_PER_LEAF = 64;

/** Number of leaves that the rows of one page have in the row tree. */
function leafCountOf(rows: number): number {
  return Math.ceil(rows / ROWS_PER_LEAF);
}

/**
 * The leaves of one page in the row tree: each is SHA-256(0x00 ‖ the commitments of {@link ROWS_PER_LEAF} rows) (docs/formats.md, "Row
 * commitment"). A page begins a leaf of its own, so its leaves do not depend on where it is.
 *
 * @param page lines, each ended by one newline; at most 8 MiB.
 */
export function leavesOfPage(page: Uint8Array, rows: Rows, leafKey: SecretKey): Buffer {
  const preimages = preimagesOf(page, rows, leafKey);
  const leaves = Buffer.allocUnsafeSlow(leafCountOf(rows.rows) * HASH_BYTES);
  for (let leaf = 0, at = 0; at < preimages.length; leaf++, at += LEAF_BYTES) {
    sha256Into(preimages.subarray(at, at + LEAF_BYTES), leaves, leaf * HASH_BYTES);
  }
  return leaves;
}

/**
 * The commitments of all rows that share a leaf with one row of a page, {@link COMMITMENT_BYTES} bytes each.
 *
 * @param row in the page, from 0
 */
export function commitmentsBeside(row: number, page: Uint8Array, rows: Rows, leafKey: SecretKey): Uint8Array {
  const at = Math.floor(row / ROWS_PER_LEAF) * LEAF_BYTES;
  return Buffer.from(preimagesOf(page, rows, leafKey).subarray(at + 1, at + LEAF_BYTES));
}

/** 0x00 and the commitments of a full leaf. */
const LEAF_BYTES = 1 + ROWS_PER_LEAF * COMMITMENT_BYTES;

/** Not the 0x00 and 0x01 of a tree: a commitment is neither a leaf nor a node. */
const COMMITMENT = 2;

/**
 * What the leaves of a page are the hashes of, one after another: 0x00, then the commitments of the leaf's rows, each
 * SHA-256(0x02 ‖ blind ‖ line without its newline). They hold until the next page's are made.
 */
function preimagesOf(page: Uint8Array, { rows, tags, ends }: Rows, leafKey: SecretKey): Buffer {
  const blinds = blindsOf(leafKey, tags);
  const length = leafCountOf(rows) + rows * COMMITMENT_BYTES;
  if (length > preimagesAtHand.length) preimagesAtHand = Buffer.allocUnsafeSlow(2 * length);
  const preimages = preimagesAtHand.subarray(0, length);
  // Hashed in one call, so 0x02 ‖ blind is written before the line, over the end of the one that is hashed already.
  const head = 1 + COMMITMENT_BYTES;
  if (head + page.length > work.length) work = Buffer.allocUnsafeSlow(head + 2 * page.length);
  work.set(page, head);
  for (let row = 0, from = 0, to = 0; row < rows; row++) {
    if (row % ROWS_PER_LEAF === 0) preimages[to++] = 0;
    const end = ends[row] ?? 0;
    work[from] = COMMITMENT;
    for (let i = 0; i < COMMITMENT_BYTES; i++) work[from + 1 + i] = blinds[row * COMMITMENT_BYTES + i] ?? 0;
    sha256Into(work.subarray(from, head + end - 1), preimages, to);
    to += COMMITMENT_BYTES;
    from = end;
  }
  return preimages;
}

/** The commitment to one row. */
export function commitmentOf(blind: Uint8Array, line: Uint8Array): Uint8Array {
  const preimage = Buffer.concat([Uint8Array.of(COMMITMENT), blind, line]);
  const out = Buffer.allocUnsafe(COMMITMENT_BYTES);
  sha256Into(preimage, out, 0);
  return out;
}

/** Memory for what leaves are the hashes of, used again and again. */
let preimagesAtHand = Buffer.alloc(0);

/** Scratch for a page and what is before its first line, used again and again. */
let work = Buffer.alloc(0);

/** Number of leaves in the row tree of a resource. */
export function rowLeafCount(resource: ManifestResource): number {
  return pagesOf(resource).reduce((sum, { rows }) => sum + leafCountOf(rows), 0);
}

/** Where a row is in the row tree: the leaf, the row's position in it, and how many rows it holds. */
export interface RowLeaf {
  readonly leaf: number;
  readonly position: number;
  readonly held: number;
}

/** @param index of the row in the resource, from 0. Null where there is no such row. */
export function rowLeafOf(resource: ManifestResource, index: number): RowLeaf | null {
  let rest = index;
  let leaf = 0;
  for (const { rows } of pagesOf(resource)) {
    if (rest < rows) {
      const inPage = Math.floor(rest / ROWS_PER_LEAF);
      return {
        leaf: leaf + inPage,
        position: rest % ROWS_PER_LEAF,
        held: Math.min(ROWS_PER_LEAF, rows - inPage * ROWS_PER_LEAF),
      };
    }
    rest -= rows;
    leaf += leafCountOf(rows);
  }
  return null;
}

function pagesOf({ parts }: ManifestResource): ManifestResource['parts'][number]['pages'] {
  return parts.flatMap((part) => part.pages);
}

/**
 * The blinds of the rows with these tags: AES-256 (FIPS 197) under the leaf key of the tag, then of the tag with its last bit turned over.
 * A row's blind does not depend on where the row is, so that rows can be committed to before it is known which others go.
 */
export function blindsOf(leafKey: SecretKey, tags: Uint8Array): Buffer {
  const length = 2 * tags.length;
  if (length > blocksAtHand.length) blocksAtHand = new Uint8Array(2 * length);
  const blocks = blocksAtHand.subarray(0, length);
  for (let from = 0; from < tags.length; from += TAG_BYTES) writeBlocks(tags, from, blocks);
  return createCipheriv('aes-256-ecb', leafKey, null).setAutoPadding(false).update(blocks);
}

/** The two blocks of one tag. A function of its own, because V8 optimises one that holds the loop once more for each place it leaves it. */
function writeBlocks(tags: Uint8Array, from: number, blocks: Uint8Array): void {
  const to = 2 * from;
  for (let i = 0; i < TAG_BYTES; i++) {
    const byte = tags[from + i] ?? 0;
    blocks[to + i] = byte;
    blocks[to + TAG_BYTES + i] = byte;
  }
  blocks[to + COMMITMENT_BYTES - 1] = (blocks[to + COMMITMENT_BYTES - 1] ?? 0) ^ 1;
}

/** Memory for the blocks of a page's tags, used again and again. */
let blocksAtHand = new Uint8Array(0);
