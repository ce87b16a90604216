import { createHash } from 'node:crypto';
import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fail } from '../messages/error.js';
import { errnoOf, translateErrno } from './errno.js';
import { unlinkHeld } from './platform.js';
import { digestOf, type Written } from './whole-file.js';
import { isLeftover, removeLeftover } from './drafts.js';

export { translateErrno } from './errno.js';
export {
  openWhole,
  requireWritable,
  type WholeFile,
  type Writing,
  type Written,
  writeWhole,
} from './whole-file.js';
export { syncFolder } from './folder-names.js';

/** Bytes that are read at a time. */
const BLOCK = 1024 * 1024;

/**
 * The lines of a file of any length, without their newlines, one at a time.
 *
 * @param limit of each line, in bytes
 * @throws HandoverError DOCUMENT_TOO_LARGE for a longer line, and the problems of reading
 */
export function* linesAt(path: string, limit: number, name: string): Generator<Uint8Array, void, undefined> {
  let file: number | null = null;
  try {
    file = openSync(path, 'r');
    if (fstatSync(file).isDirectory()) fail({ code: 'FILE_IS_FOLDER', name });
    let rest = Buffer.alloc(0);
    for (;;) {
      const block = Buffer.allocUnsafe(BLOCK);
      const length = readSync(file, block);
      if (length === 0) break;
      let from = 0;
      for (let end = block.indexOf(0x0a); end !== -1 && end < length; end = block.indexOf(0x0a, from)) {
        yield Buffer.concat([rest, block.subarray(from, end)]);
        rest = Buffer.alloc(0);
        from = end + 1;
      }
      rest = Buffer.concat([rest, block.subarray(from, length)]);
      if (rest.length > limit) fail({ code: 'DOCUMENT_TOO_LARGE', name, limit });
    }
    if (rest.length > 0) yield rest;
  } catch (error) {
    throw translateErrno(error, name);
  } finally {
    if (file !== null) closeSync(file);
  }
}

/**
 * Reads a small file at once that a person chose, such as a list or a value. No more than `limit` bytes are ever held.
 *
 * @param document the kind of document, for the problem: 'seller card'
 * @throws HandoverError FILE_NOT_FOUND, FILE_IS_FOLDER, FILE_PERMISSION, FILE_TOO_LARGE and the other problems of reading
 */
export function readLimited(path: string, limit: number, document: string): Uint8Array {
  return read(path, limit, document, 'FILE_TOO_LARGE');
}

/**
 * As {@link readLimited}, for what somebody sent: whoever did decides the size, and one over the limit is no such document.
 *
 * @throws HandoverError DOCUMENT_TOO_LARGE instead
 */
export function readSent(path: string, limit: number, document: string): Uint8Array {
  return read(path, limit, document, 'DOCUMENT_TOO_LARGE');
}

/**
 * As {@link readLimited}, for a file that this program wrote into its workspace: anything but a plain file there is damage. A pipe in its
 * place is not waited for.
 *
 * @throws HandoverError WORKSPACE_DAMAGED besides
 */
export function readOwn(path: string, limit: number, document: string): Uint8Array {
  return read(path, limit, document, 'WORKSPACE_DAMAGED');
}

/**
 * As {@link readLimited}, for a file of a folder that came from elsewhere: anything but a plain file is refused, and a pipe is not waited for.
 *
 * @throws HandoverError FILE_NOT_PLAIN besides
 */
export function readPlain(path: string, limit: number, document: string): Uint8Array {
  return read(path, limit, document, 'FILE_TOO_LARGE', true);
}

/** What a file over its limit is. */
type TooLarge = 'FILE_TOO_LARGE' | 'DOCUMENT_TOO_LARGE' | 'WORKSPACE_DAMAGED';

function read(
  path: string,
  limit: number,
  document: string,
  tooLarge: TooLarge,
  isPlain = false,
): Uint8Array {
  const isOwn = tooLarge === 'WORKSPACE_DAMAGED';
  const refuse = (): never => {
    if (isOwn) return fail({ code: tooLarge, name: document });
    return fail({ code: tooLarge, name, limit });
  };
  const name = basename(path) === document ? document : `${basename(path)} (${document})`;
  try {
    const isAwaited = !isOwn && !isPlain;
    const file = openSync(path, isAwaited ? 'r' : constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const about = fstatSync(file);
      if (isOwn && !about.isFile()) fail({ code: 'WORKSPACE_DAMAGED', name: document });
      if (about.isDirectory()) fail({ code: 'FILE_IS_FOLDER', name });
      if (isPlain && !about.isFile()) fail({ code: 'FILE_NOT_PLAIN', name });
      if (about.size > limit) refuse();
      // The size may be wrong (a pipe, a file that grows): what counts is what is read.
      const parts: Buffer[] = [];
      for (let total = 0; ; ) {
        const part = Buffer.allocUnsafe(Math.min(BLOCK, Math.max(about.size, 4096)) + 1);
        const length = readSync(file, part);
        if (length === 0) return Buffer.concat(parts);
        total += length;
        if (total > limit) refuse();
        parts.push(part.subarray(0, length));
      }
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw translateErrno(error, name);
  }
}

/**
 * The bytes of a file in blocks that are full except for the last. A block holds until the next one is asked for: its memory is used
 * again, because blocks left to the garbage collector would be most of what reading a large file costs in memory.
 *
 * @throws HandoverError FILE_NOT_FOUND, FILE_IS_FOLDER, FILE_PERMISSION and the other problems of reading
 */
export async function* readBlocks(
  path: string,
  blockBytes: number = BLOCK,
): AsyncGenerator<Uint8Array, void, undefined> {
  const name = basename(path);
  const file = await open(path, 'r').catch((error: unknown) => {
    throw translateErrno(error, name);
  });
  try {
    const block = new Uint8Array(blockBytes);
    for (;;) {
      let filled = 0;
      try {
        while (filled < blockBytes) {
          const { bytesRead } = await file.read(block, filled, blockBytes - filled, null);
          if (bytesRead === 0) break;
          filled += bytesRead;
        }
      } catch (error) {
        throw translateErrno(error, name);
      }
      if (filled === 0) return;
      yield block.subarray(0, filled);
      if (filled < blockBytes) return;
    }
  } finally {
    await file.close();
  }
}

/** SHA-256 and length of a file, in constant memory. Throws as {@link readBlocks}. */
export async function fileDigest(path: string): Promise<Written> {
  const digest = createHash('sha256');
  let bytes = 0;
  for await (const block of readBlocks(path)) {
    digest.update(block);
    bytes += block.length;
  }
  return { sha256: digestOf(digest), bytes };
}

/** When a file was last changed. @throws HandoverError FILE_NOT_FOUND, FILE_PERMISSION and the other problems of reading */
export function modifiedAt(path: string): Date {
  try {
    return statSync(path).mtime;
  } catch (error) {
    throw translateErrno(error, basename(path));
  }
}

/**
 * Removes what crashed runs left in a folder: only files named as this product names its temporary ones, whose process is over.
 *
 * @returns the names of what was removed; nothing for a folder that does not exist
 */
export function sweepLeftovers(dir: string): string[] {
  try {
    const left = readdirSync(dir).filter((name) => isLeftover(dir, name));
    for (const name of left) removeLeftover(join(dir, name));
    return left;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return [];
    throw translateErrno(error, basename(dir));
  }
}

/** Makes a folder, with those above it, if it is not there; what is there stays as it is. */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw translateErrno(error, basename(path));
  }
}

/** Removes a file, or a folder with all that is in it, if it is there. */
export function removeWhole(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch (error) {
    throw translateErrno(error, basename(path));
  }
}

/** Writes a small file that must not exist yet, mode 0600, and makes its bytes durable. For files that are then renamed. */
export function writeNew(path: string, bytes: Uint8Array): void {
  try {
    const file = openSync(path, 'wx', 0o600);
    try {
      writeAll(file, bytes);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw translateErrno(error, basename(path));
  }
}

/**
 * Overwrites a small file's blocks in place, makes that durable, and removes it. Opening for reading and writing matters: writing anew
 * truncates first, and the old blocks stay on the disk as they were. On copy-on-write file systems, ext4 with data=journal and flash the
 * old blocks may stay all the same; nothing a program can do reaches them.
 */
export function eraseFile(path: string): void {
  try {
    const file = openSync(path, 'r+');
    try {
      writeAll(file, new Uint8Array(fstatSync(file).size));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    unlinkHeld(path);
  } catch (error) {
    throw translateErrno(error, basename(path));
  }
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at, bytes.length - at, at);
}
