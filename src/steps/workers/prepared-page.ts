import { concat } from '../../base/bytes.js';
import type { Random, SecretKey } from '../../base/crypto.js';
import { TAG_BYTES } from '../../base/tagger.js';
import type { BundlePage, BundlePageSetup } from '../../bundle/page-writing.js';
import { openBytes, sealBytes } from '../../store/sealed-pages.js';
import { owned } from '../../base/transfer.js';

/*
 * Pages of a bundle that were made while import had the records at hand. They lie sealed in a spool until it is known who is in the
 * file twice, and pages that this changes are made again (docs/decisions/0015).
 */

/** What making such pages takes. */
export interface Preparing {
  readonly keys: Pick<BundlePageSetup, 'tagKey' | 'tokenKey' | 'leafKey'>;
  /** Seals the pages in the spool. It is in no vault and ends with the process. */
  readonly key: SecretKey;
}

/** Such a page, sealed. */
export interface PreparedPage extends Omit<BundlePage, 'member'> {
  /** Its tags and its gzip member, one after the other. */
  readonly sealed: Uint8Array;
}

/** Seals a page for the spool. */
export function sealPrepared(page: BundlePage, number: number, key: SecretKey, random: Random): PreparedPage {
  const { rows, tags, leaves, member } = page;
  const sealed = sealBytes(concat(tags, member), { dataset: PLACE, number, tags: NO_TAGS }, key, random);
  return { rows, tags: owned(tags), leaves: owned(leaves), sealed: owned(sealed) };
}

/** Opens what {@link sealPrepared} made. @throws HandoverError PAGE_DAMAGED */
export function openPrepared(
  { rows, leaves, sealed }: Omit<PreparedPage, 'tags'>,
  number: number,
  key: SecretKey,
): BundlePage {
  const bytes = openBytes(sealed, { dataset: PLACE, number, tags: NO_TAGS }, key);
  const memberAt = rows * TAG_BYTES;
  return { rows, leaves, tags: bytes.subarray(0, memberAt), member: bytes.subarray(memberAt) };
}

const PLACE = 'spool';

/** They are sealed in with the rows. */
const NO_TAGS = new Uint8Array(0);
