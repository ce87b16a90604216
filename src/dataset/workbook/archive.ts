import { crc32, createInflateRaw } from 'node:zlib';
import type { RandomAccess } from '../../base/random-access.js';
import { fail } from '../../messages/error.js';

/*
 * The ZIP file that a workbook is (PKWARE APPNOTE 6.3). A bundle's container is compared byte for byte with the one spelling that it may
 * have (bundle/container.ts); this file was made by somebody's office program, so it is read by its directory and bounded instead.
 */

/** One file of the archive. */
export interface ArchiveEntry {
  readonly name: string;
  /** Lengths in bytes: packed, and as the directory claims unpacked. */
  readonly packed: number;
  readonly size: number;
  readonly deflated: boolean;
  readonly crc32: number;
  /** Position of the local header. */
  readonly offset: number;
}

const END_MARK = 0x06054b50;
const CENTRAL_MARK = 0x02014b50;
const LOCAL_MARK = 0x04034b50;
const END_BYTES = 22;
const CENTRAL_BYTES = 46;
const LOCAL_BYTES = 30;
const ENCRYPTED = 1;
const STORED = 0;
const DEFLATED = 8;

/** A workbook has a few dozen files; one with pictures some thousands. */
const MAX_DIRECTORY = 8 * 1024 * 1024;
/** No sheet of a million rows is larger unpacked. */
const MAX_UNPACKED = 2 * 1024 * 1024 * 1024;
/** Sheets pack well, but not a hundred times; what is small can do no harm. */
const MAX_RATIO = 100;
const HARMLESS = 32 * 1024 * 1024;
const BLOCK = 256 * 1024;

/**
 * The files of an archive by name, from its directory.
 *
 * @throws HandoverError WORKBOOK_DAMAGED, WORKBOOK_LOCKED, WORKBOOK_BOMB, WORKBOOK_TOO_LARGE
 */
export async function readArchive(file: RandomAccess): Promise<ReadonlyMap<string, ArchiveEntry>> {
  const tail = Math.min(file.size, END_BYTES + 0xffff);
  const end = Buffer.from(await file.read(file.size - tail, tail));
  const at = end.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (at < 0 || at + END_BYTES > end.length || end.readUInt32LE(at) !== END_MARK) damaged();
  const length = end.readUInt32LE(at + 12);
  const start = end.readUInt32LE(at + 16);
  if (length > MAX_DIRECTORY || start + length > file.size) damaged();
  const directory = Buffer.from(await file.read(start, length));
  const entries = new Map<string, ArchiveEntry>();
  for (let from = 0; from + CENTRAL_BYTES <= directory.length; ) {
    if (directory.readUInt32LE(from) !== CENTRAL_MARK) damaged();
    const nameEnd = from + CENTRAL_BYTES + directory.readUInt16LE(from + 28);
    const entry = entryOf(directory, from, nameEnd);
    // A name twice is how two readers are shown two different sheets.
    if (entries.has(entry.name)) damaged();
    entries.set(entry.name, entry);
    from = nameEnd + directory.readUInt16LE(from + 30) + directory.readUInt16LE(from + 32);
  }
  return entries;
}

function entryOf(directory: Buffer, from: number, nameEnd: number): ArchiveEntry {
  const method = directory.readUInt16LE(from + 10);
  if ((directory.readUInt16LE(from + 8) & ENCRYPTED) !== 0) fail({ code: 'WORKBOOK_LOCKED' });
  if (nameEnd > directory.length || (method !== STORED && method !== DEFLATED)) damaged();
  const entry = {
    // Office programs write these names with a slash; some Chinese ones have been seen with a backslash.
    name: directory
      .toString('utf8', from + CENTRAL_BYTES, nameEnd)
      .replaceAll('\\', '/')
      .replace(/^\//, ''),
    packed: directory.readUInt32LE(from + 20),
    size: directory.readUInt32LE(from + 24),
    deflated: method === DEFLATED,
    crc32: directory.readUInt32LE(from + 16),
    offset: directory.readUInt32LE(from + 42),
  };
  if (entry.size > MAX_UNPACKED) fail({ code: 'WORKBOOK_TOO_LARGE', limit: MAX_UNPACKED });
  if (entry.size > HARMLESS && entry.size > MAX_RATIO * entry.packed) fail({ code: 'WORKBOOK_BOMB' });
  return entry;
}

/**
 * What an entry holds, block by block. It ends with a problem where that is not what the directory says.
 *
 * @throws HandoverError WORKBOOK_DAMAGED
 */
export async function* entryBlocks(
  file: RandomAccess,
  entry: ArchiveEntry,
): AsyncGenerator<Uint8Array, void, undefined> {
  const local = Buffer.from(await file.read(entry.offset, LOCAL_BYTES));
  if (local.length < LOCAL_BYTES || local.readUInt32LE(0) !== LOCAL_MARK) damaged();
  const start = entry.offset + LOCAL_BYTES + local.readUInt16LE(26) + local.readUInt16LE(28);
  const packed = packedBlocks(file, start, entry.packed);
  let total = 0;
  let check = 0;
  for await (const block of entry.deflated ? inflated(packed) : packed) {
    total += block.length;
    if (total > entry.size) damaged();
    check = crc32(block, check);
    yield block;
  }
  if (total !== entry.size || check !== entry.crc32) damaged();
}

async function* packedBlocks(
  file: RandomAccess,
  start: number,
  length: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  for (let at = 0; at < length; at += BLOCK) {
    const wanted = Math.min(BLOCK, length - at);
    const block = await file.read(start + at, wanted);
    if (block.length !== wanted) damaged();
    yield block;
  }
}

async function* inflated(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const inflate = createInflateRaw({ chunkSize: BLOCK });
  const feeding = (async () => {
    for await (const block of packed) {
      if (!inflate.write(block)) await new Promise((go) => inflate.once('drain', go));
      if (inflate.destroyed) return;
    }
    inflate.end();
  })().catch((error: unknown) => inflate.destroy(error instanceof Error ? error : new Error('unreadable')));
  try {
    for await (const block of inflate) yield Buffer.from(block);
  } catch {
    damaged();
  } finally {
    inflate.destroy();
    inflate.emit('drain');
    await feeding;
  }
}

function damaged(): never {
  return fail({ code: 'WORKBOOK_DAMAGED' });
}
