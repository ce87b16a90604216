import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { newSecretKey, type Random, type SecretKey, seal, unseal } from '../base/crypto.js';
import { translateErrno } from './errno.js';
import { spoolPath, type SpoolSlice } from './spool.js';

/** A piece of bytes that an {@link Overflow} keeps: itself, or where it lies. */
export type OverflowPiece = Uint8Array<ArrayBuffer> | SpoolSlice;

/** Bytes that stay in memory. */
const ROOM = 2 * 1024 * 1024;

/**
 * Small pieces that are gathered while a file goes by and looked at in the end: in memory while they are few, then in a temporary file,
 * sealed under a key that ends with the process. So what a command takes does not grow with the file. At once and not by and by, because
 * who gathers and who looks is in the middle of a page.
 */
export class Overflow {
  readonly #folder: string;
  readonly #random: Random;
  readonly #key: SecretKey;
  #inMemory = 0;
  #file: { readonly path: string; readonly descriptor: number } | null = null;
  #size = 0;
  /** Memory into which one piece after another is read. */
  #room = new Uint8Array(0);

  /** @param folder where the temporary file goes, if there has to be one */
  constructor(folder: string, random: Random) {
    this.#folder = folder;
    this.#random = random;
    this.#key = newSecretKey(random);
  }

  /**
   * Takes a piece, which is not to be changed afterwards.
   *
   * @throws HandoverError DISK_FULL and the other problems of writing
   */
  keep(bytes: Uint8Array<ArrayBuffer>): OverflowPiece {
    if (this.#inMemory + bytes.length <= ROOM) {
      this.#inMemory += bytes.length;
      return bytes;
    }
    const sealed = seal(bytes, CONTEXT, this.#key, this.#random);
    const slice = { offset: this.#size, bytes: sealed.length };
    this.#size += sealed.length;
    const descriptor = this.#descriptor();
    try {
      for (let done = 0; done < sealed.length; )
        done += writeSync(descriptor, sealed, done, sealed.length - done, slice.offset + done);
    } catch (error) {
      throw translateErrno(error, 'exchange');
    }
    return slice;
  }

  /** A piece as it was kept. @throws HandoverError the problems of reading */
  read(piece: OverflowPiece): Uint8Array<ArrayBuffer> {
    if (piece instanceof Uint8Array) return piece;
    if (this.#room.length < piece.bytes) this.#room = new Uint8Array(piece.bytes);
    const sealed = this.#room.subarray(0, piece.bytes);
    const descriptor = this.#descriptor();
    try {
      for (let done = 0; done < sealed.length; ) {
        const read = readSync(descriptor, sealed, done, sealed.length - done, piece.offset + done);
        if (read === 0) throw new Error('a temporary file was cut short');
        done += read;
      }
    } catch (error) {
      throw translateErrno(error, 'exchange');
    }
    const plain = unseal(sealed, CONTEXT, this.#key);
    if (plain === null) throw new Error('a temporary file was changed');
    const { buffer, byteLength } = plain;
    const isWhole = buffer instanceof ArrayBuffer && buffer.byteLength === byteLength;
    return isWhole ? new Uint8Array(buffer) : new Uint8Array(plain);
  }

  #descriptor(): number {
    if (this.#file === null) {
      const path = spoolPath(this.#folder);
      try {
        this.#file = { path, descriptor: openSync(path, 'wx+', 0o600) };
      } catch (error) {
        throw translateErrno(error, 'exchange');
      }
    }
    return this.#file.descriptor;
  }

  /** Removes the file. Never throws: what cannot be removed now is swept by the next run. */
  close(): void {
    if (this.#file === null) return;
    const { path, descriptor } = this.#file;
    this.#file = null;
    try {
      closeSync(descriptor);
      unlinkSync(path);
    } catch {
      // Swept by the next run.
    }
  }
}

/** One key seals one file, and each piece under its own nonce. */
const CONTEXT = 'handover overflow';
