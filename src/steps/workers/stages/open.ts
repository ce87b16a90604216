import type { SecretKey } from '../../../base/crypto.js';
import type { ManifestResource } from '../../../bundle/manifest.js';
import { compileOpenBundlePage, type CompressedPage } from '../../../bundle/page-reading.js';
import { sealBytes } from '../../../store/sealed-pages.js';
import { owned, release } from '../../../base/transfer.js';
import type { Task } from '../stage.js';

export interface OpenSetup {
  readonly resource: Pick<ManifestResource, 'name' | 'fields'>;
  readonly leafKey: SecretKey;
  readonly tagKey: SecretKey;
  readonly dataset: string;
  readonly key: SecretKey;
}

/** A page of a bundle and its number in the dataset. */
export interface OpenInput extends CompressedPage {
  readonly number: number;
}

export interface OpenedRows {
  readonly number: number;
  readonly records: number;
  readonly sealed: Uint8Array;
  readonly tags: Uint8Array;
  /** The page's leaves in the row tree. */
  readonly leaves: Uint8Array;
}

/** A page of a bundle → a page of the store, sealed again under the buyer's own key, with every row checked and committed. */
export const openStage: Task<OpenSetup, OpenInput, OpenedRows> = (
  { resource, dataset, key, ...secrets },
  random,
) => {
  const open = compileOpenBundlePage(resource, secrets);
  return (input) => {
    const { member, rows, number } = input;
    const { page, tags, leaves } = open(input);
    const sealed = sealBytes(member, { dataset, number, tags }, key, random);
    // Both go no further: their memory comes back now instead of when V8 looks through the whole heap.
    release(new Uint8Array(page.buffer), member);
    return { number, records: rows, sealed: owned(sealed), tags: owned(tags), leaves: owned(leaves) };
  };
};
