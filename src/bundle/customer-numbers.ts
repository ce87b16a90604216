import type { SecretKey } from '../base/crypto.js';
import { subjectOf, TAG_BYTES, TagBlocks } from '../base/tagger.js';
import { fail } from '../messages/error.js';
import type { FieldEntry } from './manifest.js';
import { RESOURCE } from './resource.js';
import { type BundlePageRows, type RowPosition, SUBJECT_AT, TAG_AT } from './rows.js';

/** The field whose value a subject tag is made of. */
export const CUSTOMER_NO = 'customer_no';

/** Compares the tags of a page with the customer numbers in its rows, which were read strictly before. */
export type NumberCheck = (page: Uint8Array, rows: BundlePageRows, place: RowPosition) => void;

/**
 * Compiles the check that each row is under the tag of its own customer number: the tags come from the seller, and whoever is told of a
 * person later finds the record by tag alone. A field that does not leave as it is cannot be compared: then there is nothing to check.
 *
 * @throws HandoverError BUNDLE_ROW_NUMBER, BUNDLE_ROW_TAG with part and row number (from 1), from the function returned
 */
export function compileNumberCheck(
  fields: readonly FieldEntry[],
  tagKey: SecretKey,
  resource: string = RESOURCE,
): NumberCheck {
  const at = fields.findIndex(({ name, action }) => name === CUSTOMER_NO && action === 'keep');
  if (at === -1) return () => {};
  // No value holds the key, because a quote in a value is escaped. As the first field it has its place.
  const key = Buffer.from(`,${JSON.stringify(CUSTOMER_NO)}:`);
  const first = (resource === RESOURCE ? TAG_AT : SUBJECT_AT) + 2 * TAG_BYTES + '"'.length;
  // A field called sensitive stays empty for whoever did not separately agree to it (PIPL-29).
  const mayBeMissing = fields[at]?.class === 'sensitive';
  const blocks = new TagBlocks();
  return (page, { rows, subjects: tags, ends }, { part, start }) => {
    const bytes = Buffer.from(page.buffer, page.byteOffset, page.length);
    const missing = new Set<number>();
    blocks.clear();
    for (let row = 0, line = 0; row < rows; row++) {
      const number = numberAt(bytes, (at === 0 ? line + first : bytes.indexOf(key, line)) + key.length);
      if (number.length === 0) {
        if (!mayBeMissing) fail({ code: 'BUNDLE_ROW_NUMBER', part, row: start + row + 1 });
        missing.add(row);
      }
      blocks.add(number);
      line = ends[row] ?? 0;
    }
    const other = firstOther(blocks.tags(tagKey), tags, missing);
    if (other !== null) fail({ code: 'BUNDLE_ROW_TAG', part, row: start + other + 1 });
  };
}

/** The first row whose tag is another than it should be; null if there is none. */
function firstOther(wanted: Uint8Array, found: Uint8Array, unknown: ReadonlySet<number>): number | null {
  const packed = Buffer.from(wanted.buffer, wanted.byteOffset, wanted.length);
  if (unknown.size === 0 && packed.equals(found)) return null;
  for (let row = 0, from = 0; from < packed.length; row++, from += TAG_BYTES) {
    if (unknown.has(row)) continue;
    if (packed.compare(found, from, from + TAG_BYTES, from, from + TAG_BYTES) !== 0) return row;
  }
  return null;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** The customer number that a value of a line is, from its first byte on; nothing for null and for white space. */
function numberAt(bytes: Buffer, from: number): string | Uint8Array {
  if (bytes[from] !== QUOTE) return '';
  let end = from + 1;
  let isPlain = bytes[end] !== 0x20;
  for (let byte = bytes[end] ?? QUOTE; byte !== QUOTE; byte = bytes[end] ?? QUOTE) {
    // Beyond ASCII, and behind an escape, there is more than one spelling.
    if (byte === BACKSLASH || byte >= 0x7f) isPlain = false;
    end += byte === BACKSLASH ? 2 : 1;
  }
  // A view of the bytes costs half of what a text does.
  if (isPlain && bytes[end - 1] !== 0x20) return bytes.subarray(from + 1, end);
  const value: unknown = JSON.parse(bytes.toString('utf8', from, end + 1));
  return typeof value === 'string' ? subjectOf(value) : '';
}
