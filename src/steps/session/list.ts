import { TAG_BYTES } from '../../base/tagger.js';
import { readManifest } from '../../bundle/manifest.js';
import { countPersons } from '../../policy/persons.js';
import { REPLACED } from '../../policy/reasons.js';
import { TagReasons } from '../../policy/tag-reasons.js';
import type { Reader } from '../../store/reader.js';
import type { Dataset, PageTags } from '../../store/dataset-rows.js';

/**
 * The customer list: the imported customer files that say together who the customers are today, in the order in which they came in. It
 * begins with the last file that was imported as a new list or as a newer export; the record of a person is the one in the last file that
 * holds the person (docs/decisions/0025).
 */
export function customerList(read: Reader): readonly Dataset[] {
  const files = read.datasets().filter(({ kind, content }) => kind === 'customers' && content === 'cells');
  const start = files.findLastIndex(({ relation }) => relation !== 'correction' && relation !== 'addition');
  return files.slice(Math.max(0, start)).filter(({ state }) => state === 'kept');
}

/**
 * What came under the deal of a received dataset from the same seller, in the order of the bundles: of a person, the record in the last of them
 * counts.
 */
export function receivedList(read: Reader, { bundle: id }: Dataset): readonly Dataset[] {
  const own = id === null ? undefined : read.bundle(id);
  if (own === undefined) return [];
  const { deal, seller } = readManifest(own.manifest);
  const numbers = new Map<string | null, number>();
  for (const { id: other, direction, manifest, number } of read.bundles()) {
    if (direction !== 'in') continue;
    const of = readManifest(manifest);
    if (of.deal.id === deal.id && of.seller.card === seller.card) numbers.set(other, number);
  }
  return read
    .datasets()
    .filter(({ kind }) => kind === 'customers')
    .filter(({ bundle, state }) => bundle !== null && state === 'kept' && numbers.has(bundle))
    .sort((a, b) => (numbers.get(a.bundle) ?? 0) - (numbers.get(b.bundle) ?? 0));
}

/** The packed tags of one page of a file, and which of its records later files replace. */
export interface ReplacedInPage extends PageTags {
  readonly dataset: Dataset;
  /** Positions in the page, ascending. */
  readonly replaced: readonly number[];
}

/**
 * Goes through files from the last to the first, because a record is replaced by one of the same person in a later file. Only the tags of
 * what came later are held, some thirty bytes a person: what is corrected or added is little beside a first list.
 */
export function* replacedRecords(
  read: Reader,
  files: readonly Dataset[],
): Generator<ReplacedInPage, void, undefined> {
  const later = new TagReasons();
  for (const [i, dataset] of [...files.entries()].reverse()) {
    for (const page of read.pageTags(dataset.id)) {
      const replaced: number[] = [];
      if (later.size > 0)
        for (let at = 0; at < page.records; at++)
          if (later.of(page.tags, at * TAG_BYTES) !== 0) replaced.push(at);
      yield { dataset, ...page, replaced };
    }
    if (i === 0) continue;
    for (const { tags } of read.pageTags(dataset.id)) later.add(tags, REPLACED);
  }
}

/** How many persons are in datasets, each once as far as their tags can be compared. */
export function personsIn(read: Reader, datasets: readonly Pick<Dataset, 'id'>[]): number {
  return countPersons(function* () {
    for (const { id } of datasets) for (const { tags } of read.pageTags(id)) yield tags;
  });
}
