import { gunzipSync } from 'node:zlib';
import type { SecretKey } from '../../base/crypto.js';
import { TAG_BYTES } from '../../base/tagger.js';
import { inflatePage } from '../../bundle/member.js';
import { COMMITMENT_BYTES, commitmentsOfPage, leavesOfPage, ROWS_PER_LEAF } from '../../bundle/row-tree.js';
import { compileRowReader, NEWLINE } from '../../bundle/rows.js';
import { openBytes } from '../../store/sealed-pages.js';
import { owned, type Stage } from '../stage.js';
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
export const commitStage: Stage<CommitSetup, SealInput, CommittedRows> = ({ wanted, ...setup }) => {
  const sealRows = sealStage(setup);
  return async (input) => {
    const { member, rows, tags, leaves } = await sealRows(input);
    return { rows, tags, leaves, found: rowIn(gunzipSync(member), tags, wanted, setup.leafKey) };
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
}

/** A stored page of received rows → their commitments. */
export const recommitStage: Stage<RecommitSetup, RecommitInput, CommittedRows> = (setup) => {
  const { fields, leafKey, dataset, key, wanted } = setup;
  const readRows = compileRowReader(fields);
  return ({ number, sealed }) => {
    const page = inflatePage(openBytes(sealed, { dataset, number }, key), dataset);
    const { rows, tags } = readRows(page, { part: dataset, start: 0 });
    const leaves = leavesOfPage(page, tags, leafKey);
    return { rows, tags: owned(tags), leaves: owned(leaves), found: rowIn(page, tags, wanted, leafKey) };
  };
};

function rowIn(page: Buffer, tags: Uint8Array, wanted: Uint8Array, leafKey: SecretKey): FoundRow | null {
  const packed = Buffer.from(tags.buffer, tags.byteOffset, tags.byteLength);
  for (let position = 0; position * TAG_BYTES < packed.length; position++) {
    if (packed.compare(wanted, 0, TAG_BYTES, position * TAG_BYTES, (position + 1) * TAG_BYTES) !== 0)
      continue;
    let from = 0;
    for (let i = 0; i < position; i++) from = page.indexOf(NEWLINE, from) + 1;
    const leaf = Math.floor(position / ROWS_PER_LEAF) * ROWS_PER_LEAF * COMMITMENT_BYTES;
    const commitments = commitmentsOfPage(page, tags, leafKey);
    return {
      position,
      line: owned(page.subarray(from, page.indexOf(NEWLINE, from))),
      commitments: owned(commitments.subarray(leaf, leaf + ROWS_PER_LEAF * COMMITMENT_BYTES)),
    };
  }
  return null;
}
