import { TAG_BYTES } from '../../base/tagger.js';
import { dayOf, type Instant } from '../../base/time.js';
import type { ConsentState } from '../../policy/consent.js';
import type { KnownEntry, KnownReason } from '../../policy/explain.js';
import { type ReasonSet, reasonSet } from '../../policy/reasons.js';
import { TagReasons } from '../../policy/tag-reasons.js';
import type { Reader } from '../../store/reader.js';
import type { Dataset } from '../../store/dataset-rows.js';
import type { SubjectMark } from '../../store/persons-rows.js';

/** A reason that the store gives, and whom it is about. */
interface Known extends KnownReason {
  /** Packed tags, or null for every record of the dataset. */
  readonly tags: Uint8Array | null;
}

/** The reasons that the store gives for the records of a dataset. */
export class KnownReasons {
  /** For every record. */
  readonly #all: ReasonSet;
  readonly #reasonSets: TagReasons;

  /** @param entries what of the store's knowledge is heard: everything unless said otherwise */
  constructor(read: Reader, dataset: Dataset, now: Instant, entries: readonly KnownEntry[] = KNOWN_ENTRIES) {
    let all = 0;
    const reasonSets = new TagReasons();
    for (const { tags, code, entry } of knownAbout(read, dataset, now)) {
      if (!entries.includes(entry)) continue;
      if (tags === null) all |= reasonSet(code);
      else reasonSets.add(tags, reasonSet(code));
    }
    this.#all = all >>> 0;
    this.#reasonSets = reasonSets;
  }

  /** Whether there is no reason for anybody. */
  get isEmpty(): boolean {
    return this.#all === 0 && this.#reasonSets.size === 0;
  }

  /** The reasons for the record whose tag is in `tags` at `offset`. */
  of(tags: Uint8Array, offset: number): ReasonSet {
    return (this.#all | this.#reasonSets.of(tags, offset)) >>> 0;
  }
}

const KNOWN_ENTRIES: readonly KnownEntry[] = ['erasure', 'freeze', 'erased'];

/** The reasons that the store gives for one person of a dataset, for an explanation. @param tag of the person in this dataset */
export function knownOf(
  read: Reader,
  dataset: Dataset,
  tag: Uint8Array,
  now: Instant,
): readonly KnownReason[] {
  const found: KnownReason[] = [];
  for (const { tags, ...reason } of knownAbout(read, dataset, now))
    if (tags === null || holds(tags, tag)) found.push(reason);
  return found;
}

/**
 * As what a no is kept that is in no record: of a row that was rejected, or of a file that was purged. The recipient is not kept, and
 * so it concerns every one: a no counts even if it is vague. Null for what is no no.
 */
export function markKind(state: ConsentState): SubjectMark['kind'] | null {
  switch (state) {
    case 'refused':
    case 'withdrawn':
      return state;
    case 'objected':
      return 'objection';
    case 'erasure-asked':
      return 'erasure';
    default:
      return null;
  }
}

/** When what the store knows last changed: a check that is older knows less. Null if it knows nothing. */
export function lastKnownChange(read: Reader): Instant | null {
  const times = [
    ...read.persons.subjectMarks().map((mark) => mark.time),
    ...read.persons.decidedPairs().map((pair) => pair.time),
    ...read.retention
      .restraints()
      .filter((restraint) => restraint.kind === 'freeze')
      .flatMap(({ opened, released }) => (released === null ? [opened] : [opened, released])),
    ...read.retention.erasures().map((erasure) => erasure.time),
  ];
  return times.sort().at(-1) ?? null;
}

/** Everybody whom a purge ended, by tag. */
export function everErased(read: Reader): TagReasons {
  const reasonSets = new TagReasons();
  for (const { purge } of read.retention.erasures())
    for (const { tags } of read.retention.erased(purge)) reasonSets.add(tags, ERASED);
  return reasonSets;
}

/** How many of packed tags are of persons who were erased. */
export function countErased(erased: TagReasons, tags: Uint8Array): number {
  if (erased.size === 0) return 0;
  let count = 0;
  for (let offset = 0; offset < tags.length; offset += TAG_BYTES) if (erased.of(tags, offset) !== 0) count++;
  return count;
}

const ERASED = reasonSet('ERASED_BEFORE');

/**
 * A request to be erased counts until it is done. Who was erased may not come back with a file that is imported afterwards. What a person
 * said of consent is heard with the consent ledger (consent-ledger.ts), because only there is it known what was said later.
 */
function* knownAbout(read: Reader, dataset: Dataset, now: Instant): Generator<Known, void, undefined> {
  const today = dayOf(now);
  for (const { tag, kind, time } of read.persons.subjectMarks())
    if (kind === 'erasure') yield { tags: tag, code: 'ERASURE_REQUESTED', entry: 'erasure', at: time };
  for (const { id, kind, scope, dataset: covered, until, released } of read.retention.restraints()) {
    if (kind !== 'freeze' || released !== null || until === null || until < today) continue;
    const frozen = { code: 'FROZEN', entry: 'freeze', at: until } as const;
    if (scope === 'all' || covered === dataset.id) yield { tags: null, ...frozen };
    else if (scope === 'subjects') yield { tags: Buffer.concat(read.retention.restraintTags(id)), ...frozen };
  }
  for (const { purge, time } of read.retention.erasures()) {
    if (dataset.imported < time) continue;
    for (const { tags } of read.retention.erased(purge))
      yield { tags, code: 'ERASED_BEFORE', entry: 'erased', at: time };
  }
}

function holds(tags: Uint8Array, wanted: Uint8Array): boolean {
  const packed = Buffer.from(tags.buffer, tags.byteOffset, tags.byteLength);
  for (let at = packed.indexOf(wanted); at !== -1; at = packed.indexOf(wanted, at + 1))
    if (at % TAG_BYTES === 0) return true;
  return false;
}
