import type { SecretKey } from '../../../base/crypto.js';
import {
  type BundlePage,
  type BundlePageSetup,
  compileBundlePageWriter,
} from '../../../bundle/page-writing.js';
import { recordOf, visitRecords } from '../../../dataset/page.js';
import { fail } from '../../../messages/error.js';
import { checkedRecord } from '../../../policy/verdict.js';
import { openPage } from '../../../store/sealed-pages.js';
import { owned, release } from '../../../base/transfer.js';
import type { Task } from '../stage.js';

export interface SealSetup extends BundlePageSetup {
  readonly dataset: string;
  readonly key: SecretKey;
}

/** A page of the dataset of which somebody goes, with its verdicts. */
export interface SealInput {
  readonly number: number;
  readonly sealed: Uint8Array;
  readonly tags: Uint8Array;
  /** PageSets of reasons, 4 bytes a record, little-endian. */
  readonly reasonSets: Uint8Array;
  /** What stays of each, likewise; empty if nothing does of any. */
  readonly stays: Uint8Array;
}

/**
 * A sealed page and its verdicts → the rows of the bundle: only records that may be transferred, and of those only the agreed fields.
 * The other records are not even taken apart.
 */
export const sealStage: Task<SealSetup, SealInput, BundlePage> = (setup) => {
  const { dataset, key } = setup;
  const rowsOf = compileSealing(setup);
  return (input) => {
    const { number, sealed, tags: persons } = input;
    const page = openPage(sealed, { dataset, number, tags: persons }, key);
    const { member, rows, tags, leaves } = rowsOf({ ...input, page });
    release(page, sealed);
    return { member: owned(member), rows, tags: owned(tags), leaves: owned(leaves) };
  };
};

/** An opened page of records with its verdicts. */
export interface PageToSeal extends Pick<SealInput, 'number' | 'reasonSets' | 'stays'> {
  readonly page: Uint8Array;
}

/** Compiles what {@link sealStage} makes of a page that is open already. */
export function compileSealing(
  setup: BundlePageSetup & { readonly dataset: string },
): (input: PageToSeal) => BundlePage {
  const { dataset } = setup;
  const writing = compileBundlePageWriter(setup);
  return ({ number, page, reasonSets, stays }) => {
    const reasons = new Uint32Array(reasonSets.buffer, reasonSets.byteOffset, reasonSets.byteLength / 4);
    const staying = new Uint32Array(stays.buffer, stays.byteOffset, stays.byteLength / 4);
    writing.clear();
    const records = visitRecords(page, (text, i) => {
      const set = reasons[i];
      const record = set === 0 ? checkedRecord(recordOf(text), set) : null;
      if (record !== null) writing.add(record, staying[i] ?? 0);
    });
    if (records !== reasons.length) fail({ code: 'PAGE_DAMAGED', dataset, page: number });
    return writing.end();
  };
}
