import { isUtf8 } from 'node:buffer';
import { concat } from '../base/bytes.js';
import { TAG_BYTES } from '../base/tagger.js';
import { unseenAt } from '../base/unseen.js';
import { fail } from '../messages/error.js';
import { RESOURCE } from './resource.js';
import { SUBJECT_KEY, TAG_KEY } from './row-schema.js';

/** No page may inflate to more than this; a page that does is refused before it can fill the memory. */
export const MAX_PAGE_BYTES = 8 * 1024 * 1024;

/** Ends each line. */
const NEWLINE = 0x0a;

/** Where the tag is in a line. */
export const TAG_AT = `{"${TAG_KEY}":"`.length;

/** Where the tag of the customer is in a line of a table beside the list. */
export const SUBJECT_AT = TAG_AT + 2 * TAG_BYTES + `","${SUBJECT_KEY}":"`.length;

/** The number of lines of a page. */
export function countLines(page: Uint8Array): number {
  const bytes = Buffer.from(page.buffer, page.byteOffset, page.length);
  let lines = 0;
  for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, at + 1)) lines++;
  return lines;
}

/** Where each of the first lines of a page ends, behind its newline. */
export function lineEnds(page: Uint8Array, lines: number): Uint32Array<ArrayBuffer> {
  const bytes = Buffer.from(page.buffer, page.byteOffset, page.length);
  const ends = new Uint32Array(lines);
  let end = 0;
  for (let line = 0; line < lines; line++) ends[line] = end = bytes.indexOf(NEWLINE, end) + 1;
  return ends;
}

/** What a page holds once every row of it was checked. */
export interface BundlePageRows {
  readonly rows: number;
  /** The subject tags in the order of the rows, {@link TAG_BYTES} bytes each. */
  readonly tags: Uint8Array;
  /** Of a table beside the customer list, the tags of the customers whose rows they are; else the same as `tags`. */
  readonly subjects: Uint8Array;
  /** Where the line of each row ends in the page, behind its newline. */
  readonly ends: Uint32Array;
}

/** Where a page is, for the one problem that can be found in it. */
export interface RowPosition {
  /** Entry name of the part. */
  readonly part: string;
  /** Number of the page's first row within the part, from 0. */
  readonly start: number;
}

/**
 * Compiles the strict reader of pages with exactly these fields. The bytes come from the other party and are checked in full: UTF-8,
 * the keys in their order, a string or null for each, no control characters but tab and line ends, nothing hidden, and the one spelling that
 * JSON.stringify gives.
 *
 * One regular expression over the bytes of a line does it. It cannot backtrack into another reading: every alternative begins with
 * another character.
 *
 * @throws HandoverError BUNDLE_ROW with part and row number (from 1), never with content
 */
export function compileRowReader(
  fields: readonly string[],
  resource: string = RESOURCE,
): (page: Uint8Array, place: RowPosition) => BundlePageRows {
  const plain = String.raw`[^"\\\x00-\x1f\x7f]*`;
  const value = String.raw`(?:"(?!")${plain}(?:\\["\\nrt]${plain})*"|null)`;
  const keys = fields.map((field) => `,${JSON.stringify(field)}:${value}`).join('');
  const isTable = resource !== RESOURCE;
  const subject = isTable ? `,"${SUBJECT_KEY}":"[0-9a-f]{32}"` : '';
  const line = new RegExp(String.raw`\{"${TAG_KEY}":"[0-9a-f]{32}"${subject}${keys}\}\n`, 'y');
  const shortest = TAG_AT + 2 * TAG_BYTES + '"}\n'.length;

  return (page, place) => {
    const bytes = Buffer.from(page.buffer, page.byteOffset, page.length);
    // Bytes that are not UTF-8 leave no line to be trusted, so the first is named.
    if (!isUtf8(bytes)) fail({ code: 'BUNDLE_ROW', part: place.part, row: place.start + 1 });
    const hidden = unseenAt(bytes);
    if (hidden !== -1) {
      const before = countLines(bytes.subarray(0, hidden));
      fail({ code: 'BUNDLE_ROW', part: place.part, row: place.start + before + 1 });
    }
    const most = Math.ceil(bytes.length / shortest);
    if (most > endsAtHand.length) {
      endsAtHand = new Uint32Array(2 * most);
      tagsAtHand = new Uint8Array(2 * most * TAG_BYTES);
    }
    const ends = endsAtHand;
    const tags = tagsAtHand;
    let rows = 0;
    const subjects: Uint8Array[] = [];
    for (let from = 0, end = 0; from < bytes.length; from = end) {
      end = bytes.indexOf(NEWLINE, from + PIECE) + 1 || bytes.length;
      // One character a byte: all that the expression tells apart is ASCII, which is no part of a longer UTF-8 sequence.
      const text = bytes.toString('latin1', from, end);
      for (let at = 0; at < text.length; at = line.lastIndex) {
        line.lastIndex = at;
        if (!line.test(text)) fail({ code: 'BUNDLE_ROW', part: place.part, row: place.start + rows + 1 });
        unhexInto(bytes, from + at + TAG_AT, tags, rows * TAG_BYTES);
        if (isTable) {
          const tag = new Uint8Array(TAG_BYTES);
          unhexInto(bytes, from + at + SUBJECT_AT, tag, 0);
          subjects.push(tag);
        }
        ends[rows++] = from + line.lastIndex;
      }
    }
    const own = tags.slice(0, rows * TAG_BYTES);
    return { rows, tags: own, subjects: isTable ? concat(...subjects) : own, ends: ends.slice(0, rows) };
  };
}

/** Memory for the rows of a page, used again and again. */
let endsAtHand = new Uint32Array(0);
let tagsAtHand = new Uint8Array(0);

/** Bytes that become text together: so few that their string stays in the young generation. */
const PIECE = 32 * 1024;

/** Writes the tag that is in `source` as lower-case hexadecimal digits. */
function unhexInto(source: Uint8Array, from: number, target: Uint8Array, to: number): void {
  for (let i = 0; i < TAG_BYTES; i++) {
    target[to + i] = (digitOf(source[from + 2 * i]) << 4) | digitOf(source[from + 2 * i + 1]);
  }
}

/** 0–9 are 0x30 and following, a–f 0x61 and following. Without a branch, because no processor can foretell the next digit. */
function digitOf(code = 0): number {
  return (code & 0x0f) + 9 * (code >> 6);
}
