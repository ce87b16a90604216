import { SUMS } from '../deal/tables.js';
import type { FurtherTable } from '../messages/tables.js';
import { SUBJECT_KEY } from './row-schema.js';
import { fail } from '../messages/error.js';
import { compileNumberCheck } from './customer-numbers.js';
import type { ManifestResource } from './manifest.js';
import { inflateBundlePage } from './member.js';
import { TAG_BYTES } from '../base/tagger.js';
import { leavesOfPage } from './row-tree.js';
import { compileRowReader, TAG_AT } from './rows.js';
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
  /** Of the customers whose rows they are. */
  readonly subjects: Uint8Array;
  /** The page's leaves in the row tree. */
  readonly leaves: Uint8Array;
}

/** What the rows of a page of a table add up to, by the tags of the customers. */
export type AddRow = (subject: string, fen: string, sessions: string) => void;

/**
 * Gives the amounts of each row of a table to `add`. The rows were read strictly before.
 */
export function addRows(table: FurtherTable, page: Uint8Array, add: AddRow): void {
  const { fen, sessions } = SUMS[table];
  for (const line of Buffer.from(page.buffer, page.byteOffset, page.length).toString('utf8').split('\n')) {
    if (line === '') continue;
    const row: Readonly<Record<string, string | null>> = JSON.parse(line);
    add(row[SUBJECT_KEY] ?? '', row[fen ?? ''] ?? '', row[sessions ?? ''] ?? '');
  }
}

/**
 * Step 14, second half: a page holds as many rows as promised, each of which follows the signed schema and is under the tag of its
 * customer number. Whoever has opened all pages compares their sum with checkResource. Pure, so that threads can do it.
 *
 * @throws HandoverError BUNDLE_PAGES, BUNDLE_ROW, BUNDLE_ROW_NUMBER, BUNDLE_ROW_TAG, from the function returned
 */
export function compileOpenBundlePage(
  { name, fields }: Pick<ManifestResource, 'name' | 'fields'>,
  { leafKey, tagKey }: BundleSecrets,
): (packed: CompressedPage) => OpenedBundlePage {
  const readRows = compileRowReader(
    fields.map((field) => field.name),
    name,
  );
  const checkNumbers = compileNumberCheck(fields, tagKey, name);
  return ({ part, member, rows, inPart }) => {
    const page = inflateBundlePage(member, part);
    const found = readRows(page, { part, start: inPart });
    if (found.rows !== rows) fail({ code: 'BUNDLE_PAGES', part });
    checkNumbers(page, found, { part, start: inPart });
    return { page, tags: found.tags, subjects: found.subjects, leaves: leavesOfPage(page, found, leafKey) };
  };
}

/**
 * Whether the lines of a packed page are under these tags, in this order. What else a line says is not looked at.
 *
 * @throws HandoverError BUNDLE_PAGES for what is no page of so many lines
 */
export function isUnder({ part, member, rows }: CompressedPage, tags: Uint8Array): boolean {
  const page = inflateBundlePage(member, part, rows);
  const said = Buffer.from(Buffer.from(tags.buffer, tags.byteOffset, tags.length).toString('hex'), 'latin1');
  const digits = 2 * TAG_BYTES;
  if (said.length !== rows * digits) return false;
  for (let row = 0, from = 0; row < rows; row++) {
    const tag = page.subarray(from + TAG_AT, from + TAG_AT + digits);
    if (!tag.equals(said.subarray(row * digits, (row + 1) * digits))) return false;
    from = page.indexOf(0x0a, from) + 1;
  }
  return true;
}
