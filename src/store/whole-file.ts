import { createHash } from 'node:crypto';
import { existsSync, lstatSync } from 'node:fs';
import { link, lstat, open } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { isSha256, type Sha256 } from '../base/crypto.js';
import { fail } from '../messages/error.js';
import { errnoOf, lacksLinks, translateErrno } from './errno.js';
import { isReservedName, isWindows, renameHeldLater, unlinkHeldLater } from './platform.js';
import { isUnderWay, type Temporary, temporaryBeside, sweepLeftoversOf } from './drafts.js';
import { isTaken, syncFolder } from './folder-names.js';

/** How a file is written. */
export interface Writing {
  /** Whether a file of that name may be replaced. Default false. */
  readonly force?: boolean;
  /** Permission bits. Default 0600: what this product writes may concern people. */
  readonly mode?: number;
  /**
   * Told once the bytes are durable and before they have their name; if it throws, they never get it. So a log can know of a file before
   * anybody can see it.
   */
  readonly announce?: (written: Written) => void;
}

/** What was written. */
export interface Written {
  readonly bytes: number;
  readonly sha256: Sha256;
}

/** An open file, as far as it is written to: a FileHandle, which the public types do not name. */
interface OpenHandle {
  write(
    bytes: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ readonly bytesWritten: number }>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

/**
 * A file that appears under its name whole or not at all. Until {@link commit} the bytes are in a file beside it with a temporary name;
 * a crash leaves only that, for the next sweep.
 */
export class WholeFile {
  readonly #path: string;
  readonly #name: string;
  readonly #temporary: Temporary;
  readonly #force: boolean;
  readonly #announce: Writing['announce'];
  readonly #handle: OpenHandle;
  readonly #digest = createHash('sha256');
  #bytes = 0;
  #pending = 0;
  #state: 'open' | 'failed' | 'closed' | 'kept' = 'open';

  /** Use openWhole(). */
  constructor(path: string, temporary: Temporary, { force = false, announce }: Writing, handle: OpenHandle) {
    this.#path = path;
    this.#name = basename(path);
    this.#temporary = temporary;
    this.#force = force;
    this.#announce = announce;
    this.#handle = handle;
  }

  /**
   * Appends bytes, in the order of the calls. The bytes must not change until the promise settles.
   *
   * @throws HandoverError DISK_FULL and the other problems of writing; the file can then only be abandoned
   */
  async write(bytes: Uint8Array): Promise<void> {
    if (this.#state !== 'open') throw new Error('this file takes no more bytes');
    this.#digest.update(bytes);
    let position = this.#bytes;
    this.#bytes += bytes.length;
    this.#pending++;
    try {
      for (let rest = bytes; rest.length > 0; ) {
        const { bytesWritten } = await this.#handle.write(rest, 0, rest.length, position);
        position += bytesWritten;
        rest = rest.subarray(bytesWritten);
      }
    } catch (error) {
      this.#state = 'failed';
      throw translateErrno(error, this.#name);
    } finally {
      this.#pending--;
    }
  }

  /**
   * Makes the bytes durable and gives them their name.
   *
   * @throws HandoverError FILE_EXISTS if a file of that name appeared meanwhile; the temporary file is then gone
   */
  async commit(): Promise<Written> {
    if (this.#state !== 'open' || this.#pending > 0) throw new Error('this file is not ready to be kept');
    let written: Written;
    try {
      await this.#handle.sync();
      await this.#handle.close();
      this.#state = 'closed';
      written = { bytes: this.#bytes, sha256: digestOf(this.#digest) };
      this.#announce?.(written);
      await (this.#force
        ? renameHeldLater(this.#temporary.path, this.#path)
        : placeNew(this.#temporary.path, this.#path));
    } catch (error) {
      await this.abandon();
      throw translateErrno(error, this.#name);
    }
    this.#temporary.release();
    this.#state = 'kept';
    try {
      syncFolder(dirname(this.#path));
    } catch (error) {
      // The command fails, so the file it would have made must not stay.
      await this.withdraw();
      throw error;
    }
    return written;
  }

  /** Takes a file back that was committed for something that then failed; one that replaced another stays. Never throws. */
  async withdraw(): Promise<void> {
    if (this.#state === 'kept' && !this.#force) await unlinkHeldLater(this.#path).catch(() => undefined);
  }

  /** Gives up: nothing of the file stays. Does nothing after a successful commit; never throws. */
  async abandon(): Promise<void> {
    if (!isUnderWay(this.#temporary.path)) return;
    if (this.#state !== 'closed') await this.#handle.close().catch(() => undefined);
    this.#state = 'closed';
    await unlinkHeldLater(this.#temporary.path).catch(() => undefined);
    this.#temporary.release();
  }
}

/** The end of a streaming SHA-256. */
export function digestOf(digest: { digest(encoding: 'hex'): string }): Sha256 {
  const text = digest.digest('hex');
  if (!isSha256(text)) throw new Error('not a SHA-256');
  return text;
}

/** Begins a file that is written piece by piece, with the guarantees of {@link writeWhole}. */
export async function openWhole(path: string, options: Writing = {}): Promise<WholeFile> {
  const { force = false, mode = 0o600 } = options;
  const name = basename(path);
  const folder = dirname(path);
  // A device would take the bytes and keep nothing.
  if (isWindows() && isReservedName(name)) fail({ code: 'FILE_NAME_RESERVED', name });
  try {
    sweepLeftoversOf(path);
    await refuseTaken(path, name, force);
    const temporary = temporaryBeside(path);
    try {
      return new WholeFile(path, temporary, options, await open(temporary.path, 'wx', mode));
    } catch (error) {
      temporary.release();
      const reason = errnoOf(error);
      if (reason === 'ENOENT' || reason === 'ENOTDIR')
        fail({ code: 'FILE_FOLDER_MISSING', name, folder: basename(folder) });
      throw error;
    }
  } catch (error) {
    throw translateErrno(error, name);
  }
}

/**
 * Says before anything is done what a rehearsal can know of a file that would be written.
 *
 * @throws HandoverError FILE_EXISTS, FILE_FOLDER_MISSING
 */
export function requireWritable(path: string, { force = false }: Pick<Writing, 'force'> = {}): void {
  const [name, folder] = [basename(path), dirname(path)];
  if (!existsSync(folder)) fail({ code: 'FILE_FOLDER_MISSING', name, folder: basename(folder) });
  if (!force && lstatSync(path, { throwIfNoEntry: false }) !== undefined) fail({ code: 'FILE_EXISTS', name });
}

/**
 * Writes a file that appears whole or not at all: temporary name in the same folder, fsync, a name that is not taken (or is replaced with
 * `force`), fsync of the folder. On any failure, one of `content` included, the temporary file is removed and the failure passed on.
 *
 * @throws HandoverError FILE_EXISTS, FILE_FOLDER_MISSING, FILE_PERMISSION, DISK_FULL and the other problems of writing
 */
export async function writeWhole(
  path: string,
  content: Uint8Array | string | AsyncIterable<Uint8Array>,
  options: Writing = {},
): Promise<Written> {
  const file = await openWhole(path, options);
  try {
    if (typeof content === 'string') await file.write(Buffer.from(content, 'utf8'));
    else if (content instanceof Uint8Array) await file.write(content);
    else for await (const bytes of content) await file.write(bytes);
    return await file.commit();
  } finally {
    await file.abandon();
  }
}

/** Refuses early, before hours of work, what the end would refuse. */
async function refuseTaken(path: string, name: string, force: boolean): Promise<void> {
  const there = await lstat(path).catch((error: unknown) => {
    if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR') return null;
    throw error;
  });
  if (there === null) return;
  if (there.isDirectory()) fail({ code: 'FILE_IS_FOLDER', name });
  // Renaming over a device or a pipe would replace it by a file.
  if (!there.isFile() && !there.isSymbolicLink()) fail({ code: 'FILE_NOT_PLAIN', name });
  if (!force) fail({ code: 'FILE_EXISTS', name });
}

/** Gives a finished file its name unless the name is taken, in one act: link() fails where rename() would overwrite. */
async function placeNew(temporary: string, path: string): Promise<void> {
  try {
    await link(temporary, path);
  } catch (error) {
    if (!lacksLinks(error)) throw error;
    // There a look before the rename must do; two programs that write one name at one moment may lose one.
    if (isTaken(path)) fail({ code: 'FILE_EXISTS', name: basename(path) });
    await renameHeldLater(temporary, path);
    return;
  }
  // The file has its name. Should the other one stay, it is noted, and the next command takes it away.
  await unlinkHeldLater(temporary).catch(() => undefined);
}
