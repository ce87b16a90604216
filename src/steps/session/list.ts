import { TAG_BYTES } from '../../base/tagger.js';
import { REPLACED } from '../../policy/reasons.js';
import { TagReasons } from '../../policy/tag-reasons.js';
import type { Reader } from '../../store/reader.js';
import type { Dataset, PageTags } from '../../store/rows.js';

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

/**
 * How many persons stand in datasets, each once as far as their tags can be compared. The first eight bytes of a tag are as good as random, so
 * two of a million persons share them once in tens of millions of counts.
 */
export function personsIn(read: Reader, datasets: readonly Dataset[]): number {
  let size = 0;
  for (const { id } of datasets) for (const { records } of read.pageTags(id)) size += records;
  const heads = new BigUint64Array(size);
  let at = 0;
  for (const { id } of datasets)
    for (const { tags, records } of read.pageTags(id)) {
      const view = new DataView(tags.buffer, tags.byteOffset, tags.byteLength);
      for (let i = 0; i < records; i++) heads[at++] = view.getBigUint64(i * TAG_BYTES);
    }
  heads.sort();
  let persons = 0;
  for (let i = 0; i < heads.length; i++) if (i === 0 || heads[i] !== heads[i - 1]) persons += 1;
  return persons;
}
