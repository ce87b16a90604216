import { crc32 } from 'node:zlib';
import type { RandomAccess } from '../base/random-access.js';
import { fail } from '../messages/error.js';
import { byPlace, isEntryName, isPart, limitOf, sayable } from './entry-names.js';
import {
  CENTRAL_BYTES,
  CENTRAL_MARK,
  centralRecord,
  DESCRIPTOR,
  DESCRIPTOR_BYTES,
  type DosTime,
  dataDescriptor,
  ENCRYPTED,
  END_BYTES,
  type EntryRecord,
  endRecord,
  LOCAL_BYTES,
  LOCAL_MARK,
  localHeader,
} from './zip-records.js';

/** No bundle is larger: the plain ZIP format counts to 4 GiB, which is far more than customers of a small firm. */
export const MAX_BUNDLE_BYTES = 0xffff_fffe;

/** A million customers make a few dozen parts. */
const MAX_ENTRIES = 20_000;

/** In bytes. It is held in memory whole. */
const MAX_DIRECTORY = MAX_ENTRIES * (CENTRAL_BYTES + 128);

/** Bytes that are read at a time. */
const BLOCK = 1024 * 1024;

/** The furthest from its end that a ZIP file's end record may be: after it comes a comment of up to 64 KiB. */
const END_SEARCH = END_BYTES + 0xffff;

/** What tells one kind of archive from another; the shape of the ZIP file is the same for all. */
export interface ContainerKind {
  /** Whether the archive may hold an entry of this name at all. */
  readonly isName: (name: string) => boolean;
  /** Whether checksum and lengths follow an entry's data: by its name, or null where either is right. */
  readonly hasDescriptor: (name: string) => boolean | null;
  /** Compares two names by the order of their entries. */
  readonly order: (a: string, b: string) => number;
  /** The most bytes that an entry may have. */
  readonly limitOf: (name: string) => number;
}

const BUNDLE: ContainerKind = { isName: isEntryName, hasDescriptor: isPart, order: byPlace, limitOf };

/** A bundle's entries, found by the directory at its end; what they hold is unread. */
export class Container {
  readonly #file: RandomAccess;
  readonly #entries: ReadonlyMap<string, EntryRecord>;
  readonly #limitOf: ContainerKind['limitOf'];
  /** Date and time fields that all entries have in common. */
  readonly modified: DosTime;

  constructor(
    file: RandomAccess,
    entries: ReadonlyMap<string, EntryRecord>,
    modified: DosTime,
    limit: ContainerKind['limitOf'],
  ) {
    this.#file = file;
    this.#entries = entries;
    this.modified = modified;
    this.#limitOf = limit;
  }

  /** In the order of the entries. */
  get names(): readonly string[] {
    return [...this.#entries.keys()];
  }

  /** Length of an entry in bytes, or undefined if there is none of this name. */
  sizeOf(name: string): number | undefined {
    return this.#entries.get(name)?.size;
  }

  /** The checksum that the directory gives, CRC-32. */
  crcOf(name: string): number | undefined {
    return this.#entries.get(name)?.crc32;
  }

  /**
   * The whole of one entry, if it has the CRC-32 that the directory gives: damage is told before anything is read into the bytes.
   *
   * @throws HandoverError BUNDLE_ENTRY_MISSING, BUNDLE_ENTRY_SIZE if it is longer than the format allows, BUNDLE_ENTRY_DIGEST
   */
  async read(name: string): Promise<Uint8Array> {
    const entry = this.#entries.get(name) ?? fail({ code: 'BUNDLE_ENTRY_MISSING', entry: name });
    if (entry.size > this.#limitOf(name)) fail({ code: 'BUNDLE_ENTRY_SIZE', entry: name });
    const bytes = await readExactly(this.#file, dataStart(entry), entry.size);
    if (crc32(bytes) !== entry.crc32) fail({ code: 'BUNDLE_ENTRY_DIGEST', entry: name });
    return bytes;
  }

  /** One entry block by block, so that memory does not grow with it. A block holds until the next one is asked for. */
  async *blocks(name: string): AsyncGenerator<Uint8Array, void, undefined> {
    const entry = this.#entries.get(name) ?? fail({ code: 'BUNDLE_ENTRY_MISSING', entry: name });
    const start = dataStart(entry);
    const block = Buffer.allocUnsafeSlow(Math.min(BLOCK, entry.size));
    for (let at = 0; at < entry.size; at += BLOCK) {
      yield readExactly(this.#file, start + at, Math.min(BLOCK, entry.size - at), block);
    }
  }
}

function dataStart(entry: EntryRecord): number {
  return entry.offset + LOCAL_BYTES + Buffer.byteLength(entry.name);
}

/**
 * Opens a bundle, or another kind of archive, by its central directory and checks its shape down to the last byte outside the entries' own: stored entries of
 * known names, each once, in order, laid end to end from the first byte to the directory, local headers that agree with it, and
 * nothing before, between or after. What the entries hold is not read here.
 *
 * @throws HandoverError BUNDLE_NOT_ZIP, BUNDLE_TRUNCATED, BUNDLE_TOO_LARGE, BUNDLE_BYTES_OUTSIDE, BUNDLE_DIRECTORY, BUNDLE_ENTRY_UNKNOWN,
 *   BUNDLE_ENTRY_DUPLICATE, BUNDLE_ENTRY_COMPRESSED, BUNDLE_ENTRY_ENCRYPTED, BUNDLE_ENTRY_ORDER, BUNDLE_ENTRY_HEADER
 */
export async function openContainer(file: RandomAccess, kind = BUNDLE): Promise<Container> {
  const end = await findEnd(file);
  const listed = directoryOf(end);
  const names = new Set<string>();
  for (const { name } of listed) {
    if (!kind.isName(name)) fail({ code: 'BUNDLE_ENTRY_UNKNOWN', entry: sayable(name) });
    if (names.has(name)) fail({ code: 'BUNDLE_ENTRY_DUPLICATE', entry: name });
    names.add(name);
  }
  const [first] = listed;
  const modified: DosTime = { date: first?.date ?? 0, time: first?.time ?? 0 };
  const entries = new Map<string, EntryRecord>();
  let offset = 0;
  let before = '';
  for (const found of listed) {
    const { name } = found;
    if (found.encrypted) fail({ code: 'BUNDLE_ENTRY_ENCRYPTED', entry: name });
    if (found.method !== 0) fail({ code: 'BUNDLE_ENTRY_COMPRESSED', entry: name });
    if (before !== '' && kind.order(before, name) > 0) fail({ code: 'BUNDLE_ENTRY_ORDER', entry: name });
    if (found.offset !== offset) fail({ code: 'BUNDLE_BYTES_OUTSIDE', offset });
    const entry: EntryRecord = {
      name,
      size: found.size,
      crc32: found.crc32,
      descriptor: kind.hasDescriptor(name) ?? found.descriptor,
      offset,
    };
    offset = await checkLocal(file, entry, modified, end.directoryOffset);
    entries.set(name, entry);
    before = name;
  }
  if (offset !== end.directoryOffset) fail({ code: 'BUNDLE_BYTES_OUTSIDE', offset });
  checkDirectory([...entries.values()], modified, end);
  return new Container(file, entries, modified, kind.limitOf);
}

/** What is behind the entries. */
interface End {
  /** How many there are, as the end record claims. */
  readonly entries: number;
  readonly directoryOffset: number;
  readonly directory: Buffer;
  readonly record: Buffer;
}

/** The end record. It must be the last thing in the file, and the directory must reach up to it. */
async function findEnd(file: RandomAccess): Promise<End> {
  if (file.size > MAX_BUNDLE_BYTES) fail({ code: 'BUNDLE_TOO_LARGE', limit: MAX_BUNDLE_BYTES });
  if (file.size < 4) fail({ code: 'BUNDLE_NOT_ZIP' });
  const isZip = (await readExactly(file, 0, 4)).readUInt32LE(0) === LOCAL_MARK;
  const tail = await readExactly(file, Math.max(0, file.size - END_SEARCH), Math.min(END_SEARCH, file.size));
  const at = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (at === -1 || tail.length - at < END_BYTES) {
    return fail(isZip ? { code: 'BUNDLE_TRUNCATED' } : { code: 'BUNDLE_NOT_ZIP' });
  }
  const record = tail.subarray(at);
  const position = file.size - record.length;
  if (record.length !== END_BYTES) fail({ code: 'BUNDLE_BYTES_OUTSIDE', offset: position + END_BYTES });
  const directoryBytes = record.readUInt32LE(12);
  const directoryOffset = record.readUInt32LE(16);
  if (directoryOffset + directoryBytes !== position || !isZip) {
    fail({
      code: 'BUNDLE_BYTES_OUTSIDE',
      offset: isZip ? Math.min(directoryOffset + directoryBytes, position) : 0,
    });
  }
  const entries = record.readUInt16LE(10);
  if (entries > MAX_ENTRIES || directoryBytes > MAX_DIRECTORY) fail({ code: 'BUNDLE_DIRECTORY' });
  const directory = await readExactly(file, directoryOffset, directoryBytes);
  return { entries, directoryOffset, directory, record };
}

interface Listed {
  readonly name: string;
  readonly size: number;
  readonly crc32: number;
  readonly method: number;
  readonly encrypted: boolean;
  readonly descriptor: boolean;
  readonly offset: number;
  readonly date: number;
  readonly time: number;
}

/** The entries that the directory claims. Its bytes are compared later with the only ones that these entries can have. */
function directoryOf({ directory, entries }: End): readonly Listed[] {
  const listed: Listed[] = [];
  let at = 0;
  while (listed.length < entries) {
    const record = directory.subarray(at);
    if (record.length < CENTRAL_BYTES || record.readUInt32LE(0) !== CENTRAL_MARK)
      fail({ code: 'BUNDLE_DIRECTORY' });
    const flags = record.readUInt16LE(8);
    const nameEnd = CENTRAL_BYTES + record.readUInt16LE(28);
    listed.push({
      name: record.subarray(CENTRAL_BYTES, nameEnd).toString('latin1'),
      size: record.readUInt32LE(24),
      crc32: record.readUInt32LE(16),
      method: record.readUInt16LE(10),
      encrypted: (flags & ENCRYPTED) !== 0,
      descriptor: (flags & DESCRIPTOR) !== 0,
      offset: record.readUInt32LE(42),
      date: record.readUInt16LE(14),
      time: record.readUInt16LE(12),
    });
    at += nameEnd + record.readUInt16LE(30) + record.readUInt16LE(32);
  }
  return listed;
}

/** Compares an entry's local header and descriptor with what they must be, and returns the position after the entry. */
async function checkLocal(
  file: RandomAccess,
  entry: EntryRecord,
  modified: DosTime,
  limit: number,
): Promise<number> {
  const header = localHeader(entry, modified);
  const dataEnd = entry.offset + header.length + entry.size;
  const next = dataEnd + (entry.descriptor ? DESCRIPTOR_BYTES : 0);
  if (next > limit) fail({ code: 'BUNDLE_ENTRY_HEADER', entry: entry.name });
  const found = await readExactly(file, entry.offset, header.length);
  const descriptor = await readExactly(file, dataEnd, next - dataEnd);
  if (!found.equals(header) || !descriptor.equals(dataDescriptor(entry))) {
    fail({ code: 'BUNDLE_ENTRY_HEADER', entry: entry.name });
  }
  return next;
}

/** Compares the directory and the end record with the ones that these entries have. */
function checkDirectory(entries: readonly EntryRecord[], modified: DosTime, end: End): void {
  const directory = Buffer.concat(entries.map((entry) => centralRecord(entry, modified)));
  const record = endRecord(entries.length, directory.length, end.directoryOffset);
  if (!end.directory.equals(directory) || !end.record.equals(record)) fail({ code: 'BUNDLE_DIRECTORY' });
}

async function readExactly(
  file: RandomAccess,
  offset: number,
  length: number,
  into?: Uint8Array,
): Promise<Buffer> {
  const bytes = await file.read(offset, length, into);
  if (bytes.length !== length) fail({ code: 'BUNDLE_TRUNCATED' });
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}
