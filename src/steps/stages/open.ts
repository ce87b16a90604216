import { CompactRange } from '../../audit/merkle.js';
import { type SecretKey, systemRandom } from '../../base/crypto.js';
import { inflatePage } from '../../bundle/part.js';
import { compileRowReader, leavesOfPage } from '../../bundle/rows.js';
import { sealBytes } from '../../store/sealed-pages.js';
import { owned, type Stage } from '../stage.js';

export interface OpenSetup {
  readonly fields: readonly string[];
  readonly leafKey: SecretKey;
  readonly dataset: string;
  readonly key: SecretKey;
}

/** One page of an opened part. */
export interface OpenInput {
  /** Entry name of the part, for problems. */
  readonly part: string;
  readonly member: Uint8Array;
  /** Rows that the manifest promises. */
  readonly rows: number;
  /** Rows of the part before this page, and rows of the resource before it. */
  readonly inPart: number;
  readonly start: number;
  /** Number of the page in the dataset. */
  readonly number: number;
}

export interface OpenedRows {
  readonly number: number;
  readonly records: number;
  readonly sealed: Uint8Array;
  readonly tags: Uint8Array;
  /** Compact range of the row commitments. */
  readonly range: Uint8Array;
}

/** A page of a bundle → a page of the store, sealed again under the buyer's own key, with every row checked and committed. */
export const openStage: Stage<OpenSetup, OpenInput, OpenedRows> = ({ fields, leafKey, dataset, key }) => {
  const readRows = compileRowReader(fields);
  return ({ part, member, rows, inPart, start, number }) => {
    const page = inflatePage(member, part, rows);
    const { tags } = readRows(page, { part, start: inPart });
    const range = CompactRange.of(start);
    range.appendMany(leavesOfPage(page, leafKey, start));
    const sealed = sealBytes(member, { dataset, number }, key, systemRandom);
    return { number, records: rows, sealed: owned(sealed), tags: owned(tags), range: owned(range.toBytes()) };
  };
};
