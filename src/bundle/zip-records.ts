import { dayOf, type Instant } from '../base/time.js';

/*
 * The records of a ZIP file (PKWARE APPNOTE 6.3) as a bundle uses them: every field that is not a name, a length, a checksum or an offset
 * has one value. So a bundle with given entries has one spelling, and whoever reads one compares it byte for byte with that.
 */

/** 3: made on Unix, so that unzip keeps the file mode; 63: version 6.3. */
const MADE_BY = 0x033f;
/** Version 2.0. */
const NEEDED = 20;
/** The name is UTF-8. */
const UTF8 = 0x0800;
/** Flag: the data is encrypted. No entry of ours has it. */
export const ENCRYPTED = 0x0001;
/** Flag: checksum and lengths follow the data in a descriptor. */
export const DESCRIPTOR = 0x0008;
/** File mode -rw-r--r-- in the upper half. */
const ATTRIBUTES = (0o100644 << 16) >>> 0;

export const LOCAL_BYTES = 30;
export const CENTRAL_BYTES = 46;
export const END_BYTES = 22;
export const DESCRIPTOR_BYTES = 16;

export const LOCAL_MARK = 0x04034b50;
export const CENTRAL_MARK = 0x02014b50;
const END_MARK = 0x06054b50;

/** The date and time fields of an entry. */
export interface DosTime {
  readonly date: number;
  readonly time: number;
}

/** What varies from entry to entry. */
export interface EntryRecord {
  readonly name: string;
  readonly size: number;
  readonly crc32: number;
  /** Whether checksum and lengths follow the data, because they were not known before it (parts). */
  readonly descriptor: boolean;
  /** Position of the local header in the file. */
  readonly offset: number;
}

/**
 * The date of every entry: the calendar day of the bundle in Asia/Shanghai, at noon. ZIP knows local time only; noon exists in every
 * zone on every day, so the bytes do not depend on where they are written.
 */
export function dosTimeOf(created: Instant): DosTime {
  const [year = 1980, month = 1, day = 1] = dayOf(created).split('-').map(Number);
  return { date: ((year - 1980) << 9) | (month << 5) | day, time: 12 << 11 };
}

/** The header before an entry's bytes (APPNOTE 4.3.7). */
export function localHeader(entry: EntryRecord, modified: DosTime): Uint8Array {
  const name = Buffer.from(entry.name);
  const header = Buffer.alloc(LOCAL_BYTES);
  header.writeUInt32LE(LOCAL_MARK, 0);
  header.writeUInt16LE(NEEDED, 4);
  header.writeUInt16LE(flagsOf(entry), 6);
  header.writeUInt16LE(modified.time, 10);
  header.writeUInt16LE(modified.date, 12);
  if (!entry.descriptor) {
    header.writeUInt32LE(entry.crc32, 14);
    header.writeUInt32LE(entry.size, 18);
    header.writeUInt32LE(entry.size, 22);
  }
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, name]);
}

/** What follows an entry whose length was not known before it (APPNOTE 4.3.9); empty for any other. */
export function dataDescriptor(entry: EntryRecord): Uint8Array {
  if (!entry.descriptor) return Buffer.alloc(0);
  const descriptor = Buffer.alloc(DESCRIPTOR_BYTES);
  descriptor.writeUInt32LE(0x08074b50, 0);
  descriptor.writeUInt32LE(entry.crc32, 4);
  descriptor.writeUInt32LE(entry.size, 8);
  descriptor.writeUInt32LE(entry.size, 12);
  return descriptor;
}

/** The entry's line in the directory (APPNOTE 4.3.12). */
export function centralRecord(entry: EntryRecord, modified: DosTime): Uint8Array {
  const name = Buffer.from(entry.name);
  const record = Buffer.alloc(CENTRAL_BYTES);
  record.writeUInt32LE(CENTRAL_MARK, 0);
  record.writeUInt16LE(MADE_BY, 4);
  record.writeUInt16LE(NEEDED, 6);
  record.writeUInt16LE(flagsOf(entry), 8);
  record.writeUInt16LE(modified.time, 12);
  record.writeUInt16LE(modified.date, 14);
  record.writeUInt32LE(entry.crc32, 16);
  record.writeUInt32LE(entry.size, 20);
  record.writeUInt32LE(entry.size, 24);
  record.writeUInt16LE(name.length, 28);
  record.writeUInt32LE(ATTRIBUTES, 38);
  record.writeUInt32LE(entry.offset, 42);
  return Buffer.concat([record, name]);
}

/**
 * The end of a container (APPNOTE 4.3.16).
 *
 * @param directoryBytes length of the directory
 * @param directoryOffset where it begins, in bytes
 */
export function endRecord(entries: number, directoryBytes: number, directoryOffset: number): Uint8Array {
  const end = Buffer.alloc(END_BYTES);
  end.writeUInt32LE(END_MARK, 0);
  end.writeUInt16LE(entries, 8);
  end.writeUInt16LE(entries, 10);
  end.writeUInt32LE(directoryBytes, 12);
  end.writeUInt32LE(directoryOffset, 16);
  return end;
}

function flagsOf(entry: EntryRecord): number {
  return entry.descriptor ? UTF8 | DESCRIPTOR : UTF8;
}
