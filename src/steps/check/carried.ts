import type { Sha256 } from '../../base/crypto.js';
import type { Reader } from '../../store/reader.js';
import type { Dataset, StoredCheck } from '../../store/rows.js';

/**
 * The check of a file that says how it stands under a deal: the newest; once the file was handed over and purged, the one that was carried
 * out, because a later one sees only what is left. After an amendment, what was carried out stands until there is a check under the new version.
 *
 * @param deal digest of the deal's wording
 */
export function checkThatCounts(read: Reader, deal: Sha256, dataset: Dataset): StoredCheck | undefined {
  const { purged } = dataset.counts;
  const id = read.deal(deal)?.id;
  const carried = read
    .bundles()
    .filter((bundle) => read.deal(bundle.deal)?.id === id && bundle.state !== 'abandoned')
    .map((bundle) => (bundle.check === null ? undefined : read.check(bundle.check)))
    .filter((check) => check?.dataset === dataset.id)
    .at(-1);
  return typeof purged === 'number' && purged > 0 && carried !== undefined
    ? carried
    : (read.latestCheck(deal, dataset.id) ?? carried);
}
