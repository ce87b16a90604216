import { createHash } from 'node:crypto';
import { unhex } from '../../base/bytes.js';
import type { Sha256 } from '../../base/crypto.js';
import { digestOf } from '../../store/whole-file.js';
import type { SourcePage } from '../workers/stages/import.js';

/** SHA-256 over the text of a page. */
export function pageDigest({ chunks }: Pick<SourcePage, 'chunks'>): Sha256 {
  const digest = createHash('sha256');
  for (const { bytes } of chunks) digest.update(bytes);
  return digestOf(digest);
}

/** SHA-256 over the digests of the pages of a range. */
export function rangeDigest(pages: readonly Sha256[]): Sha256 {
  const digest = createHash('sha256');
  for (const page of pages) digest.update(unhex(page));
  return digestOf(digest);
}
