import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { isSealedFor } from '../../base/age.js';
import { type Sha256, sha256 } from '../../base/crypto.js';
import type { Lots } from '../../bundle/lots.js';
import { fail } from '../../messages/error.js';
import { openFile } from '../../store/random-access.js';
import { digestOf } from '../../store/whole-file.js';
import type { LotFolder, SealedSource } from './lot-folder.js';

/** Where a part lies in the file of its lot. */
interface PartSlice {
  readonly path: string;
  readonly offset: number;
  readonly bytes: number;
  readonly sha256: Sha256;
}

/**
 * Reads every part once before anything is signed: it has to be the one that its worker spoke of, whole, and encrypted to those for whom it is
 * and to nobody else.
 *
 * @throws HandoverError LOTS_CHANGED
 */
export async function requireParts(
  folder: LotFolder,
  { recipients }: Lots,
  sealed: readonly SealedSource[],
  signal: AbortSignal,
): Promise<void> {
  for (const { number, sealed: lot } of sealed) {
    const path = folder.parts(number);
    const name = basename(path);
    const file = await openFile(path);
    try {
      let offset = 0;
      for (const part of lot.parts) {
        signal.throwIfAborted();
        const bytes = await file.read(offset, part.bytes);
        if (sha256(bytes) !== part.sha256 || !isSealedFor(bytes, recipients))
          fail({ code: 'LOTS_CHANGED', name });
        offset += part.bytes;
      }
      if (offset !== file.size) fail({ code: 'LOTS_CHANGED', name });
    } finally {
      await file.close();
    }
  }
}

const BLOCK = 1024 * 1024;

/** The bytes of a part on their way into the bundle; the last block comes only if all of them are those that were signed. */
export async function* partContent(slice: PartSlice): AsyncGenerator<Uint8Array, void, undefined> {
  const file = await openFile(slice.path);
  const digest = createHash('sha256');
  try {
    for (let done = 0; done < slice.bytes; done += BLOCK) {
      const block = await file.read(slice.offset + done, Math.min(BLOCK, slice.bytes - done));
      digest.update(block);
      const isLast = done + BLOCK >= slice.bytes;
      if (isLast && digestOf(digest) !== slice.sha256)
        fail({ code: 'LOTS_CHANGED', name: basename(slice.path) });
      yield block;
    }
  } finally {
    await file.close();
  }
}
