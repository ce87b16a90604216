import { mkdirSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fail } from '../messages/error.js';
import { errnoOf, translateErrno } from './errno.js';
import { renameHeld } from './platform.js';
import { isLeftover, removeLeftover, sweepLeftoversOf, temporaryBeside } from './drafts.js';
import { isTaken, syncFolder } from './folder-names.js';

/**
 * A folder that appears under its name with all that belongs in it, or not at all. Until {@link commit} it has a temporary name beside; a crash
 * leaves only that, for the next sweep.
 */
export class WholeFolder {
  readonly #path: string;
  readonly #temporary: ReturnType<typeof temporaryBeside>;
  #isKept = false;

  /** @param path absolute; nothing is there yet @throws HandoverError FILE_EXISTS and the problems of writing */
  constructor(path: string) {
    this.#path = path;
    const name = basename(path);
    try {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      sweepLeftoversOf(path);
      if (isTaken(path)) fail({ code: 'FILE_EXISTS', name });
      this.#temporary = temporaryBeside(path);
    } catch (error) {
      throw translateErrno(error, name);
    }
    try {
      mkdirSync(this.#temporary.path, { mode: 0o700 });
    } catch (error) {
      this.#temporary.release();
      throw translateErrno(error, name);
    }
  }

  /** Where its files are written until it is whole. */
  get path(): string {
    return this.#temporary.path;
  }

  /** Gives the folder its name, once all its files are durable. @throws HandoverError FILE_EXISTS and the problems of writing */
  commit(): void {
    const name = basename(this.#path);
    try {
      this.#sweep();
      syncFolder(this.path);
      // An empty folder would give way to this one.
      if (isTaken(this.#path)) fail({ code: 'FILE_EXISTS', name });
      renameHeld(this.path, this.#path);
      this.#isKept = true;
      this.#temporary.release();
      syncFolder(dirname(this.#path));
    } catch (error) {
      throw translateErrno(error, name);
    }
  }

  /** A second name that could not be taken from a file of it would go along, where nobody looks for it. */
  #sweep(): void {
    for (const name of readdirSync(this.path, { recursive: true, encoding: 'utf8' })) {
      const path = join(this.path, name);
      if (isLeftover(dirname(path), basename(path))) removeLeftover(path);
    }
  }

  /** Takes the folder back that was committed for something that then failed. Never throws. */
  withdraw(): void {
    if (this.#isKept) removed(this.#path);
  }

  /** Gives up: nothing of the folder stays. Does nothing after a commit; never throws. */
  abandon(): void {
    if (this.#isKept) return;
    removed(this.path);
    this.#temporary.release();
  }
}

/** What cannot be removed now is swept by the next run. */
function removed(path: string): void {
  try {
    removeLeftover(path);
  } catch (error) {
    if (errnoOf(error) === null) throw error;
  }
}
