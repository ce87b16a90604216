import { type FileHandle, open, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { pid } from 'node:process';
import { hex } from '../base/bytes.js';
import { systemRandom } from '../base/crypto.js';
import { translateErrno } from './errno.js';

/** Where a piece lies in a spool. */
export interface SpoolSlice {
  readonly offset: number;
  readonly bytes: number;
}

const BLOCK = 1024 * 1024;

/** A name for a temporary file, which the next run sweeps if this one is killed. @param folder of the workspace */
export function spoolPath(folder: string): string {
  return join(folder, `.spool.${pid}-${hex(systemRandom(8))}.part`);
}

/**
 * A temporary file for pieces that are too many for the memory. It holds sealed bytes only, its name is one that the next run sweeps,
 * and it goes when it is closed.
 */
export class Spool {
  readonly #path: string;
  readonly #handle: FileHandle;
  #size = 0;

  private constructor(path: string, handle: FileHandle) {
    this.#path = path;
    this.#handle = handle;
  }

  static async open(folder: string): Promise<Spool> {
    const path = spoolPath(folder);
    try {
      return new Spool(path, await open(path, 'wx+', 0o600));
    } catch (error) {
      throw translateErrno(error, 'exchange');
    }
  }

  /** @throws HandoverError DISK_FULL and the other problems of writing */
  async append(bytes: Uint8Array): Promise<SpoolSlice> {
    const offset = this.#size;
    this.#size += bytes.length;
    try {
      for (let done = 0; done < bytes.length; ) {
        const { bytesWritten } = await this.#handle.write(bytes, done, bytes.length - done, offset + done);
        done += bytesWritten;
      }
    } catch (error) {
      throw translateErrno(error, 'exchange');
    }
    return { offset, bytes: bytes.length };
  }

  async *read({ offset, bytes }: SpoolSlice): AsyncGenerator<Uint8Array, void, undefined> {
    for (let done = 0; done < bytes; done += BLOCK) {
      yield this.whole({ offset: offset + done, bytes: Math.min(BLOCK, bytes - done) });
    }
  }

  /**
   * A piece that memory can hold.
   *
   * @param room memory for it, given out as part of it if it is large enough
   */
  async whole({ offset, bytes }: SpoolSlice, room = new Uint8Array(bytes)): Promise<Uint8Array<ArrayBuffer>> {
    const whole = bytes <= room.length ? room.subarray(0, bytes) : new Uint8Array(bytes);
    try {
      for (let done = 0; done < bytes; ) {
        const { bytesRead } = await this.#handle.read(whole, done, bytes - done, offset + done);
        if (bytesRead === 0) throw new Error('a spool was cut short');
        done += bytesRead;
      }
    } catch (error) {
      throw translateErrno(error, 'exchange');
    }
    return whole;
  }

  /** Removes the file. Never throws: what cannot be removed now is swept by the next run. */
  async close(): Promise<void> {
    await this.#handle.close().catch(() => undefined);
    await unlink(this.#path).catch(() => undefined);
  }
}
