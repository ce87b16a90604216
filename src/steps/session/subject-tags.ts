import { sealNumbers, subjectOf, TAG_BYTES, tagger } from '../../base/tagger.js';
import { looseFingerprint } from '../../policy/near.js';
import type { Dataset } from '../../store/dataset-rows.js';
import { bundleOf } from './datasets.js';
import type { Session } from './session.js';
import { receivedTagKeys } from './tag-keys.js';

/** Where a person is found: one record of one dataset. */
export interface SubjectPlace {
  readonly dataset: Dataset;
  /** Number of the page, and position of the record in it, from 0. */
  readonly page: number;
  readonly position: number;
  /** The tag under which the dataset knows the person. */
  readonly tag: Uint8Array;
}

/** A person as the store knows one: by tag. */
export interface SubjectTags {
  /** Under the workspace's own key: the name of the person in the register and in the log. */
  readonly own: Uint8Array;
  /** How the number is spelled, sealed under the same key. */
  readonly spelling: Uint8Array;
  /** Under every key that any dataset's tags are made with, the own one first, whether or not the person is there. */
  readonly tags: readonly Uint8Array[];
  /** In the order of the datasets and of their records. */
  readonly places: readonly SubjectPlace[];
}

/**
 * Every place where a person is found, imported or received, found without opening a record: imported datasets are tagged under the
 * workspace's own key, received ones under the tag key of their deal.
 *
 * @param customerNo as in the file; its form is normalised as import does it
 * @throws HandoverError SUBJECT_TAGS_GONE where the tag key of a received bundle was not kept and cannot be had any more
 */
export async function tagsOf(session: Session, customerNo: string): Promise<SubjectTags> {
  const subject = subjectOf(customerNo);
  const tagKey = await session.keyFor('subject-tags');
  const own = tagger(tagKey)([subject]);
  const spelling = sealNumbers(tagKey, [looseFingerprint(subject)]);
  const tags: Uint8Array[] = [own];
  const places: SubjectPlace[] = [];
  const received = new Map<string, readonly Uint8Array[]>();
  for (const dataset of session.workspace.read.datasets()) {
    if (dataset.state === 'purged') continue;
    let wanted: readonly Uint8Array[] = [own];
    if (dataset.content === 'ndjson-gz') {
      const bundle = bundleOf(session, dataset);
      wanted = received.get(bundle.deal) ?? [];
      if (wanted.length === 0) {
        wanted = (await receivedTagKeys(session, bundle)).map((key) => tagger(key)([subject]));
        received.set(bundle.deal, wanted);
        tags.push(...wanted);
      }
    }
    for (const tag of wanted) places.push(...placesOf(session, dataset, tag));
  }
  return { own, spelling, tags, places };
}

/** The records of a dataset under a tag. */
export function* placesOf(
  session: Session,
  dataset: Dataset,
  tag: Uint8Array,
): Generator<SubjectPlace, void, undefined> {
  for (const { number, tags } of session.workspace.read.pageTags(dataset.id))
    for (const position of positionsOf(tags, tag)) yield { dataset, page: number, position, tag };
}

/** Positions of the records of a page under a tag. */
export function positionsOf(tags: Uint8Array, wanted: Uint8Array): readonly number[] {
  const packed = Buffer.from(tags.buffer, tags.byteOffset, tags.byteLength);
  const positions: number[] = [];
  for (let at = packed.indexOf(wanted); at !== -1; at = packed.indexOf(wanted, at + 1))
    if (at % TAG_BYTES === 0) positions.push(at / TAG_BYTES);
  return positions;
}
