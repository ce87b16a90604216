import { hex } from '../../base/bytes.js';
import { TAG_BYTES, tagText } from '../../base/tagger.js';
import { type ImportedRecord, recordOf, recordsOf } from '../../dataset/page.js';
import type { Terms } from '../../deal/terms.js';
import { fail } from '../../messages/error.js';
import type { ConsentEvent } from '../../policy/consent.js';
import { compileJudge } from '../../policy/judge.js';
import { compileEvents, type ConsentLedger } from '../../policy/consent-ledger.js';
import { reasonSet, type ReasonSet } from '../../policy/reasons.js';
import { compileRefusals } from '../../policy/refusals.js';
import { TagReasons } from '../../policy/tag-reasons.js';
import type { StoredBundle } from '../../store/bundle-rows.js';
import { type Dataset, isKeptApart } from '../../store/dataset-rows.js';
import { openPage } from '../../store/sealed-pages.js';
import { checkOfBundle } from '../retention/dispositions.js';
import { heardTimes } from '../session/clock.js';
import { datasetFields } from '../session/datasets.js';
import { decidedPairs } from '../session/decided.js';
import type { Session } from '../session/session.js';
import { OutsideNoes } from '../session/spelled.js';
import { numbersLeft } from '../session/numbers-left.js';

// What the persons of a bundle say by what is known now, read from their records or from what was said after these were purged.

const NO = reasonSet('CONSENT_REFUSED', 'CONSENT_WITHDRAWN', 'OBJECTION', 'ERASURE_REQUESTED');

/** Whoever asked to be erased, by a command or in a row that was rejected, whether or not a hold kept the record here. */
function askedToBeErased(session: Session): TagReasons {
  const asked = new TagReasons();
  for (const { tag, kind } of session.workspace.read.persons.subjectMarks())
    if (kind === 'erasure') asked.add(tag, reasonSet('ERASURE_REQUESTED'));
  return asked;
}

/**
 * What is said of persons in no record of theirs: that they asked to be erased, and the no under another customer number that somebody
 * decided is the same person's (PIPL-15).
 */
export function saidBeside(session: Session, index: ConsentLedger): TagReasons {
  const { read } = session.workspace;
  const said = askedToBeErased(session);
  const pairs = decidedPairs(read);
  if (pairs.isEmpty) return said;
  const outside = new OutsideNoes(session, index);
  for (const { first, second } of read.persons.decidedPairs())
    for (const tag of [first, second]) {
      const theirs = pairs.othersOf(hex(tag)).reduce((set, other) => set | outside.of(other), 0) & NO;
      if (theirs !== 0) said.add(tag, theirs);
    }
  return said;
}

/** What is known of persons. */
interface Known {
  readonly index: ConsentLedger;
  readonly beside: TagReasons;
}

interface Heard {
  /** The customer number. */
  readonly number: string;
  readonly reasonSet: ReasonSet;
}

/** What the persons of a bundle say by what is known now; none of it is a no where the set is empty. Opens only the pages of persons of whom anything is known. */
export async function heardOf(
  session: Session,
  bundle: StoredBundle,
  terms: Terms,
  { index, beside }: Known,
): Promise<readonly Heard[]> {
  const { read } = session.workspace;
  const went = new TagReasons();
  for (const { tags } of read.handedOver(bundle.id))
    for (let offset = 0; offset < tags.length; offset += TAG_BYTES)
      if (index.of(tags, offset) !== undefined || beside.of(tags, offset) !== 0)
        went.set(tags, offset, UNSEEN);
  if (went.size === 0) return [];
  const found: Heard[] = [];
  for (const dataset of datasetsOf(session)) {
    const check = checkOfBundle(bundle, read.checksOf(dataset.id));
    if (check === undefined) continue;
    for await (const { tags, offset, record, judge, number } of recordsOfPersons(
      session,
      terms,
      dataset,
      went,
    )) {
      const set = read.checkPage(check.id, dataset.id, number)?.reasonSets;
      if (!isFree(set, offset / TAG_BYTES)) continue;
      went.set(tags, offset, SEEN);
      const no = (judge(record.cells, index.of(tags, offset)).reasonSet & NO) | beside.of(tags, offset);
      found.push({ number: record.number, reasonSet: no });
    }
  }
  found.push(...(await refusingAfterPurge(session, bundle, terms, went, { index, beside })));
  return found;
}

/**
 * Those of them whose record was purged here since, by what was said after the bundle had left, in files or to the firm itself: the record told
 * who agreed at the time, and what was known by then was weighed by the check. Whom nothing that is kept names any more, no notice can name:
 * what such a person says is not taken in without a number (steps/campaign/people.ts).
 */
async function refusingAfterPurge(
  session: Session,
  bundle: StoredBundle,
  terms: Terms,
  went: TagReasons,
  { index, beside }: Known,
): Promise<readonly Heard[]> {
  const judge = compileJudge({ terms, columns: [], now: session.now });
  const refusing = new Map<string, ReasonSet>();
  const wanted = new TagReasons();
  for (const [tag, events] of await saidSince(session, bundle, terms, went, index)) {
    const bytes = Buffer.from(tag, 'latin1');
    const set = (judge(NO_CELLS, events).reasonSet & NO) | beside.of(bytes, 0);
    if (set === 0) continue;
    refusing.set(tag, set);
    wanted.add(bytes, set);
  }
  if (refusing.size === 0) return [];
  const numbers = await numbersLeft(session, wanted);
  return [...refusing].flatMap(([tag, set]) => {
    const number = numbers.get(tag);
    return number === undefined ? [] : [{ number, reasonSet: set }];
  });
}

/** What was said after a bundle had left by those who were in it and whose record is gone, by {@link tagText}. */
async function saidSince(
  session: Session,
  bundle: StoredBundle,
  terms: Terms,
  went: TagReasons,
  index: ConsentLedger,
): Promise<ReadonlyMap<string, readonly ConsentEvent[]>> {
  const { read } = session.workspace;
  const said = new Map<string, ConsentEvent[]>();
  const hear = (tag: string, events: readonly ConsentEvent[]): void => {
    said.set(tag, [...(said.get(tag) ?? []), ...events]);
  };
  for (const { tag, kind, time } of read.persons.subjectMarks()) {
    if (went.of(tag, 0) !== UNSEEN || kind === 'corrected' || time < bundle.time) continue;
    const told = index.of(tag, 0) ?? [];
    hear(
      tagText(tag),
      told.filter((event) => event.told !== undefined && event.at >= bundle.time),
    );
  }
  const heard = heardTimes(read);
  for (const dataset of read.datasets()) {
    const { content, state, kind, columns } = dataset;
    const imported = heard.get(dataset.id) ?? dataset.imported;
    if (isKeptApart(dataset)) continue;
    if (content !== 'cells' || state !== 'kept' || imported < bundle.time) continue;
    const refusalsOf = compileRefusals(kind, columns, imported);
    const eventOf = compileEvents(columns);
    for await (const { tags, offset, record } of recordsOfPersons(session, terms, dataset, went)) {
      if (went.of(tags, offset) !== UNSEEN) continue;
      const events = kind === 'consents' ? [eventOf(record.cells)] : refusalsOf(record.cells);
      hear(tagText(tags, offset / TAG_BYTES), events);
    }
  }
  return said;
}

export const UNSEEN = reasonSet('CONSENT_PENDING');

const SEEN = reasonSet('ERASED_BEFORE');

const NO_CELLS: ImportedRecord = recordOf('');

/** A record of somebody who is looked for. */
interface FoundRecord {
  /** Number of the page. */
  readonly number: number;
  readonly tags: Uint8Array;
  readonly offset: number;
  readonly record: { readonly cells: ImportedRecord; readonly number: string };
  readonly judge: ReturnType<typeof compileJudge>;
}

/** The records of a dataset whose persons are among `wanted`; no other page is opened. */
async function* recordsOfPersons(
  session: Session,
  terms: Terms,
  dataset: Dataset,
  wanted: TagReasons,
): AsyncGenerator<FoundRecord> {
  const { read } = session.workspace;
  const { vault } = await session.keys();
  const judge = compileJudge({
    terms,
    columns: dataset.kind === 'customers' ? datasetFields(dataset) : [],
    now: session.now,
  });
  const numberAt = dataset.columns.indexOf(dataset.kind === 'customers' ? 'customer_no' : 'subject');
  for (const { number, tags } of read.pageTags(dataset.id)) {
    const offsets: number[] = [];
    for (let at = 0; at < tags.length; at += TAG_BYTES) if (wanted.of(tags, at) !== 0) offsets.push(at);
    if (offsets.length === 0) continue;
    const page = read.page(dataset.id, number) ?? fail({ code: 'WORKSPACE_DAMAGED', name: 'handover.db' });
    const place = { dataset: dataset.id, number, tags };
    const records = recordsOf(openPage(page.sealed, place, vault.get(dataset.keyId)));
    for (const offset of offsets) {
      const cells = records[offset / TAG_BYTES];
      if (cells === undefined) continue;
      yield { number, tags, offset, record: { cells, number: cells[numberAt] ?? '' }, judge };
    }
  }
}

/** Whether a record has no reason against it, and so went: four bytes of reasons a record. */
function isFree(reasonSets: Uint8Array | undefined, at: number): boolean {
  const own = reasonSets?.subarray(at * 4, at * 4 + 4);
  return own?.length === 4 && own.every((byte) => byte === 0);
}

function datasetsOf(session: Session): readonly Dataset[] {
  return session.workspace.read
    .datasets()
    .filter(({ kind, content, state }) => kind === 'customers' && content === 'cells' && state === 'kept');
}
