import type { MojibakeKind } from '../messages/problems/dataset.js';
import { encodeGb18030 } from './gb18030.js';
import { countHanzi } from './hanzi.js';

/*
 * Chinese text that was read in a wrong encoding and saved again: every byte became a character of its own, and the file is valid UTF-8 all
 * the same. It is known by the way back: written in the wrong encoding and read in the right one, it is common Hanzi. A name of another
 * language (Müller, José) or with rare Hanzi (镕, 喆, 䶮) gives no such text.
 */

/** What Windows puts in the place of the control characters 80 to 9F of Latin-1. */
const WINDOWS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
const WINDOWS_BYTES: ReadonlyMap<string, number> = new Map([...WINDOWS].map((one, i) => [one, 0x80 + i]));

const LATIN = /^[\x00-\xff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]+$/;
const HIGH = /[^\x00-\x7f]/g;
/** Half a character that was lost at the end of a cell, and what a byte order mark becomes. */
const LOST = /[?\ufffd]+$|^\u951b\u6fcf|^\u9518\u64d9?/g;
/** Of what the way back gives, so much is common Hanzi, in thousandths. */
const COMMON = 600;

/** In which way a cell is garbled; null where it is not. */
export function mojibakeOf(cell: string): MojibakeKind | null {
  const high = cell.match(HIGH)?.length ?? 0;
  if (high < 2) return null;
  if (LATIN.test(cell)) {
    const bytes = latinBytes(cell);
    if (isCommon(bytes, 'utf-8')) return 'utf8-as-latin1';
    // Two letters with marks in a row are a code; one between plain letters is a name.
    return /^(?:[\x00-\x7f]|(?:[^\x00-\x7f]{2})+)+$/.test(cell) && isCommon(bytes, 'gb18030')
      ? 'gbk-as-latin1'
      : null;
  }
  const bare = cell.replace(LOST, '');
  return bare !== '' && isCommon(whole(encodeGb18030(bare)), 'utf-8') ? 'utf8-as-gbk' : null;
}

function latinBytes(cell: string): Uint8Array {
  return Uint8Array.from([...cell], (one) => WINDOWS_BYTES.get(one) ?? one.charCodeAt(0));
}

/** Bytes of UTF-8 without a character that is cut at the end. */
function whole(bytes: Uint8Array): Uint8Array {
  for (let back = 1; back <= 2 && back < bytes.length; back++) {
    const lead = bytes[bytes.length - back] ?? 0;
    if (lead >= 0xe0 && lead < 0xf0) return bytes.subarray(0, bytes.length - back);
  }
  return bytes;
}

function isCommon(bytes: Uint8Array, encoding: 'utf-8' | 'gb18030'): boolean {
  let text: string;
  try {
    text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return false;
  }
  const { wide, common } = countHanzi(text);
  return wide > 0 && common * 1000 >= wide * COMMON;
}

/** Cells that are looked at, and how many garbled ones make a garbled file. */
const LOOKED_AT = 2000;
const LEAST = 3;

/** In which way most cells of a file are garbled that hold more than ASCII; null where they are not. @param head the begin of its text */
export function mojibakeFile(head: string): MojibakeKind | null {
  const { wide, common } = countHanzi(head);
  if (common * 2 > wide) return null;
  const counts = new Map<MojibakeKind, number>();
  let looked = 0;
  for (const [cell] of head.matchAll(/[^,;\t\r\n"|]+/g)) {
    if (looked === LOOKED_AT) break;
    HIGH.lastIndex = 0;
    if (!HIGH.test(cell)) continue;
    looked++;
    const kind = mojibakeOf(cell);
    if (kind !== null) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  for (const [kind, count] of counts) if (count >= LEAST && count * 2 > looked) return kind;
  return null;
}

/** The code units in which Hanzi begin that were UTF-8 and read as GBK. Some are in names as well. */
export const MOJIBAKE_UNITS: readonly number[] = [0xe4, 0xe5, 0xe6, 0xe7, 0xe8, 0xe9].flatMap((lead) =>
  Array.from({ length: 64 }, (_, i) =>
    new TextDecoder('gb18030').decode(Uint8Array.of(lead, 0x80 + i)).charCodeAt(0),
  ).filter((unit) => unit >= 0x4e00 && unit <= 0x9fff),
);
