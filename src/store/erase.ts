import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  lstatSync,
  openSync,
  readSync,
  writeSync,
} from 'node:fs';
import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { type Sha256, systemRandom } from '../base/crypto.js';
import { HandoverError } from '../messages/error.js';
import type { FileLeft } from '../messages/limits.js';
import { errnoOf } from './errno.js';
import { renameHeld, unlinkHeld } from './platform.js';
import { digestOf } from './whole-file.js';
import { syncFolder } from './folder-names.js';

const BLOCK = 1024 * 1024;

/** A file in clear that a person wants gone: only if it is still the one that was remembered. */
export interface DoomedFile {
  readonly path: string;
  readonly sha256: Sha256;
}

/**
 * Overwrites a file in place with random bytes and makes that durable. It first gets a neutral name beside its own, by which a run that
 * comes after a crash knows that what is left of it was to be overwritten; {@link removeOverwritten} takes that name away. A link, a file
 * with further names and a file that has changed since are left alone.
 *
 * @param advance told how many more bytes were overwritten
 */
export function overwriteFile(
  { path, sha256 }: DoomedFile,
  advance: (bytes: number) => void = () => {},
): 'overwritten' | 'missing' | FileLeft {
  const doomed = doomedName({ path, sha256 });
  try {
    if (isThere(doomed)) {
      overwriteAt(doomed, advance);
      return 'overwritten';
    }
    const about = lstatSync(path, { throwIfNoEntry: false });
    if (about === undefined) return 'missing';
    if (about.isSymbolicLink()) return 'symlink';
    if (!about.isFile()) return 'changed';
    const file = openSync(path, constants.O_RDWR | (constants.O_NOFOLLOW ?? 0));
    try {
      const found = fstatSync(file);
      if (found.nlink > 1) return 'linked';
      if (found.ino !== about.ino || digestAt(file) !== sha256) return 'changed';
      renameHeld(path, doomed);
      syncFolder(dirname(path));
      overwrite(file, advance);
    } finally {
      closeSync(file);
    }
    return 'overwritten';
  } catch (error) {
    return whyLeft(error);
  }
}

/**
 * Removes what {@link overwriteFile} left; does nothing where there is nothing.
 *
 * @returns whether the name is gone, looked up again: what a certificate says was seen, not hoped for
 */
export function removeOverwritten(file: DoomedFile): boolean {
  const doomed = doomedName(file);
  try {
    unlinkHeld(doomed);
    syncFolder(dirname(file.path));
  } catch (error) {
    if (errnoOf(error) === null && !(error instanceof HandoverError)) throw error;
  }
  try {
    return !isThere(doomed) && !isThere(file.path);
  } catch (error) {
    if (errnoOf(error) === null) throw error;
    return false;
  }
}

/** Whether a file is at its path, whatever it holds now. */
export function isFileThere(path: string): boolean {
  try {
    return isThere(path);
  } catch {
    return false;
  }
}

function doomedName({ path, sha256 }: DoomedFile): string {
  return join(dirname(path), `.handover-shred-${sha256.slice(0, 32)}`);
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

function overwriteAt(path: string, advance: (bytes: number) => void): void {
  const file = openSync(path, constants.O_RDWR | (constants.O_NOFOLLOW ?? 0));
  try {
    overwrite(file, advance);
  } finally {
    closeSync(file);
  }
}

/** In place: to write anew would truncate first, and leave the old blocks as they were. */
function overwrite(file: number, advance: (bytes: number) => void): void {
  const { size } = fstatSync(file);
  for (let at = 0; at < size; ) {
    const block = systemRandom(Math.min(BLOCK, size - at));
    const written = writeSync(file, block, 0, block.length, at);
    at += written;
    advance(written);
  }
  fsyncSync(file);
}

function digestAt(file: number): Sha256 {
  const digest = createHash('sha256');
  const block = new Uint8Array(BLOCK);
  for (let at = 0; ; ) {
    const read = readSync(file, block, 0, block.length, at);
    if (read === 0) return digestOf(digest);
    digest.update(block.subarray(0, read));
    at += read;
  }
}

function whyLeft(error: unknown): 'missing' | FileLeft {
  // Another program has it open, on Windows, and did not let go.
  if (error instanceof HandoverError && error.problem.code === 'FILE_BUSY') return 'permission';
  switch (errnoOf(error)) {
    case null:
      throw error;
    case 'ENOENT':
    case 'ENOTDIR':
      return 'missing';
    case 'ELOOP':
      return 'symlink';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'permission';
    default:
      return 'fault';
  }
}
