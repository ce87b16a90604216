import { fail } from '../messages/error.js';
import { compileNumberCheck } from './customer-numbers.js';
import type { FieldEntry } from './manifest.js';
import { inflateBundlePage } from './member.js';
import { leavesOfPage } from './row-tree.js';
import { compileRowReader } from './rows.js';
import type { BundleSecrets } from './secrets.js';

/** A page of a part as it comes out of the cipher, still packed. */
export interface CompressedPage {
  /** Entry name of the part. */
  readonly part: string;
  /** One gzip member, in bytes of its own. */
  readonly member: Uint8Array;
  /** Rows that the manifest promises, and rows of the part before this page. */
  readonly rows: number;
  readonly inPart: number;
}

/** One page of rows, every one of them checked. */
export interface OpenedBundlePage {
  /** NDJSON, each line ended by a newline. */
  readonly page: Uint8Array;
  readonly tags: Uint8Array;
  /** The page's leaves in the row tree. */
  readonly leaves: Uint8Array;
}

/**
 * Step 14, second half: a page holds as many rows as promised, each of which follows the signed schema and is under the tag of its
 * customer number. Whoever has opened all pages compares their sum with checkResource. Pure, so that threads can do it.
 *
 * @throws HandoverError BUNDLE_PAGES, BUNDLE_ROW, BUNDLE_ROW_NUMBER, BUNDLE_ROW_TAG, from the function returned
 */
export function compileOpenBundlePage(
  fields: readonly FieldEntry[],
  { leafKey, tagKey }: BundleSecrets,
): (packed: CompressedPage) => OpenedBundlePage {
  const readRows = compileRowReader(fields.map(({ name }) => name));
  const checkNumbers = compileNumberCheck(fields, tagKey);
  return ({ part, member, rows, inPart }) => {
    const page = inflateBundlePage(member, part);
    const found = readRows(page, { part, start: inPart });
    if (found.rows !== rows) fail({ code: 'BUNDLE_PAGES', part });
    checkNumbers(page, found, { part, start: inPart });
    return { page, tags: found.tags, leaves: leavesOfPage(page, found, leafKey) };
  };
}
