import { gunzipSync, gzipSync, type ZlibOptions } from 'node:zlib';
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

function inflate(member: Uint8Array): Buffer | null {
  // With `info`, zlib also says how much it read: bytes after the member would be ignored otherwise.
  const options: ZlibOptions = { maxOutputLength: MAX_PAGE_BYTES, chunkSize: roomFor(member), info: true };
  try {
    const result: unknown = gunzipSync(member, options);
    if (!isInflated(result) || result.engine.bytesWritten !== member.length) return null;
    return result.buffer;
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
