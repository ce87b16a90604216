import { closeSync, fstatSync, lstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { basename, join, sep } from 'node:path';
import { translateErrno } from './errno.js';

/** What a pattern is for. */
const PATTERN_KINDS = ['values', 'keys', 'ciphertext'] as const;
export type PatternKind = (typeof PATTERN_KINDS)[number];

export interface Pattern {
  readonly kind: PatternKind;
  /** At least {@link LEAST} bytes. */
  readonly bytes: Uint8Array;
}

const LEAST = 8;
const BLOCK = 1024 * 1024;

/** A file with how many patterns of each kind are in it. */
export interface Sighting {
  /** Relative to the folder. */
  readonly file: string;
  readonly hits: Readonly<Record<PatternKind, number>>;
}

export interface ScanResult {
  readonly files: number;
  readonly bytes: number;
  readonly patterns: number;
  /** How many different patterns of each kind were found anywhere. */
  readonly hits: Readonly<Record<PatternKind, number>>;
  readonly sightings: readonly Sighting[];
}

/**
 * Thousands of byte patterns, looked for in one pass: nearly every place is passed over by one look into a table of what three bytes any
 * pattern begins with.
 */
export class Patterns {
  readonly #begins = new Uint8Array(1 << 21);
  readonly #byLead = new Map<number, number[]>();
  readonly #patterns: readonly Pattern[];
  readonly longest: number;

  constructor(patterns: readonly Pattern[]) {
    this.#patterns = patterns;
    this.longest = patterns.reduce((most, { bytes }) => Math.max(most, bytes.length), 0);
    for (const [i, { bytes }] of patterns.entries()) {
      if (bytes.length < LEAST) throw new Error('too short a pattern to mean something');
      const three = ((bytes[0] ?? 0) << 16) | ((bytes[1] ?? 0) << 8) | (bytes[2] ?? 0);
      this.#begins[three >>> 3] = (this.#begins[three >>> 3] ?? 0) | (1 << (three & 7));
      const lead = leadOf(bytes, 0);
      this.#byLead.set(lead, [...(this.#byLead.get(lead) ?? []), i]);
    }
  }

  get count(): number {
    return this.#patterns.length;
  }

  kindOf(pattern: number): PatternKind {
    return this.#patterns[pattern]?.kind ?? 'values';
  }

  /** Adds to `found` the numbers of the patterns that are in the first `length` bytes. */
  search(block: Uint8Array, length: number, found: Set<number>): void {
    const begins = this.#begins;
    let three = 0;
    for (let at = 0; at < length; at++) {
      three = ((three << 8) | (block[at] ?? 0)) & 0xffffff;
      if (((begins[three >>> 3] ?? 0) & (1 << (three & 7))) !== 0 && at >= 2)
        this.#compare(block, at - 2, length, found);
    }
  }

  #compare(block: Uint8Array, at: number, length: number, found: Set<number>): void {
    for (const i of this.#byLead.get(leadOf(block, at)) ?? []) {
      const bytes = this.#patterns[i]?.bytes;
      if (bytes === undefined || found.has(i) || at + bytes.length > length) continue;
      if (Buffer.compare(bytes, block.subarray(at, at + bytes.length)) === 0) found.add(i);
    }
  }
}

function leadOf(bytes: Uint8Array, at: number): number {
  return (
    ((bytes[at] ?? 0) << 24) |
    ((bytes[at + 1] ?? 0) << 16) |
    ((bytes[at + 2] ?? 0) << 8) |
    (bytes[at + 3] ?? 0)
  );
}

/** How a folder is searched. */
export interface Scanning {
  /** Absolute paths that are left out: files in clear that are known and reported by themselves. */
  readonly skip: ReadonlySet<string>;
  /**
   * Takes a descriptor instead of its being closed. POSIX gives up a process's locks on a file when any of its descriptors is closed, so the
   * database's must outlive the database.
   */
  readonly hold: (file: number) => void;
  /** Told how many more bytes were searched. */
  readonly advance: (bytes: number) => void;
}

/** Searches every file below a folder, in constant memory. Links are not followed. @throws HandoverError FILE_PERMISSION, DISK_FAULT … */
export function scanFolder(dir: string, patterns: Patterns, scanning: Scanning): ScanResult {
  const sightings: Sighting[] = [];
  const all = new Set<number>();
  let files = 0;
  let bytes = 0;
  for (const file of filesBelow(dir)) {
    const path = join(dir, file);
    if (scanning.skip.has(path)) continue;
    const found = new Set<number>();
    bytes += scanFile(path, patterns, found, scanning);
    files++;
    if (found.size > 0)
      sightings.push({ file: file.split(sep).join('/'), hits: countKinds(patterns, found) });
    for (const i of found) all.add(i);
  }
  return { files, bytes, patterns: patterns.count, hits: countKinds(patterns, all), sightings };
}

function filesBelow(dir: string): string[] {
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((name) => lstatSync(join(dir, name), { throwIfNoEntry: false })?.isFile() === true)
    .sort();
}

function scanFile(path: string, patterns: Patterns, found: Set<number>, { hold, advance }: Scanning): number {
  try {
    const file = openSync(path, 'r');
    try {
      // What a pattern may begin with in one block and end with in the next is kept in front of the next.
      const carried = Math.max(0, patterns.longest - 1);
      const block = new Uint8Array(carried + BLOCK);
      let kept = 0;
      let bytes = 0;
      for (;;) {
        const read = readSync(file, block, kept, BLOCK, bytes);
        if (read === 0) return bytes;
        bytes += read;
        patterns.search(block, kept + read, found);
        advance(read);
        const next = Math.min(carried, kept + read);
        block.copyWithin(0, kept + read - next, kept + read);
        kept = next;
      }
    } finally {
      if (fstatSync(file).isFile() && /\.db(-wal|-shm)?$/.test(path)) hold(file);
      else closeSync(file);
    }
  } catch (error) {
    throw translateErrno(error, basename(path));
  }
}

function countKinds(patterns: Patterns, found: ReadonlySet<number>): Record<PatternKind, number> {
  const hits = { values: 0, keys: 0, ciphertext: 0 };
  for (const i of found) hits[patterns.kindOf(i)]++;
  return hits;
}
