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
/** What a byte order mark becomes. */
const BEGIN = /^\u951b\u6fcf|^\u9518\u64d9?/;
/** ASCII stays what it is in every encoding, and half a character before it is lost: text is judged in the pieces between. */
const BETWEEN = /[\x00-\x7f\ufffd]+/;
/** Of what the way back gives, so much is common Hanzi, in thousandths. */
const COMMON = 600;
/** Chinese text and nothing else. */
const CHINESE = /^[\x20-\x7e\u3000-\u3011\u4e00-\u9fff\uff01-\uff5e·“”‘’—…]+$/;

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
  const pieces = cell.replace(BEGIN, '').split(BETWEEN).map(judge);
  return pieces.includes(true) && !pieces.includes(false) ? 'utf8-as-gbk' : null;
}

/** Whether a piece without ASCII was UTF-8 and read as GBK; null where it is too short to tell, or its way back has only rare characters. */
function judge(piece: string): boolean | null {
  const bytes = encodeGb18030(piece);
  const back = strictly(whole(bytes), 'utf-8');
  if (back === '') return null;
  if (back === null || !CHINESE.test(back)) return false;
  const [is, was] = [countHanzi(piece), countHanzi(back)];
  if (is.common * 2 > is.wide) return false;
  if (was.common * 1000 >= was.wide * COMMON) return true;
  // Of 张喆 one character is common. Names and addresses keep to the characters of GB 2312, and what is garbled does not.
  return was.common > 0 && is.common * 3 <= is.wide && beyondGb2312(bytes) * 2 >= is.wide ? true : null;
}

/** How many characters of two bytes are in GBK alone. */
function beyondGb2312(bytes: Uint8Array): number {
  let count = 0;
  for (let i = 0; i + 1 < bytes.length; i += 2)
    if ((bytes[i] ?? 0) < 0xa1 || (bytes[i + 1] ?? 0) < 0xa1) count++;
  return count;
}

/**
 * What a garbled cell was, where nothing of it was lost: the way back and forth again gives the cell, and it is Chinese text.
 *
 * @returns null for a cell that is not garbled, or of which something is lost
 */
export function ungarbled(cell: string): string | null {
  const kind = mojibakeOf(cell);
  if (kind === null) return null;
  const bytes = kind === 'utf8-as-gbk' ? encodeGb18030(cell) : latinBytes(cell);
  const text = strictly(bytes, kind === 'gbk-as-latin1' ? 'gb18030' : 'utf-8');
  if (text === null || !CHINESE.test(text)) return null;
  const again = kind === 'gbk-as-latin1' ? encodeGb18030(text) : new TextEncoder().encode(text);
  if (kind === 'utf8-as-gbk') return new TextDecoder('gb18030').decode(again) === cell ? text : null;
  return again.every((byte, i) => byte === bytes[i]) && again.length === bytes.length ? text : null;
}

function latinBytes(cell: string): Uint8Array {
  return Uint8Array.from([...cell], (one) => WINDOWS_BYTES.get(one) ?? one.charCodeAt(0));
}

/** Bytes of UTF-8 without a character that is cut at the end. */
function whole(bytes: Uint8Array): Uint8Array {
  for (let back = 1; back <= 2 && back <= bytes.length; back++) {
    const lead = bytes[bytes.length - back] ?? 0;
    if (lead >= 0xe0 && lead < 0xf0) return bytes.subarray(0, bytes.length - back);
  }
  return bytes;
}

/** null for bytes that are no text of this encoding. */
function strictly(bytes: Uint8Array, encoding: 'utf-8' | 'gb18030'): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function isCommon(bytes: Uint8Array, encoding: 'utf-8' | 'gb18030'): boolean {
  const text = strictly(bytes, encoding);
  if (text === null) return false;
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
