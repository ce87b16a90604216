import { TAG_BYTES } from '../../base/tagger.js';
import { type CalendarDate, dayOf } from '../../base/time.js';
import { readManifest } from '../../bundle/manifest.js';
import { readDealJson } from '../../deal/signed-deal.js';
import { leavingPurposes } from '../../deal/terms.js';
import { reasonSet } from '../../policy/reasons.js';
import { TagReasons } from '../../policy/tag-reasons.js';
import type { Reader } from '../../store/reader.js';
import type { Dataset, SubjectMark } from '../../store/rows.js';

/**
 * Who is in a received dataset and says no all the same: told by a notice that came before the bundle, brought again by a later bundle after
 * a no that only this firm heard, or kept by a hold when the no came. Nothing of theirs is used, and their time here is over (PIPL-15, 44, 47).
 *
 * A no that the seller passed on is settled by a bundle that was made after it: the seller knew it, and whoever is in that bundle agreed since.
 * A no that was said here the seller may not know, so no bundle settles it.
 */
export class SaidNo {
  readonly #tags = new TagReasons();
  /** The first day on which one of these no's was known; null where there is none. */
  readonly since: CalendarDate | null;

  constructor(read: Reader, dataset: Dataset) {
    const marks = marksAbout(read, dataset);
    for (const { tag } of marks) this.#tags.add(tag, NO);
    const [first = null] = marks.map(({ time }) => dayOf(time)).sort();
    const came = dayOf(dataset.imported);
    this.since = first !== null && first < came ? came : first;
  }

  get isEmpty(): boolean {
    return this.#tags.size === 0;
  }

  /** Whether the person of a record says no. @param tags packed */
  has(tags: Uint8Array, record: number): boolean {
    return this.#tags.of(tags, record * TAG_BYTES) !== 0;
  }
}

const NO = reasonSet('CONSENT_WITHDRAWN');

/** Words by which a person says no. */
export function isNoMark({ kind }: Pick<SubjectMark, 'kind'>): boolean {
  return kind !== 'corrected';
}

function marksAbout(read: Reader, dataset: Dataset): readonly SubjectMark[] {
  if (dataset.content !== 'ndjson-gz' || dataset.bundle === null) return [];
  const marks = read.subjectMarks().filter(isNoMark);
  const bundle = marks.length === 0 ? undefined : read.bundle(dataset.bundle);
  const deal = bundle === undefined ? undefined : read.deal(bundle.deal);
  if (bundle === undefined || deal === undefined) return [];
  const { created } = readManifest(bundle.manifest);
  const purposes = leavingPurposes(readDealJson(deal.bytes));
  return marks.filter(
    ({ request, purpose, time }) =>
      (request !== null || time >= created) &&
      (purpose === null || purposes.every(({ id }) => id === purpose)),
  );
}
