import { TAG_BYTES } from '../../base/tagger.js';
import { type CalendarDate, dayOf, type Instant } from '../../base/time.js';
import { hex } from '../../base/bytes.js';
import { readManifest } from '../../bundle/manifest.js';
import { readDealJson } from '../../deal/signed-deal.js';
import { leavingFields, leavingPurposes, type Terms } from '../../deal/terms.js';
import { termsOfTable } from '../../deal/tables.js';
import { TagReasons } from '../../policy/tag-reasons.js';
import { purposeBit } from '../../policy/stays.js';
import type { Reader } from '../../store/reader.js';
import type { Dataset } from '../../store/dataset-rows.js';
import type { SubjectMark } from '../../store/persons-rows.js';

/**
 * Who is in a received dataset and says no all the same: told by a notice that came before the bundle, brought again by a later bundle after
 * a no that only this firm heard, or kept by a hold when the no came. Nothing of theirs is used, and their time here is over (PIPL-15, 44, 47).
 * Of whoever says no to some of the purposes, what serves only those is not used (PIPL-14).
 *
 * A no that the seller passed on is settled by a bundle that was made after it: the seller knew it, and whoever is in that bundle agreed since.
 * A no that was said here the seller may not know, so no bundle settles it.
 */
export class SaidNo {
  /** A bit for each purpose that is gone, of those for which something came. */
  readonly #tags = new TagReasons();
  readonly #terms: Terms | null;
  readonly #purposes: readonly string[];
  /** The first day on which somebody said no to everything; null where nobody did. */
  readonly since: CalendarDate | null;
  /** Whether anybody says no to some of the purposes and not to all. */
  readonly isPartly: boolean;

  constructor(read: Reader, dataset: Dataset) {
    const { terms, marks } = marksAbout(read, dataset);
    this.#terms = terms;
    this.#purposes = terms === null ? [] : leavingPurposes(terms).map(({ id }) => id);
    const wholly = new Map<string, Instant>();
    const partly = new Set<string>();
    for (const { tag, purpose, time } of marks) {
      this.#tags.add(tag, purpose === null ? WHOLLY : purposeBit(this.#purposes.indexOf(purpose)));
      const name = hex(tag);
      if (!this.has(tag, 0)) partly.add(name);
      else if (partly.delete(name) || !wholly.has(name)) wholly.set(name, time);
    }
    this.isPartly = partly.size > 0;
    const [first = null] = [...wholly.values()].map(dayOf).sort();
    const came = dayOf(dataset.imported);
    this.since = first !== null && first < came ? came : first;
  }

  /** Whether nobody says no to everything. */
  get isEmpty(): boolean {
    return this.since === null;
  }

  /** Whether the person of a record says no to everything. @param tags packed */
  has(tags: Uint8Array, record: number): boolean {
    const set = this.#tags.of(tags, record * TAG_BYTES);
    const every = purposeBit(this.#purposes.length) - 1;
    return (set & WHOLLY) !== 0 || (every !== 0 && (set & every) === every);
  }

  /**
   * The fields of a record that serve only purposes to which its person says no, while others go on.
   *
   * @param tags packed
   * @param table whose record it is
   */
  emptied(tags: Uint8Array, record: number, table: string): readonly string[] {
    const set = this.isPartly ? this.#tags.of(tags, record * TAG_BYTES) : 0;
    if (set === 0 || this.#terms === null || this.has(tags, record)) return [];
    const gone = this.#purposes.filter((_, i) => (set & purposeBit(i)) !== 0);
    return leavingFields(termsOfTable(this.#terms, table))
      .filter(({ purpose }) => gone.includes(purpose))
      .map(({ name }) => name);
  }
}

/** Above the bits of all purposes. */
const WHOLLY = 1 << 30;

/** Words by which a person says no. */
export function isNoMark({ kind }: Pick<SubjectMark, 'kind'>): boolean {
  return kind !== 'corrected';
}

/** The no's that concern a received dataset, oldest first, and the terms under which it came. */
function marksAbout(
  read: Reader,
  dataset: Dataset,
): { readonly terms: Terms | null; readonly marks: readonly SubjectMark[] } {
  const none = { terms: null, marks: [] };
  if (dataset.content !== 'ndjson-gz' || dataset.bundle === null) return none;
  const marks = read.persons.subjectMarks().filter(isNoMark);
  const bundle = marks.length === 0 ? undefined : read.bundle(dataset.bundle);
  const deal = bundle === undefined ? undefined : read.deal(bundle.deal);
  if (bundle === undefined || deal === undefined) return none;
  const { created } = readManifest(bundle.manifest);
  const terms = readDealJson(deal.bytes);
  const purposes = leavingPurposes(terms).map(({ id }) => id);
  const about = marks
    .filter(({ request, time }) => request !== null || time >= created)
    .filter(({ purpose }) => purpose === null || purposes.includes(purpose));
  return { terms, marks: about.sort((a, b) => (a.time < b.time ? -1 : 1)) };
}
