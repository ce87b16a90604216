import type { Sha256 } from '../../base/crypto.js';
import type { Reader } from '../../store/reader.js';
import type { Dataset, StoredCheck } from '../../store/rows.js';
import { purgedOf } from '../import/counts.js';

/**
 * The check that says how customer files stand under a deal together: the newest of exactly these files; once one of them was handed over
 * and purged, the one that was carried out, because a later one sees only what is left. After an amendment, what was carried out stands
 * until there is a check under the new version.
 *
 * @param deal digest of the deal's wording
 */
export function checkThatCounts(
  read: Reader,
  deal: Sha256,
  files: readonly Dataset[],
): StoredCheck | undefined {
  const ids = files.map(({ id }) => id);
  const carried = carriedOut(read, deal, ids);
  const isPurged = files.some((file) => purgedOf(file) > 0);
  return (isPurged ? carried : undefined) ?? read.latestCheck(deal, ids) ?? carried;
}

/** The check of one file that counts: of the list in which it was judged last. @param deal digest of the deal's wording */
export function checkOfFile(read: Reader, deal: Sha256, file: Dataset): StoredCheck | undefined {
  const carried = carriedOut(read, deal, [file.id]);
  return (
    (purgedOf(file) > 0 ? carried : undefined) ??
    read.checksOf(file.id).findLast((check) => check.deal === deal) ??
    carried
  );
}

/** The check of the last bundle, under whatever version of the deal, that held all of these files. */
function carriedOut(read: Reader, deal: Sha256, ids: readonly string[]): StoredCheck | undefined {
  const id = read.deal(deal)?.id;
  return read
    .bundles()
    .filter((bundle) => read.deal(bundle.deal)?.id === id && bundle.state !== 'abandoned')
    .map((bundle) => (bundle.check === null ? undefined : read.check(bundle.check)))
    .findLast((check) => check !== undefined && ids.every((each) => check.datasets.includes(each)));
}
