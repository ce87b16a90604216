import type { SecretKey } from '../../../base/crypto.js';
import {
  type BundlePage,
  compileBundlePageWriter,
  type BundlePageSetup,
} from '../../../bundle/page-writing.js';
import { recordOf, splitRecords } from '../../../dataset/page.js';
import { fail } from '../../../messages/error.js';
import { checkedRecord } from '../../../policy/verdict.js';
import { openPage } from '../../../store/sealed-pages.js';
import { owned, type Task } from '../stage.js';

export interface SealSetup extends BundlePageSetup {
  readonly dataset: string;
  readonly key: SecretKey;
}

/** A page of the dataset of which somebody goes, with its verdicts. */
export interface SealInput {
  readonly number: number;
  readonly sealed: Uint8Array;
  readonly tags: Uint8Array;
  /** Masks of reasons, 4 bytes a record, little-endian. */
  readonly reasonSets: Uint8Array;
}

/**
 * A sealed page and its verdicts → the rows of the bundle: only records that may be transferred, and of those only the agreed fields.
 * The other records are not even taken apart.
 */
export const sealStage: Task<SealSetup, SealInput, BundlePage> = (setup) => {
  const { dataset, key } = setup;
  const writing = compileBundlePageWriter(setup);
  return ({ number, sealed, tags: persons, reasonSets }) => {
    const reasons = new Uint32Array(reasonSets.buffer, reasonSets.byteOffset, reasonSets.byteLength / 4);
    const texts = splitRecords(openPage(sealed, { dataset, number, tags: persons }, key));
    if (texts.length !== reasons.length) fail({ code: 'PAGE_DAMAGED', dataset, page: number });
    writing.clear();
    for (const [i, text] of texts.entries()) {
      const mask = reasons[i];
      const record = mask === 0 ? checkedRecord(recordOf(text), mask) : null;
      if (record !== null) writing.add(record);
    }
    const { member, rows, tags, leaves } = writing.end();
    return { member: owned(member), rows, tags: owned(tags), leaves: owned(leaves) };
  };
};
