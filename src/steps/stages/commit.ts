import { gunzipSync } from 'node:zlib';
import { TAG_BYTES } from '../../base/crypto.js';
import { inflatePage } from '../../bundle/member.js';
import { compileRowReader, leavesOfPage } from '../../bundle/rows.js';
import type { SecretKey } from '../../base/crypto.js';
import { openBytes } from '../../store/sealed-pages.js';
import { owned, type Stage } from '../stage.js';
import { type SealInput, type SealSetup, sealStage } from './seal.js';

/** The commitments of the rows that a page of a bundle held, and the one row that is looked for. */
export interface CommittedRows {
  readonly rows: number;
  /** 16 bytes a row. */
  readonly tags: Uint8Array;
  /** 32 bytes a row. */
  readonly leaves: Uint8Array;
  /** The row whose tag was asked for, without its newline; null where it is not in this page. */
  readonly found: { readonly position: number; readonly line: Uint8Array } | null;
}

export interface CommitSetup extends SealSetup {
  /** The tag whose row is looked for. */
  readonly wanted: Uint8Array;
}

/** A sealed page and its verdicts → the commitments of the rows that were sent, made by the very stage that sealed them. */
export const commitStage: Stage<CommitSetup, SealInput, CommittedRows> = ({ wanted, ...setup }) => {
  const sealRows = sealStage(setup);
  return async (input) => {
    const { member, rows, tags } = await sealRows(input);
    const page = gunzipSync(member);
    const leaves = leavesOfPage(page, tags, setup.leafKey);
    return { rows, tags, leaves: owned(leaves), found: rowIn(page, tags, wanted) };
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
    return { rows, tags: owned(tags), leaves: owned(leaves), found: rowIn(page, tags, wanted) };
  };
};

function rowIn(page: Buffer, tags: Uint8Array, wanted: Uint8Array): CommittedRows['found'] {
  const packed = Buffer.from(tags.buffer, tags.byteOffset, tags.byteLength);
  for (let position = 0; position * TAG_BYTES < packed.length; position++) {
    if (packed.compare(wanted, 0, TAG_BYTES, position * TAG_BYTES, (position + 1) * TAG_BYTES) !== 0)
      continue;
    let from = 0;
    for (let i = 0; i < position; i++) from = page.indexOf(NEWLINE, from) + 1;
    return { position, line: owned(page.subarray(from, page.indexOf(NEWLINE, from))) };
  }
  return null;
}

const NEWLINE = 0x0a;
