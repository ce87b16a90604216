import { crc32, gzipSync, inflateRawSync, type ZlibOptions } from 'node:zlib';
import { sameBytes } from '../base/bytes.js';
import { fail } from '../messages/error.js';
import { countLines, MAX_PAGE_BYTES } from './rows.js';

/** One page of NDJSON as one gzip member (RFC 1952) without time or operating system, so that it says nothing but its content. */
export function gzipBundlePage(page: Uint8Array): Uint8Array {
  if (page.length > MAX_PAGE_BYTES) throw new Error('page is larger than the format allows');
  const member = gzipSync(page, { level: 1, chunkSize: PIECE });
  member.writeUInt32LE(0, 4);
  member[9] = UNKNOWN_SYSTEM;
  return member;
}

const UNKNOWN_SYSTEM = 255;

/** zlib's output in pieces of its default 16 KiB costs a fifth of its time in copying. */
const PIECE = 256 * 1024;

/**
 * Inflates one gzip member to a page of whole lines. Its maker is the other party, so it may be made to swell: nothing beyond
 * {@link MAX_PAGE_BYTES} is produced.
 *
 * @param rows how many lines the manifest promises, where it is at hand.
 * @throws HandoverError BUNDLE_PAGES if it is not exactly one member of so many whole lines
 */
export function inflateBundlePage(member: Uint8Array, path: string, rows?: number): Buffer {
  const page = inflate(member) ?? fail({ code: 'BUNDLE_PAGES', part: path });
  if (page.at(-1) !== 0x0a) fail({ code: 'BUNDLE_PAGES', part: path });
  if (rows !== undefined && countLines(page) !== rows) fail({ code: 'BUNDLE_PAGES', part: path });
  return page;
}

/**
 * The one spelling of what surrounds a member's data: no flags and so no name, comment or extra field, no time, no operating system; of how
 * hard zlib tried there are three values. Whatever else a header could hold, nobody has accounted for.
 */
const HEADER = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0);
const EFFORTS = [0, 2, 4];
const HEADER_BYTES = 10;
const TRAILER_BYTES = 8;

function inflate(member: Uint8Array): Buffer | null {
  const bytes = Buffer.from(member.buffer, member.byteOffset, member.length);
  const end = bytes.length - TRAILER_BYTES;
  const isPlain =
    end >= HEADER_BYTES &&
    sameBytes(bytes.subarray(0, HEADER.length), HEADER) &&
    EFFORTS.includes(bytes[8] ?? -1) &&
    bytes[9] === UNKNOWN_SYSTEM;
  if (!isPlain) return null;
  // With `info`, zlib also says how much it read: a second member, or anything else behind the data, would be ignored otherwise.
  const options: ZlibOptions = { maxOutputLength: MAX_PAGE_BYTES, chunkSize: roomFor(member), info: true };
  try {
    const result: unknown = inflateRawSync(bytes.subarray(HEADER_BYTES, end), options);
    if (!isInflated(result) || result.engine.bytesWritten !== end - HEADER_BYTES) return null;
    const page = result.buffer;
    const isWhole = bytes.readUInt32LE(end) === crc32(page) && bytes.readUInt32LE(end + 4) === page.length;
    return isWhole ? page : null;
  } catch {
    return null;
  }
}

/** The length that a member claims to have (RFC 1952, ISIZE), so that zlib has no pieces to put together; whatever it claims, within reason. */
function roomFor(member: Uint8Array): number {
  const claimed =
    member.length < 4 ? 0 : new DataView(member.buffer, member.byteOffset).getUint32(member.length - 4, true);
  return Math.min(Math.max(claimed, PIECE), MAX_PAGE_BYTES) + 64;
}

/** What zlib answers with `info`, which its types leave out. */
function isInflated(
  result: unknown,
): result is { readonly buffer: Buffer; readonly engine: { readonly bytesWritten: number } } {
  return (
    typeof result === 'object' &&
    result !== null &&
    'buffer' in result &&
    Buffer.isBuffer(result.buffer) &&
    'engine' in result
  );
}
