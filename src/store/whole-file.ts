import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { link, lstat, open } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import { kill, pid } from 'node:process';
import { hex } from '../base/bytes.js';
import { isSha256, type Sha256, systemRandom } from '../base/crypto.js';
import { fail } from '../messages/error.js';
import { errnoOf, lacksLinks, translateErrno } from './errno.js';
import { isReservedName, isWindows, renameHeldLater, unlinkHeldLater } from './platform.js';

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

/** Temporary names in use by this process, so that a sweep leaves them alone. */
const underWay = new Set<string>();

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
    if (!underWay.has(this.#temporary.path)) return;
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

/** Whether anything has this name, a broken link included. */
export function isTaken(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** Makes names in a folder durable. Where folders cannot be synced (Windows, some network disks) the system does it in its own time. */
export function syncFolder(folder: string): void {
  if (isWindows()) return;
  try {
    const handle = openSync(folder, 'r');
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    const reason = errnoOf(error) ?? '';
    if (!NOT_FOR_FOLDERS.includes(reason)) throw translateErrno(error, basename(folder));
  }
}

const NOT_FOR_FOLDERS = ['EISDIR', 'EPERM', 'EACCES', 'EINVAL', 'ENOTSUP', 'EBADF'];

/** Where drafts that lie outside the workspace are noted while they are there; null while no workspace is open. */
let notes: string | null = null;

/**
 * From now on each draft outside the workspace is noted in this folder before it is made, and until it is gone: what a killed command leaves
 * beside a file of the user's may hold customers in clear, and nothing else would ever look for it there. Null ends it.
 */
export function noteDraftsIn(folder: string | null): void {
  notes = folder;
}

/** Notes a draft, durably. @returns the note, or null where the draft lies in the workspace, which is swept anyway */
function noteDraft(draft: string): string | null {
  if (notes === null || draft.startsWith(`${dirname(notes)}${sep}`)) return null;
  mkdirSync(notes, { recursive: true, mode: 0o700 });
  const note = join(notes, hex(systemRandom(8)));
  const file = openSync(note, 'wx', 0o600);
  try {
    writeSync(file, draft);
    fsyncSync(file);
  } catch (error) {
    // Half a note names no draft, and there is none yet.
    rmSync(note, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
  syncFolder(notes);
  return note;
}

/** A draft that is still there keeps its note, for the next command. */
function endNote(note: string | null, draft: string): void {
  if (note === null || isTaken(draft)) return;
  try {
    rmSync(note, { force: true });
    rmdirSync(dirname(note));
  } catch (error) {
    // Other notes are in the folder, or the disk fails: a note of a draft that is gone harms nobody.
    if (errnoOf(error) === null) throw error;
  }
}

/**
 * Removes the drafts that killed commands left outside the workspace.
 *
 * @returns those that could not be removed
 */
export function sweepDrafts(folder: string): readonly string[] {
  const left: string[] = [];
  for (const name of namesIn(folder)) {
    const note = join(folder, name);
    const draft = noted(note);
    if (draft === null) continue;
    try {
      if (isTaken(draft) && isLeftover(dirname(draft), basename(draft))) removeLeftover(draft);
    } catch (error) {
      if (errnoOf(error) === null) throw error;
    }
    if (isTaken(draft)) left.push(draft);
    else endNote(note, draft);
  }
  return left;
}

/** The draft of a note; null for what is none, which somebody else put there. A pipe is not waited for. */
function noted(note: string): string | null {
  try {
    if (!lstatSync(note).isFile()) return null;
    const draft = readFileSync(note, 'utf8');
    return draft.includes('\0') ? null : draft;
  } catch (error) {
    throw translateErrno(error, basename(note));
  }
}

/** The name of a note, as {@link noteDraft} gives it. */
const NOTE = /^[0-9a-f]{16}$/;

function namesIn(folder: string): readonly string[] {
  try {
    // People may have a folder of that name here, with files of their own.
    return readdirSync(folder).filter((name) => NOTE.test(name));
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return [];
    throw translateErrno(error, basename(folder));
  }
}

/** A temporary name that is in use. */
export interface Temporary {
  readonly path: string;
  /** Once nothing of that name is left. */
  release(): void;
}

/** `.<name>.<process>-<random>.part` beside a file: what it is called, or the folder in which it is made, until it is whole. */
export function temporaryBeside(path: string): Temporary {
  const unique = `${pid}-${hex(systemRandom(8))}`;
  const temporary = join(dirname(path), `${temporaryStart(basename(path))}${unique}.part`);
  underWay.add(temporary);
  const note = noteDraft(temporary);
  return {
    path: temporary,
    release: () => {
      underWay.delete(temporary);
      endNote(note, temporary);
    },
  };
}

/** The name is cut so that the whole stays within the 255 bytes of common file systems. */
function temporaryStart(name: string): string {
  let kept = name;
  while (Buffer.byteLength(kept) > 200) kept = [...kept].slice(0, -1).join('');
  return `.${kept}.`;
}

/**
 * Removes what killed runs left of a file that is to be written again. In a folder of the user's it may hold customers in clear, and
 * nothing else would ever look for it there. Only of this one name: on a shared disk the process may be one of another computer, and what
 * it writes under another name is not ours to judge.
 */
export function sweepLeftoversOf(path: string): void {
  const folder = dirname(path);
  const start = temporaryStart(basename(path));
  try {
    for (const name of readdirSync(folder))
      if (TEMPORARY.exec(name)?.[1] === start && isLeftover(folder, name)) removeLeftover(join(folder, name));
  } catch (error) {
    // No such folder, or one that may be written but not read: what is wrong with it is said where the file is made.
    if (errnoOf(error) === null) throw error;
  }
}

/** A leftover is a file, or a folder with one. */
export function removeLeftover(path: string): void {
  rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
}

const TEMPORARY = /^(\..+\.)(\d{1,10})-[0-9a-f]{16}\.part$/su;

/** Whether a name is a temporary one of a run that is over. */
export function isLeftover(folder: string, name: string): boolean {
  const process = TEMPORARY.exec(name)?.[2];
  if (process === undefined) return false;
  // The numbers of processes come round again, in a container soon: this one's own files are known by name.
  return Number(process) === pid ? !underWay.has(join(folder, name)) : !isRunning(Number(process));
}

function isRunning(process: number): boolean {
  try {
    kill(process, 0);
    return true;
  } catch (error) {
    return errnoOf(error) === 'EPERM';
  }
}
