import { crc32 } from 'node:zlib';
import type { Instant } from '../base/time.js';
import {
  CENTRAL_BYTES,
  centralRecord,
  DESCRIPTOR_BYTES,
  dataDescriptor,
  dosTimeOf,
  END_BYTES,
  type EntryRecord,
  endRecord,
  LOCAL_BYTES,
  localHeader,
} from './zip-records.js';

/** One entry to write: small ones as bytes, others as a factory of a stream of known length. */
export type NewEntry =
  | { readonly name: string; readonly content: Uint8Array }
  | {
      readonly name: string;
      readonly size: number;
      readonly content: () => AsyncIterable<Uint8Array>;
    };

/** How many bytes {@link writeZip} makes of entries. */
export function zipLength(entries: readonly NewEntry[]): number {
  return entries.reduce((sum, entry) => {
    const around = LOCAL_BYTES + CENTRAL_BYTES + 2 * Buffer.byteLength(entry.name);
    const size = 'size' in entry ? entry.size + DESCRIPTOR_BYTES : entry.content.length;
    return sum + around + size;
  }, END_BYTES);
}

/**
 * The bytes of a ZIP file: stored entries in the order given, all of one date. The same entries and date give the same bytes, wherever
 * they are written. Streams are read one after another, none is held in memory.
 *
 * Fails if an entry's stream does, or if one has another length than was said.
 */
export async function* writeZip(
  entries: readonly NewEntry[],
  created: Instant,
): AsyncGenerator<Uint8Array, void, undefined> {
  const modified = dosTimeOf(created);
  const records: EntryRecord[] = [];
  let offset = 0;
  for (const entry of entries) {
    const { name } = entry;
    let record: EntryRecord;
    let header: Uint8Array;
    if ('size' in entry) {
      // The checksum follows the data: a stream is read once.
      const { size } = entry;
      header = localHeader({ name, size, crc32: 0, descriptor: true, offset }, modified);
      yield header;
      record = { name, size, crc32: yield* passOn(entry.content(), size), descriptor: true, offset };
    } else {
      const { content } = entry;
      record = { name, size: content.length, crc32: crc32(content), descriptor: false, offset };
      header = localHeader(record, modified);
      yield header;
      yield content;
    }
    const descriptor = dataDescriptor(record);
    yield descriptor;
    records.push(record);
    offset += header.length + record.size + descriptor.length;
  }
  const directory = Buffer.concat(records.map((record) => centralRecord(record, modified)));
  yield directory;
  yield endRecord(records.length, directory.length, offset);
}

/** Passes a stream on and returns its checksum. */
async function* passOn(
  content: AsyncIterable<Uint8Array>,
  size: number,
): AsyncGenerator<Uint8Array, number, undefined> {
  let checksum = 0;
  let bytes = 0;
  for await (const block of content) {
    checksum = crc32(block, checksum);
    bytes += block.length;
    yield block;
  }
  if (bytes !== size) throw new Error('an entry has another length than was said');
  return checksum;
}
