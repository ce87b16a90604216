import { gunzipSync } from 'node:zlib';
import type { SecretKey } from '../../../base/crypto.js';
import { TAG_BYTES } from '../../../base/tagger.js';
import { inflateBundlePage } from '../../../bundle/member.js';
import { commitmentsBeside, leavesOfPage } from '../../../bundle/row-tree.js';
import { compileRowReader, lineEnds, type BundlePageRows } from '../../../bundle/rows.js';
import { openBytes } from '../../../store/sealed-pages.js';
import { owned } from '../../../base/transfer.js';
import type { Task } from '../stage.js';
import { type SealInput, type SealSetup, sealStage } from './seal.js';

/** What the rows of a page of a bundle committed to, and the one row that is looked for. */
export interface CommittedRows {
  readonly rows: number;
  /** 16 bytes a row. */
  readonly tags: Uint8Array;
  /** The page's leaves in the row tree. */
  readonly leaves: Uint8Array;
  /** The row whose tag was asked for; null where it is not in this page. */
  readonly found: FoundRow | null;
}

export interface FoundRow {
  /** In the page, from 0. */
  readonly position: number;
  /** Without its newline. */
  readonly line: Uint8Array;
  /** Of all rows in its leaf. */
  readonly commitments: Uint8Array;
}

export interface CommitSetup extends SealSetup {
  /** The tag whose row is looked for. */
  readonly wanted: Uint8Array;
}

/** A sealed page and its verdicts → the commitments of the rows that were sent, made by the very stage that sealed them. */
export const commitStage: Task<CommitSetup, SealInput, CommittedRows> = ({ wanted, ...setup }, random) => {
  const sealRows = sealStage(setup, random);
  return async (input) => {
    const { member, rows, tags, leaves } = await sealRows(input);
    const page = gunzipSync(member);
    const made = { rows, tags, ends: lineEnds(page, rows) };
    return { rows, tags, leaves, found: rowIn(page, made, wanted, setup.leafKey) };
  };
};

export interface RecommitSetup {
  readonly fields: readonly string[];
  readonly leafKey: SecretKey;
  readonly dataset: string;
  readonly key: SecretKey;
  readonly wanted: Uint8Array;
}

/** A page of a received dataset. */
export interface RecommitInput {
  readonly number: number;
  readonly sealed: Uint8Array;
  readonly tags: Uint8Array;
}

/** A stored page of received rows → their commitments. */
export const recommitStage: Task<RecommitSetup, RecommitInput, CommittedRows> = (setup) => {
  const { fields, leafKey, dataset, key, wanted } = setup;
  const readRows = compileRowReader(fields);
  return ({ number, sealed, tags: persons }) => {
    const page = inflateBundlePage(openBytes(sealed, { dataset, number, tags: persons }, key), dataset);
    const found = readRows(page, { part: dataset, start: 0 });
    const { rows, tags } = found;
    const leaves = leavesOfPage(page, found, leafKey);
    return { rows, tags, leaves: owned(leaves), found: rowIn(page, found, wanted, leafKey) };
  };
};

function rowIn(
  page: Buffer,
  rows: Omit<BundlePageRows, 'subjects'>,
  wanted: Uint8Array,
  leafKey: SecretKey,
): FoundRow | null {
  const { tags, ends } = rows;
  const packed = Buffer.from(tags.buffer, tags.byteOffset, tags.byteLength);
  for (let position = 0; position < rows.rows; position++) {
    if (packed.compare(wanted, 0, TAG_BYTES, position * TAG_BYTES, (position + 1) * TAG_BYTES) !== 0)
      continue;
    return {
      position,
      line: owned(page.subarray(ends[position - 1] ?? 0, (ends[position] ?? 0) - 1)),
      commitments: owned(commitmentsBeside(position, page, rows, leafKey)),
    };
  }
  return null;
}
