import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { RandomAccess } from '../base/random-access.js';
import { fail } from '../messages/error.js';
import { translateErrno } from './errno.js';

/** A file of this computer that is read at any place. */
export interface OpenFile extends RandomAccess {
  close(): Promise<void>;
}

/** @throws HandoverError FILE_NOT_FOUND, FILE_IS_FOLDER, FILE_NOT_PLAIN, FILE_PERMISSION */
export async function openFile(path: string): Promise<OpenFile> {
  const name = basename(path);
  const attempt = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw translateErrno(error, name);
    }
  };
  const about = await attempt(() => stat(path));
  if (about.isDirectory()) fail({ code: 'FILE_IS_FOLDER', name });
  // A pipe has no length and can be read once; opening one would wait for its writer, deaf to Ctrl-C.
  if (!about.isFile()) fail({ code: 'FILE_NOT_PLAIN', name });
  const handle = await attempt(() => open(path, 'r'));
  return {
    size: about.size,
    read: (offset, length, into) =>
      attempt(async () => {
        const bytes = into?.subarray(0, length) ?? new Uint8Array(length);
        let filled = 0;
        while (filled < length) {
          const { bytesRead } = await handle.read(bytes, filled, length - filled, offset + filled);
          if (bytesRead === 0) break;
          filled += bytesRead;
        }
        return filled === length ? bytes : bytes.subarray(0, filled);
      }),
    close: () => handle.close(),
  };
}
