import type { Sha256 } from '../../base/crypto.js';
import type { Reader } from '../../store/reader.js';
import type { Dataset, StoredCheck } from '../../store/rows.js';
import { purgedOf } from '../import/counts.js';

/**
 * The check that says how customer files stand under a deal together: the newest of exactly these files; once one of them was handed over
 * and purged, the one that was carried out, because a later one sees only what is left.
 *
 * @param deal digest of the deal's wording
 */
export function checkThatCounts(
  read: Reader,
  deal: Sha256,
  files: readonly Dataset[],
): StoredCheck | undefined {
  const ids = files.map(({ id }) => id);
  const carried = files.some((file) => purgedOf(file) > 0) ? carriedOut(read, deal, ids) : undefined;
  return carried ?? read.latestCheck(deal, ids);
}

/** The check of one file that counts: of the list in which it was judged last. @param deal digest of the deal's wording */
export function checkOfFile(read: Reader, deal: Sha256, file: Dataset): StoredCheck | undefined {
  const carried = purgedOf(file) > 0 ? carriedOut(read, deal, [file.id]) : undefined;
  return carried ?? read.checksOf(file.id).findLast((check) => check.deal === deal);
}

/** The check of the last bundle that held all of these files. */
function carriedOut(read: Reader, deal: Sha256, ids: readonly string[]): StoredCheck | undefined {
  return read
    .bundles()
    .filter((bundle) => bundle.deal === deal && bundle.state !== 'abandoned')
    .map((bundle) => (bundle.check === null ? undefined : read.check(bundle.check)))
    .findLast((check) => check !== undefined && ids.every((id) => check.datasets.includes(id)));
}
