import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { type Random, type SecretKey, seal, sha256, unseal } from '../base/crypto.js';
import { release } from '../base/transfer.js';
import { fail } from '../messages/error.js';

/**
 * Pages of records as they lie on disk. Pure and free of the database, so that workers can seal and open them.
 */

/**
 * Where a page belongs and whose records it holds. Sealed in, so that a page that was moved to another place or dataset does not open, nor
 * one beside which other persons' tags lie.
 */
export interface PageId {
  readonly dataset: string;
  readonly number: number;
  /** The tags of its records, which lie beside it in the clear. */
  readonly tags: Uint8Array;
}

/** A page holds the records of half a MiB of the file; a compressed one that claims more than this is not one of ours. */
const MAX_PAGE_BYTES = 256 * 1024 * 1024;

/**
 * Quality 0 in a window of a page packs 190 MB of records in a third of a CPU second, to a tenth more than quality 1 in twice the time;
 * sealing what is packed then costs a quarter. Output in large pieces saves a third of what unpacking costs.
 */
const QUICK = {
  params: { [constants.BROTLI_PARAM_QUALITY]: 0, [constants.BROTLI_PARAM_LGWIN]: 18 },
  chunkSize: 256 * 1024,
};
const UNPACKING = { maxOutputLength: MAX_PAGE_BYTES, chunkSize: 256 * 1024 };

/** Packs (brotli, RFC 7932) and seals the text of a page. */
export function sealPage(text: Uint8Array, place: PageId, key: SecretKey, random: Random): Uint8Array {
  const packed = packRecords(text);
  const sealed = sealBytes(packed, place, key, random);
  release(packed);
  return sealed;
}

/** Packs the text of a page, for {@link sealBytes}. */
export function packRecords(text: Uint8Array): Uint8Array {
  return brotliCompressSync(text, QUICK);
}

/** Opens what {@link sealPage} made. @throws HandoverError PAGE_DAMAGED */
export function openPage(sealed: Uint8Array, place: PageId, key: SecretKey): Uint8Array {
  const packed = openBytes(sealed, place, key);
  const page = unpackPage(packed, place);
  release(packed);
  return page;
}

/** The text of a page that {@link openBytes} opened. @throws HandoverError PAGE_DAMAGED */
export function unpackPage(packed: Uint8Array, place: Pick<PageId, 'dataset' | 'number'>): Uint8Array {
  try {
    return brotliDecompressSync(packed, UNPACKING);
  } catch {
    return damaged(place);
  }
}

/** Seals bytes that are packed already: the gzip members of a received bundle. */
export function sealBytes(packed: Uint8Array, place: PageId, key: SecretKey, random: Random): Uint8Array {
  return seal(packed, contextOf(place), key, random);
}

/** Opens what {@link sealBytes} made, still packed. @throws HandoverError PAGE_DAMAGED */
export function openBytes(sealed: Uint8Array, place: PageId, key: SecretKey): Uint8Array {
  return unseal(sealed, contextOf(place), key) ?? damaged(place);
}

function contextOf(place: PageId): string {
  return `handover page ${place.dataset} ${place.number} ${sha256(place.tags)}`;
}

function damaged(place: Pick<PageId, 'dataset' | 'number'>): never {
  return fail({ code: 'PAGE_DAMAGED', dataset: place.dataset, page: place.number });
}
