import type { SecretKey } from '../../base/crypto.js';
import { type BundlePage, compilePageWriting, type PageSetup } from '../../bundle/page-writing.js';
import { recordOf, splitRecords } from '../../dataset/page.js';
import { fail } from '../../messages/error.js';
import { checkedRecord } from '../../policy/verdict.js';
import { openPage } from '../../store/sealed-pages.js';
import { openPrepared, type PreparedPage } from '../prepared-page.js';
import { owned, type Stage } from '../stage.js';

export interface SealSetup extends PageSetup {
  readonly dataset: string;
  readonly key: SecretKey;
  /** Of the pages that import prepared, if it did. */
  readonly preparedKey: SecretKey | null;
}

/** A page of the dataset with its verdicts. */
export interface JudgedPage {
  readonly sealed: Uint8Array;
  /** Masks of reasons, 4 bytes a record, little-endian. */
  readonly masks: Uint8Array;
}

/** A page of which somebody goes. */
export interface SealInput {
  readonly number: number;
  readonly page: JudgedPage | PreparedPage;
}

/** A page of the bundle, ready to go into a part. Its member is readable: it goes from memory into the cipher, never to a disk. */
export interface SealedRows {
  /** One gzip member of NDJSON. */
  readonly member: Uint8Array;
  readonly rows: number;
  /** The page's leaves in the row tree. */
  readonly leaves: Uint8Array;
  /** Subject tags under the deal's tag key. */
  readonly tags: Uint8Array;
}

/**
 * A sealed page and its verdicts → the rows of the bundle: only records that may be transferred, and of those only the agreed fields.
 * The other records are not even taken apart. A page that import prepared is taken as it is.
 */
export const sealStage: Stage<SealSetup, SealInput, SealedRows> = (setup) => {
  const { dataset, key, preparedKey } = setup;
  const writing = compilePageWriting(setup);

  const write = ({ sealed, masks }: JudgedPage, number: number): BundlePage => {
    const reasons = new Uint32Array(masks.buffer, masks.byteOffset, masks.byteLength / 4);
    const texts = splitRecords(openPage(sealed, { dataset, number }, key));
    if (texts.length !== reasons.length) fail({ code: 'PAGE_DAMAGED', dataset, page: number });
    writing.clear();
    for (const [i, text] of texts.entries()) {
      const mask = reasons[i];
      const record = mask === 0 ? checkedRecord(recordOf(text), mask) : null;
      if (record !== null) writing.add(record);
    }
    return writing.end();
  };

  const open = (page: PreparedPage, number: number): BundlePage => {
    if (preparedKey === null) throw new Error('a prepared page without its key');
    return openPrepared(page, number, preparedKey);
  };

  return ({ number, page }) => {
    const { member, rows, tags, leaves } = 'masks' in page ? write(page, number) : open(page, number);
    return { member: owned(member), rows, tags: owned(tags), leaves: owned(leaves) };
  };
};
