import { HASH_BYTES } from '../audit/merkle.js';
import type { Random, SecretKey } from '../base/crypto.js';
import { TAG_BYTES } from '../base/tagger.js';
import type { BundlePage, PageSetup } from '../bundle/page-writing.js';
import { leafCountOf } from '../bundle/row-tree.js';
import { openBytes, sealBytes } from '../store/sealed-pages.js';
import { owned } from './stage.js';

/*
 * Pages of a bundle that were made while import had the records at hand. They lie sealed in a spool until it is known who stands in the
 * file twice, and pages that this changes are made again (docs/decisions/0015).
 */

/** What making such pages takes. */
export interface Preparing {
  readonly keys: Pick<PageSetup, 'tagKey' | 'tokenKey' | 'leafKey'>;
  /** Seals the pages in the spool. It is in no vault and ends with the process. */
  readonly key: SecretKey;
}

/** Such a page, sealed. */
export interface PreparedPage {
  readonly rows: number;
  readonly sealed: Uint8Array;
}

/** Seals a page for the spool: its tags, leaves and gzip member, one after another. */
export function sealPrepared(page: BundlePage, number: number, key: SecretKey, random: Random): PreparedPage {
  const { rows, tags, leaves, member } = page;
  const sealed = sealBytes(Buffer.concat([tags, leaves, member]), { dataset: PLACE, number }, key, random);
  return { rows, sealed: owned(sealed) };
}

/** Opens what {@link sealPrepared} made. @throws HandoverError PAGE_DAMAGED */
export function openPrepared({ rows, sealed }: PreparedPage, number: number, key: SecretKey): BundlePage {
  const bytes = openBytes(sealed, { dataset: PLACE, number }, key);
  const leavesAt = rows * TAG_BYTES;
  const memberAt = leavesAt + leafCountOf(rows) * HASH_BYTES;
  return {
    rows,
    tags: bytes.subarray(0, leavesAt),
    leaves: bytes.subarray(leavesAt, memberAt),
    member: bytes.subarray(memberAt),
  };
}

const PLACE = 'spool';
