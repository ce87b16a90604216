import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readOwn } from './files.js';

export const IDENTITY_SEALED = 'identity.age';
export const IDENTITY_CLEAR = 'identity.txt';
const LIMIT = 1 << 20;

/**
 * The secret identity as it lies on disk: sealed, or in the clear where its owner asked for automation.
 *
 * @param dir the workspace folder
 * @throws HandoverError FILE_NOT_FOUND and the other problems of reading
 */
export function readIdentityFile(dir: string): Uint8Array {
  const clear = join(dir, 'keys', IDENTITY_CLEAR);
  return existsSync(clear)
    ? readOwn(clear, LIMIT, IDENTITY_CLEAR)
    : readOwn(join(dir, 'keys', IDENTITY_SEALED), LIMIT, IDENTITY_SEALED);
}
