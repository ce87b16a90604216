import { existsSync } from 'node:fs';
import { openWhole, type WholeFile, type Writing, type Written } from './whole-file.js';

/**
 * Writes a document and its signature, `path` and `path.minisig`: both or none. The signature has its name first, because a signature alone
 * says nothing and the next writing replaces it, while a document without one would be taken for one that was never signed.
 *
 * @throws HandoverError FILE_EXISTS, FILE_IS_FOLDER and the other problems of writing, of either of the two
 */
export async function writeSigned(
  path: string,
  document: Uint8Array | string,
  signature: Uint8Array | string,
  options: Writing,
): Promise<Written> {
  const beside = `${path}.minisig`;
  const file = await openWhole(path, options);
  try {
    // One that was not there before can be taken back.
    return await withSignature(file, document, beside, signature, existsSync(beside));
  } finally {
    await file.abandon();
  }
}

async function withSignature(
  file: WholeFile,
  document: Uint8Array | string,
  beside: string,
  signature: Uint8Array | string,
  replaces: boolean,
): Promise<Written> {
  const signed = await openWhole(beside, { force: replaces });
  try {
    await file.write(bytesOf(document));
    await signed.write(bytesOf(signature));
    await signed.commit();
    return await file.commit();
  } catch (error) {
    await signed.withdraw();
    throw error;
  } finally {
    await signed.abandon();
  }
}

function bytesOf(content: Uint8Array | string): Uint8Array {
  return typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
}
