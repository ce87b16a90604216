import type { Reader } from '../../store/reader.js';
import type { RememberedFile } from '../../store/dataset-rows.js';

/**
 * The files that the store remembers and of which nobody knows that they are gone: each path once, with what was written there last. A file of
 * several datasets is remembered for each of them. The one source of every figure about them.
 *
 * @param of the dataset whose files are asked for; null for all
 */
export function filesLeft(read: Reader, of: string | null = null): readonly RememberedFile[] {
  const left = read.files().filter(({ gone, dataset }) => gone === null && (of === null || dataset === of));
  return [...new Map(left.map((file) => [file.path, file])).values()];
}

/** The files that were overwritten and removed, each content once. */
export function filesGone(read: Reader): readonly RememberedFile[] {
  const gone = read.files().filter((file) => file.gone !== null);
  return [...new Map(gone.map((file) => [`${file.path} ${file.sha256}`, file])).values()];
}
