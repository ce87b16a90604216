import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { base64Bare, concat, unbase64Bare, utf8 } from './bytes.js';

/*
 * The header of an age file (https://c2sp.org/age): a stanza for each recipient, in which the file key is wrapped, and a MAC under that
 * key. There is one spelling of each header, and any other is refused.
 */

/** The key of one file, {@link FILE_KEY_BYTES} bytes. */
export const FILE_KEY_BYTES = 16;

/** The file key as one recipient can unwrap it. */
export interface Stanza {
  /** The kind of recipient, and what it needs to know. */
  readonly args: readonly string[];
  readonly body: Uint8Array;
}

/** A header as it was read. Nothing of it can be believed until {@link isGenuine} says so. */
export interface ClaimedHeader {
  readonly stanzas: readonly Stanza[];
  /** What the MAC covers. */
  readonly covered: Uint8Array;
  readonly mac: Uint8Array;
  /** Of the whole header, up to the payload. */
  readonly length: number;
}

/** No header is longer: three escrow recipients and the buyer, each a post-quantum stanza of about 1.6 KB. */
const MAX_HEADER = 64 * 1024;

const VERSION = 'age-encryption.org/v1\n';
const END = '---';
const COLUMNS = 64;

/** The words of a stanza, its whole lines of base64, and the last one, which is shorter and may be empty. */
const STANZA = /-> ([!-~]+(?: [!-~]+)*)\n((?:[A-Za-z0-9+/]{64}\n)*)([A-Za-z0-9+/]{0,63})\n/y;
const MAC = /--- ([A-Za-z0-9+/]{43})\n/y;

/** The header with these stanzas, and its MAC. */
export function writeHeader(stanzas: readonly Stanza[], fileKey: Uint8Array): Uint8Array {
  const covered = utf8(VERSION + stanzas.map(stanzaText).join('') + END);
  return concat(covered, utf8(` ${base64Bare(macOf(covered, fileKey))}\n`));
}

function stanzaText({ args, body }: Stanza): string {
  const text = base64Bare(body);
  let lines = '';
  for (let at = 0; at <= text.length; at += COLUMNS) lines += `${text.slice(at, at + COLUMNS)}\n`;
  return `-> ${args.join(' ')}\n${lines}`;
}

/** Reads the header of a file, or returns null if it has none. The bytes are attacker-controlled. */
export function readHeader(file: Uint8Array): ClaimedHeader | null {
  const head = Buffer.from(file.buffer, file.byteOffset, Math.min(file.length, MAX_HEADER));
  const text = head.toString('latin1');
  if (!text.startsWith(VERSION)) return null;
  const stanzas: Stanza[] = [];
  let at = VERSION.length;
  for (let found = matchAt(STANZA, text, at); found !== null; found = matchAt(STANZA, text, at)) {
    const [all, args = '', lines = '', last = ''] = found;
    const body = unbase64Bare(lines.replaceAll('\n', '') + last);
    if (body === null) return null;
    stanzas.push({ args: args.split(' '), body });
    at += all.length;
  }
  const end = matchAt(MAC, text, at);
  const mac = unbase64Bare(end?.[1] ?? '');
  if (end === null || mac === null) return null;
  return { stanzas, covered: head.subarray(0, at + END.length), mac, length: at + end[0].length };
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** Whether the header was made by somebody who has the file key. */
export function isGenuine({ covered, mac }: ClaimedHeader, fileKey: Uint8Array): boolean {
  return timingSafeEqual(macOf(covered, fileKey), mac);
}

function macOf(covered: Uint8Array, fileKey: Uint8Array): Buffer {
  const key = Buffer.from(hkdfSync('sha256', fileKey, '', 'header', 32));
  return createHmac('sha256', key).update(covered).digest();
}
