import { isUtf8 } from 'node:buffer';
import { TAG_BYTES } from '../base/tagger.js';
import { fail } from '../messages/error.js';
import { TAG_KEY } from './row-schema.js';

/** No page may inflate to more than this; a page that does is refused before it can fill the memory. */
export const MAX_PAGE_BYTES = 8 * 1024 * 1024;

/** Ends each line. */
const NEWLINE = 0x0a;

/** Where the tag is in a line. */
export const TAG_AT = `{"${TAG_KEY}":"`.length;

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
): (page: Uint8Array, place: RowPosition) => BundlePageRows {
  const plain = String.raw`[^"\\\x00-\x1f\x7f]*`;
  const value = String.raw`(?:"(?!")${plain}(?:\\["\\nrt]${plain})*"|null)`;
  const keys = fields.map((field) => `,${JSON.stringify(field)}:${value}`).join('');
  const line = new RegExp(String.raw`\{"${TAG_KEY}":"[0-9a-f]{32}"${keys}\}\n`, 'y');
  const shortest = TAG_AT + 2 * TAG_BYTES + '"}\n'.length;

  return (page, place) => {
    const bytes = Buffer.from(page.buffer, page.byteOffset, page.length);
    // Bytes that are not UTF-8 leave no line to be trusted, so the first is named.
    if (!isUtf8(bytes)) fail({ code: 'BUNDLE_ROW', part: place.part, row: place.start + 1 });
    const hidden = hiddenAt(bytes);
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
    for (let from = 0, end = 0; from < bytes.length; from = end) {
      end = bytes.indexOf(NEWLINE, from + PIECE) + 1 || bytes.length;
      // One character a byte: all that the expression tells apart is ASCII, which is no part of a longer UTF-8 sequence.
      const text = bytes.toString('latin1', from, end);
      for (let at = 0; at < text.length; at = line.lastIndex) {
        line.lastIndex = at;
        if (!line.test(text)) fail({ code: 'BUNDLE_ROW', part: place.part, row: place.start + rows + 1 });
        unhexInto(bytes, from + at + TAG_AT, tags, rows * TAG_BYTES);
        ends[rows++] = from + line.lastIndex;
      }
    }
    return { rows, tags: tags.slice(0, rows * TAG_BYTES), ends: ends.slice(0, rows) };
  };
}

/**
 * Where UTF-8 holds a character that nobody sees and that changes what is seen: C1 controls and marks of direction. Import takes them
 * off, so that no honest row has one. Only their first bytes are looked for, which are rare.
 */
function hiddenAt(bytes: Buffer): number {
  for (const { lead, isHidden } of HIDDEN)
    for (let at = bytes.indexOf(lead); at !== -1; at = bytes.indexOf(lead, at + 1))
      if (isHidden(bytes[at + lead.length] ?? 0)) return at;
  return -1;
}

const HIDDEN: readonly { readonly lead: Uint8Array; readonly isHidden: (next: number) => boolean }[] = [
  { lead: Uint8Array.of(0xc2), isHidden: (next) => next <= 0x9f },
  { lead: Uint8Array.of(0xd8), isHidden: (next) => next === 0x9c },
  {
    lead: Uint8Array.of(0xe2, 0x80),
    isHidden: (next) => (next >= 0x8e && next <= 0x8f) || (next >= 0xaa && next <= 0xae),
  },
  { lead: Uint8Array.of(0xe2, 0x81), isHidden: (next) => next >= 0xa6 && next <= 0xa9 },
];

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
