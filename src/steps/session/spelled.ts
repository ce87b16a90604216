import { hex, unhex } from '../../base/bytes.js';
import { openNumbers, TAG_BYTES } from '../../base/tagger.js';
import type { ConsentLedger } from '../../policy/consent-ledger.js';
import type { DecidedPairs } from '../../policy/decided-pairs.js';
import type { PageSets } from '../../policy/page-sets.js';
import { endsInNo } from '../../policy/near.js';
import { REPLACED, type ReasonSet, reasonSet } from '../../policy/reasons.js';
import { type Alike, RefuserList, type Refusers, SAYS_NO, tagAt } from '../../policy/spelled.js';
import { TagReasons } from '../../policy/tag-reasons.js';
import type { Reader } from '../../store/reader.js';
import { isLedger } from '../../store/dataset-rows.js';
import type { SubjectMark } from '../../store/persons-rows.js';
import { everErased } from './known.js';
import type { Session } from './session.js';

/** What the store and the ledgers know of somebody who is in no record that is judged. */
export class OutsideNoes {
  readonly #marks = new Map<string, ReasonSet>();
  readonly #erased: TagReasons;
  readonly #ledger: ConsentLedger | null;

  /** @param ledger what the ledgers say, where they were read */
  constructor({ workspace }: Session, ledger: ConsentLedger | null = null) {
    for (const { tag, kind } of workspace.read.persons.subjectMarks())
      if (kind !== 'corrected') {
        const known = this.#marks.get(hex(tag)) ?? 0;
        this.#marks.set(hex(tag), (known | reasonSet(CODES[kind])) >>> 0);
      }
    this.#erased = everErased(workspace.read);
    this.#ledger = ledger;
  }

  /** The no's of a person; 0 where there is none. @param tag as hexadecimal text */
  of(tag: string): ReasonSet {
    const bytes = unhex(tag);
    const stored = (this.#marks.get(tag) ?? 0) | this.#erased.of(bytes, 0);
    if (stored !== 0) return stored >>> 0;
    const events = this.#ledger?.of(bytes, 0) ?? [];
    return endsInNo(events) ? WITHDRAWN : 0;
  }
}

const CODES = {
  refused: 'CONSENT_REFUSED',
  withdrawn: 'CONSENT_WITHDRAWN',
  objection: 'OBJECTION',
  erasure: 'ERASURE_REQUESTED',
} as const satisfies Record<Exclude<SubjectMark['kind'], 'corrected'>, string>;
const WITHDRAWN = reasonSet('CONSENT_WITHDRAWN');

/** How the numbers are spelled of those who told the firm itself that they say no, or asked to be erased. */
export async function storedRefusers(session: Session): Promise<Refusers> {
  const list = new RefuserList();
  const stored = session.workspace.read.persons.spellings();
  if (stored.length === 0) return list;
  const key = await session.keyFor('subject-tags');
  for (const { tag, sealed } of stored) {
    // Whom the firm can find no more, because the key of the tags was destroyed, nobody comes back as.
    const [print] = openNumbers(key, sealed) ?? [];
    list.add(print ?? 0, tag);
  }
  return list;
}

/**
 * Whether there is anybody of whom a customer number of these files may be another spelling. Two numbers in one file are two customers, so of one
 * file alone none is.
 *
 * @param judged ids of the files
 */
export function mayBeSpelledAlike(read: Reader, judged: readonly string[]): boolean {
  if (judged.length > 1 || read.persons.spellings().length > 0) return true;
  return read
    .datasets()
    .some((d) => d.state === 'kept' && !judged.includes(d.id) && (d.kind === 'customers' || isLedger(d)));
}

/** Whether two numbers that are spelled alike still ask a question. */
export class Settling {
  readonly #pairs: DecidedPairs;
  readonly #outside: OutsideNoes;
  /** The datasets in which each of these persons is. */
  readonly #places = new Map<string, Set<string>>();
  readonly #wanted = new TagReasons();
  /** What the counting records of the list say of them. */
  readonly #inList = new Map<string, ReasonSet>();

  constructor(
    session: Session,
    found: readonly Pick<Alike, 'tag' | 'others'>[],
    pairs: DecidedPairs,
    outside: OutsideNoes,
  ) {
    this.#pairs = pairs;
    this.#outside = outside;
    for (const { tag, others } of found)
      for (const each of [tag, ...others]) this.#wanted.set(unhex(each), 0, 1);
    const { read } = session.workspace;
    for (const { id, kind, content, state } of read.datasets()) {
      if (kind !== 'customers' || content !== 'cells' || state !== 'kept') continue;
      for (const { tags } of read.pageTags(id)) this.#eachWanted(tags, (tag) => this.#add(tag, id));
    }
  }

  /** Takes in what the records of a page say of these persons. */
  hearPage(tags: Uint8Array, reasonSets: PageSets): void {
    this.#eachWanted(tags, (tag, at) => this.hear(tag, reasonSets.at(at) ?? 0));
  }

  /** Takes in what one record says of its person. */
  hear(tag: string, set: ReasonSet): void {
    if (set !== REPLACED) this.#inList.set(tag, ((this.#inList.get(tag) ?? 0) | set) >>> 0);
  }

  /** Whether the first may be the second, who says no. */
  isOpen(tag: string, other: string): boolean {
    if (this.#pairs.of(tag, other) !== null) return false;
    const places = this.#places.get(other);
    if (places !== undefined && [...(this.#places.get(tag) ?? [])].some((id) => places.has(id))) return false;
    const said = this.#inList.get(other);
    return said === undefined ? this.#outside.of(other) !== 0 : (said & SAYS_NO) !== 0;
  }

  #add(tag: string, dataset: string): void {
    const known = this.#places.get(tag);
    if (known === undefined) this.#places.set(tag, new Set([dataset]));
    else known.add(dataset);
  }

  #eachWanted(tags: Uint8Array, visit: (tag: string, at: number) => void): void {
    for (let at = 0; at * TAG_BYTES < tags.length; at++)
      if (this.#wanted.of(tags, at * TAG_BYTES) !== 0) visit(tagAt(tags, at), at);
  }
}
