import { compileRowName } from '../dataset/row-names.js';
import { termsOfTable } from '../deal/tables.js';
import type { FurtherTable } from '../messages/tables.js';
import type { SecretKey } from '../base/crypto.js';
import { TAG_BYTES, TagBlocks } from '../base/tagger.js';
import { TextBlock } from '../base/text-block.js';
import { compileMinimise, ndjsonLine, type MinimiseSetup } from '../policy/minimise.js';
import type { StaySet } from '../policy/stays.js';
import type { CheckedRecord } from '../policy/verdict.js';
import { gzipBundlePage } from './member.js';
import { leavesOfPage } from './row-tree.js';
import { SUBJECT_KEY } from './row-schema.js';
import { lineEnds, type BundlePageRows, SUBJECT_AT, TAG_AT } from './rows.js';

export interface BundlePageSetup extends MinimiseSetup {
  /** The table beside the customer list whose rows they are; absent for customers. */
  readonly table?: FurtherTable;
  /** Key of the subject tags of the deal. */
  readonly tagKey: SecretKey;
  /** Key of the row commitments of the bundle. */
  readonly leafKey: SecretKey;
}

/** A page of a bundle. Its member is readable: it goes from memory into a cipher, never to a disk. */
export interface BundlePage {
  readonly rows: number;
  /** One gzip member of NDJSON. */
  readonly member: Uint8Array;
  /** Subject tags under the deal's tag key, of all rows in order. */
  readonly tags: Uint8Array;
  /** The page's leaves in the row tree. */
  readonly leaves: Uint8Array;
}

/** Takes the records of one page after another. */
export interface BundlePageWriter {
  /**
   * Takes only what it needs of the record, at once.
   *
   * @param stays what of the person stays
   * @param blocks the last of them is the tag block of its customer number, where that is at hand
   */
  add(record: CheckedRecord, stays: StaySet, blocks?: TagBlocks): void;
  /** Ends the page, with at least one record in it, and begins the next. */
  end(): BundlePage;
  /** Begins anew, whatever a page that failed has left. */
  clear(): void;
}

/** Fills a line until its tag is known: the tags of a page are calculated together. */
const NO_TAG = '0'.repeat(2 * TAG_BYTES);

/**
 * Compiles the making of a bundle's pages from records that may go: only the agreed fields, tagged and committed to.
 *
 * @throws HandoverError as compileMinimise
 */
export function compileBundlePageWriter(setup: BundlePageSetup): BundlePageWriter {
  const { columns, tagKey, leafKey, table } = setup;
  const nameOf = table === undefined ? null : compileRowName(table, columns);
  const names = new TagBlocks();
  const minimise = compileMinimise(
    table === undefined ? setup : { ...setup, terms: termsOfTable(setup.terms, table) },
  );
  const subject = columns.indexOf('customer_no');
  const text = new TextBlock();
  const ours = new TagBlocks();
  const clear = () => {
    text.clear();
    ours.clear();
    names.clear();
  };
  return {
    add: (record, stays, blocks) => {
      if (blocks === undefined) ours.add(record[subject] ?? '');
      else ours.addLast(blocks);
      const fields = minimise(record, stays);
      if (nameOf !== null) names.add(nameOf(record));
      text.add(
        `${ndjsonLine(NO_TAG, nameOf === null ? fields : `,"${SUBJECT_KEY}":"${NO_TAG}"${fields}`)}\n`,
      );
    },
    end: () => {
      const bytes = text.take();
      const subjects = ours.tags(tagKey);
      const tags = nameOf === null ? subjects : names.tags(tagKey);
      const rows = tags.length / TAG_BYTES;
      const page = { rows, tags, subjects, ends: lineEnds(bytes, rows) };
      writeTags(bytes, page, tags, TAG_AT);
      if (nameOf !== null) writeTags(bytes, page, subjects, SUBJECT_AT);
      const made = { rows, tags, member: gzipBundlePage(bytes), leaves: leavesOfPage(bytes, page, leafKey) };
      clear();
      return made;
    },
    clear,
  };
}

/** Writes the tag of each line to where it is in it, as lower-case hexadecimal digits. */
function writeTags(page: Uint8Array, { ends }: BundlePageRows, tags: Uint8Array, place: number): void {
  let line = 0;
  for (let row = 0; row < ends.length; row++) {
    for (let i = 0, at = line + place; i < TAG_BYTES; i++, at += 2) {
      const byte = tags[row * TAG_BYTES + i] ?? 0;
      page[at] = digit(byte >>> 4);
      page[at + 1] = digit(byte & 15);
    }
    line = ends[row] ?? 0;
  }
}

function digit(value: number): number {
  return 0x30 + value + 39 * ((value + 6) >> 4);
}
