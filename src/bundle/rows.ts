import { isUtf8 } from 'node:buffer';
import { createCipheriv } from 'node:crypto';
import { type SecretKey, sha256Into, TAG_BYTES } from '../base/crypto.js';
import { fail } from '../messages/error.js';
import { TAG_KEY } from './row-schema.js';

/** Bytes of a leaf hash and of a blind. */
export const LEAF_BYTES = 32;

/** No page may inflate to more than this; a page that does is refused before it can fill the memory. */
export const MAX_PAGE_BYTES = 8 * 1024 * 1024;

const NEWLINE = 0x0a;

/**
 * The row commitments of one page: leaf i = SHA-256(0x00 ‖ blind i ‖ line without its newline), one after another
 * (docs/formats.md, "Row commitment").
 *
 * @param page lines, each ended by one newline; at most {@link MAX_PAGE_BYTES}.
 * @param tags the subject tags of the lines, {@link TAG_BYTES} bytes each.
 */
export function leavesOfPage(page: Uint8Array, tags: Uint8Array, leafKey: SecretKey): Buffer {
  const rows = tags.length / TAG_BYTES;
  const blinds = blindsOf(leafKey, tags);
  const leaves = Buffer.allocUnsafeSlow(rows * LEAF_BYTES);
  // What is hashed must stand together, so 0x00 ‖ blind is written over the end of the line before, which is hashed already.
  const head = 1 + LEAF_BYTES;
  if (head + page.length > work.length) work = Buffer.allocUnsafeSlow(head + 2 * page.length);
  work.set(page, head);
  for (let row = 0, from = head; row < rows; row++) {
    const end = work.indexOf(NEWLINE, from);
    work[from - head] = 0;
    for (let i = 0; i < LEAF_BYTES; i++) work[from - LEAF_BYTES + i] = blinds[row * LEAF_BYTES + i] ?? 0;
    sha256Into(work.subarray(from - head, end), leaves, row * LEAF_BYTES);
    from = end + 1;
  }
  return leaves;
}

/** Scratch for a page and what stands before its first line, used again and again. */
let work = Buffer.alloc(0);

/** The number of lines of a page. */
export function countLines(page: Uint8Array): number {
  const bytes = Buffer.from(page.buffer, page.byteOffset, page.length);
  let lines = 0;
  for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, at + 1)) lines++;
  return lines;
}

/**
 * The blinds of the rows with these tags: AES-256 (FIPS 197) under the leaf key of the tag, then of the tag with its last bit turned over.
 * A row's blind does not depend on where the row stands, so that rows can be committed to before it is known which others go.
 */
export function blindsOf(leafKey: SecretKey, tags: Uint8Array): Buffer {
  const blocks = Buffer.allocUnsafeSlow(2 * tags.length);
  for (let from = 0, to = 0; from < tags.length; from += TAG_BYTES, to += LEAF_BYTES) {
    for (let i = 0; i < TAG_BYTES; i++) {
      const byte = tags[from + i] ?? 0;
      blocks[to + i] = byte;
      blocks[to + TAG_BYTES + i] = byte;
    }
    blocks[to + LEAF_BYTES - 1] = (blocks[to + LEAF_BYTES - 1] ?? 0) ^ 1;
  }
  return createCipheriv('aes-256-ecb', leafKey, null).setAutoPadding(false).update(blocks);
}

/** What a page holds once every row of it was checked. */
export interface PageRows {
  readonly rows: number;
  /** The subject tags in the order of the rows, {@link TAG_BYTES} bytes each. */
  readonly tags: Buffer;
}

/** Where a page stands, for the one problem that can be found in it. */
export interface PagePlace {
  /** Entry name of the part. */
  readonly part: string;
  /** Number of the page's first row within the part, from 0. */
  readonly start: number;
}

/**
 * Compiles the strict reader of pages with exactly these fields. The bytes come from the other party and are checked in full: UTF-8,
 * the keys in their order, a string or null for each, no control characters but tab and line ends, and the one spelling that
 * JSON.stringify gives.
 *
 * One regular expression over the bytes of a line does it. It cannot backtrack into another reading: every alternative begins with
 * another character.
 *
 * @throws HandoverError BUNDLE_ROW with part and row number (from 1), never with content
 */
export function compileRowReader(
  fields: readonly string[],
): (page: Uint8Array, place: PagePlace) => PageRows {
  const plain = String.raw`[^"\\\x00-\x1f]*`;
  const value = String.raw`(?:"(?!")${plain}(?:\\["\\nrt]${plain})*"|null)`;
  const keys = fields.map((field) => `,${JSON.stringify(field)}:${value}`).join('');
  const line = new RegExp(String.raw`\{"${TAG_KEY}":"[0-9a-f]{32}"${keys}\}\n`, 'y');
  const tagAt = `{"${TAG_KEY}":"`.length;

  return (page, place) => {
    const bytes = Buffer.from(page.buffer, page.byteOffset, page.length);
    // Bytes that are not UTF-8 leave no line to be trusted, so the first is named.
    if (!isUtf8(bytes)) fail({ code: 'BUNDLE_ROW', part: place.part, row: place.start + 1 });
    const tags = Buffer.allocUnsafeSlow(countLines(bytes) * TAG_BYTES);
    let rows = 0;
    for (let from = 0, end = 0; from < bytes.length; from = end) {
      end = bytes.indexOf(NEWLINE, from + PIECE) + 1 || bytes.length;
      // One character a byte: all that the expression tells apart is ASCII, which is no part of a longer UTF-8 sequence.
      const text = bytes.toString('latin1', from, end);
      for (let at = 0; at < text.length; at = line.lastIndex) {
        line.lastIndex = at;
        if (!line.test(text)) fail({ code: 'BUNDLE_ROW', part: place.part, row: place.start + rows + 1 });
        unhexInto(bytes, from + at + tagAt, tags, rows * TAG_BYTES);
        rows++;
      }
    }
    return { rows, tags };
  };
}

/** Bytes that become text together: so few that their string stays in the young generation. */
const PIECE = 32 * 1024;

/** Writes the tag that stands in `source` as lower-case hexadecimal digits. */
function unhexInto(source: Uint8Array, from: number, target: Uint8Array, to: number): void {
  for (let i = 0; i < TAG_BYTES; i++) {
    target[to + i] = (digitOf(source[from + 2 * i]) << 4) | digitOf(source[from + 2 * i + 1]);
  }
}

/** 0–9 are 0x30 and following, a–f 0x61 and following. */
function digitOf(code = 0): number {
  return code < 0x3a ? code - 0x30 : code - 0x57;
}
