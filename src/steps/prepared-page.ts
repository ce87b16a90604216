import type { Random, SecretKey } from '../base/crypto.js';
import type { BundlePage, PageSetup } from '../bundle/page-writing.js';
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

/** Such a page, its gzip member sealed. */
export interface PreparedPage extends Omit<BundlePage, 'member'> {
  readonly sealed: Uint8Array;
}

/** Seals a page for the spool. */
export function sealPrepared(page: BundlePage, number: number, key: SecretKey, random: Random): PreparedPage {
  const { rows, tags, leaves, member } = page;
  const sealed = sealBytes(member, { dataset: PLACE, number }, key, random);
  return { rows, tags: owned(tags), leaves: owned(leaves), sealed: owned(sealed) };
}

/** Opens what {@link sealPrepared} made. @throws HandoverError PAGE_DAMAGED */
export function openPrepared({ sealed, ...page }: PreparedPage, number: number, key: SecretKey): BundlePage {
  return { ...page, member: openBytes(sealed, { dataset: PLACE, number }, key) };
}

const PLACE = 'spool';
