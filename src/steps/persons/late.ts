import { hex } from '../../base/bytes.js';
import type { Sha256 } from '../../base/crypto.js';
import { TAG_BYTES, tagger, tagText } from '../../base/tagger.js';
import type { Instant } from '../../base/time.js';
import type { BuyerNoticeKind } from '../../bundle/notice.js';
import { readNotice } from '../../bundle/notice.js';
import { type ImportedRecord, recordOf, recordsOf } from '../../dataset/page.js';
import { readDealJson } from '../../deal/signed-deal.js';
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
import type { StoredDeal } from '../../store/deal-rows.js';
import type { LateWord } from '../../store/persons-rows.js';
import { openPage } from '../../store/sealed-pages.js';
import { loadConsentLedger } from '../check/consent-ledger.js';
import { checkOfBundle } from '../retention/dispositions.js';
import { heardAt, heardTimes } from '../session/clock.js';
import { datasetFields } from '../session/datasets.js';
import { decidedPairs } from '../session/decided.js';
import type { Session } from '../session/session.js';
import { OutsideNoes } from '../session/spelled.js';
import { dealKeys } from '../session/tag-keys.js';
import { numbersLeft } from '../session/numbers-left.js';
import { makeBuyerNotice, putNotice, type SentNotice } from './notice-send.js';

/** Persons of one deal of whom a no was learned after they had been handed over, and whom no notice names yet. */
export interface PendingNotice {
  /** Id of the deal, and the buyer who has to be told. */
  readonly deal: string;
  readonly buyer: string;
  readonly kind: LateWord['kind'];
  readonly persons: number;
  /** When the first of them was found. */
  readonly since: Instant;
}

/** States of a bundle that may be in the buyer's hands. */
const SENT: readonly string[] = ['exported', 'accepted'];

/** A notice names no more persons than this (docs/formats.md). */
const MOST = 10_000;

const NO = reasonSet('CONSENT_REFUSED', 'CONSENT_WITHDRAWN', 'OBJECTION', 'ERASURE_REQUESTED');

/**
 * Finds who was handed over and says no by now, whatever it came by: a ledger, a later customer file, a row that was rejected (PIPL-15, 44, 47).
 * Run after every import and check, because there a no is learned; what it finds is kept until a notice names the person.
 *
 * @param among ids of the bundles whose persons are meant, where a bundle that was made since holds what is known; null for all
 * @returns how many persons were found anew
 */
export async function findLateWords(
  session: Session,
  among: ReadonlySet<string> | null = null,
): Promise<number> {
  const { read, info } = session.workspace;
  if (info.role !== 'seller') return 0;
  let found = 0;
  for (const deal of read.deals()) {
    const bundles = sentUnder(session, deal).filter(({ id }) => among === null || among.has(id));
    if (bundles.length === 0) continue;
    const said = await saidBySent(session, deal, bundles);
    // Whoever agreed again before anybody was told says no no more, in whatever order it was learned.
    const saying = sayingNo(said);
    const agreed = said.map(({ subject }) => subject).filter((subject) => !saying.has(subject));
    endWaiting(session, deal, agreed);
    const words = newWords(session, deal, said);
    if (words.length === 0) continue;
    session.record(
      { action: 'learned-late', objects: { deal: deal.digest }, details: { persons: words.length } },
      (write) => {
        for (const word of words) write.persons.addLateWord(word);
      },
    );
    found += words.length;
  }
  return found;
}

function sentUnder(session: Session, deal: StoredDeal): readonly StoredBundle[] {
  const { read } = session.workspace;
  if (read.dealEnd(deal.digest) !== undefined) return [];
  return read
    .bundles()
    .filter((b) => b.direction === 'out' && isOf(session, deal.id, b.deal) && SENT.includes(b.state));
}

/** Whether a digest is that of some version of a deal: bundles, words and notices stay under the version of their day. */
function isOf(session: Session, id: string, digest: Sha256): boolean {
  return session.workspace.read.deal(digest)?.id === id;
}

/** Whom a deal's bundles took to the buyer and who says no, but for those who are known or were named in a notice since. */
function newWords(session: Session, deal: StoredDeal, said: readonly Said[]): readonly LateWord[] {
  // Whom a notice named, or whose word waits for one already.
  const named = new Map(namedUnder(session, deal.id));
  for (const { deal: of, subject, found } of session.workspace.read.persons.lateWords())
    if (isOf(session, deal.id, of)) noteLatest(named, subject, found);
  const words = new Map<string, LateWord>();
  const heard = heardAt(session);
  for (const { subject, kind, went } of said) {
    if (kind === null || words.has(subject) || (named.get(subject) ?? '') >= went) continue;
    words.set(subject, { deal: deal.digest, subject, kind, found: heard });
  }
  return [...words.values()];
}

/** What somebody who went in a bundle says by what is known now. */
interface Said {
  /** Tag under the deal. */
  readonly subject: string;
  /** The no; null where the record and everything beside it say none. */
  readonly kind: LateWord['kind'] | null;
  /** When the bundle was made. */
  readonly went: Instant;
}

function sayingNo(said: readonly Said[]): ReadonlySet<string> {
  return new Set(said.flatMap(({ subject, kind }) => (kind === null ? [] : [subject])));
}

/** What those say whom a deal's bundles took to the buyer, as far as anything is known of them: once for each bundle. */
async function saidBySent(
  session: Session,
  deal: StoredDeal,
  bundles: readonly StoredBundle[],
): Promise<readonly Said[]> {
  const terms = readDealJson(deal.bytes);
  const { index } = await loadConsentLedger(session, terms, []);
  const beside = saidBeside(session, index);
  if (index.size === 0 && beside.size === 0) return [];
  const tagsOf = tagger((await dealKeys(session, terms)).tagKey);
  const found: Said[] = [];
  for (const bundle of bundles)
    for (const { number, mask } of await heardOf(session, bundle, terms, { index, beside }))
      found.push({
        subject: hex(tagsOf([number])),
        kind: mask === 0 ? null : kindOf(mask),
        went: bundle.time,
      });
  return found;
}

/** What became of the words about persons who turned out to have said nothing. */
export interface Released {
  /** Persons about whom no notice has to be sent any more. */
  readonly persons: number;
  /** Persons of whom a buyer was told already. */
  readonly told: number;
}

/**
 * Ends what waits for a notice about these persons, as far as they do not say no by what is known now: it had been heard from somebody who was
 * held to be the same person.
 *
 * @param own their tags under the workspace's key
 */
export async function releaseLateWords(session: Session, own: readonly Uint8Array[]): Promise<Released> {
  const { read } = session.workspace;
  const wanted = new TagReasons();
  for (const tag of own) wanted.add(tag, UNSEEN);
  const numbers = [...(await numbersLeft(session, wanted)).values()];
  let [persons, told] = [0, 0];
  for (const deal of read.deals()) {
    const bundles = sentUnder(session, deal);
    if (bundles.length === 0) continue;
    const named = namedUnder(session, deal.id);
    const tagOf = tagger((await dealKeys(session, readDealJson(deal.bytes))).tagKey);
    const said = await saidBySent(session, deal, bundles);
    const saying = sayingNo(said);
    const silent = numbers.map((number) => hex(tagOf([number]))).filter((subject) => !saying.has(subject));
    told += silent.filter((subject) => named.has(subject)).length;
    persons += endWaiting(session, deal, silent);
  }
  return { persons, told };
}

/** Ends the words about persons that wait for a notice. @returns how many persons had one */
function endWaiting(session: Session, deal: StoredDeal, subjects: readonly string[]): number {
  const silent = new Set(subjects);
  const named = namedUnder(session, deal.id);
  const waiting = session.workspace.read.persons
    .lateWords()
    .filter(
      ({ deal: of, subject, found }) =>
        silent.has(subject) && isOf(session, deal.id, of) && (named.get(subject) ?? '') < found,
    );
  const released = new Set(waiting.map(({ subject }) => subject));
  if (released.size === 0) return 0;
  session.record(
    { action: 'late-released', objects: { deal: deal.digest }, details: { persons: released.size } },
    (write) => {
      for (const subject of released) write.persons.releaseLateWords(subject, session.now);
    },
  );
  return released.size;
}

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
function saidBeside(session: Session, index: ConsentLedger): TagReasons {
  const { read } = session.workspace;
  const said = askedToBeErased(session);
  const pairs = decidedPairs(read);
  if (pairs.isEmpty) return said;
  const outside = new OutsideNoes(session, index);
  for (const { first, second } of read.persons.decidedPairs())
    for (const tag of [first, second]) {
      const theirs = pairs.othersOf(hex(tag)).reduce((mask, other) => mask | outside.of(other), 0) & NO;
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
  readonly mask: ReasonSet;
}

/** What the persons of a bundle say by what is known now; none of it is a no where the mask is 0. Opens only the pages of persons of whom anything is known. */
async function heardOf(
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
      const mask = read.checkPage(check.id, dataset.id, number)?.reasonSets;
      if (!isFree(mask, offset / TAG_BYTES)) continue;
      went.set(tags, offset, SEEN);
      const no = (judge(record.cells, index.of(tags, offset)).mask & NO) | beside.of(tags, offset);
      found.push({ number: record.number, mask: no });
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
    const mask = (judge(NO_CELLS, events).mask & NO) | beside.of(bytes, 0);
    if (mask === 0) continue;
    refusing.set(tag, mask);
    wanted.add(bytes, mask);
  }
  if (refusing.size === 0) return [];
  const numbers = await numbersLeft(session, wanted);
  return [...refusing].flatMap(([tag, mask]) => {
    const number = numbers.get(tag);
    return number === undefined ? [] : [{ number, mask }];
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

const UNSEEN = reasonSet('CONSENT_PENDING');
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

function kindOf(mask: ReasonSet): LateWord['kind'] {
  if ((mask & reasonSet('ERASURE_REQUESTED')) !== 0) return 'erasure';
  return (mask & reasonSet('OBJECTION')) !== 0 ? 'objection' : 'withdrawal';
}

/** Notices that were sent under a deal, about persons and all purposes. @param deal its id */
function noticesOf(session: Session, deal: string) {
  return session.workspace.read.persons
    .notices()
    .filter(
      ({ direction, deal: of, kind }) => direction === 'out' && isForGood(kind) && isOf(session, deal, of),
    )
    .map((stored) => readNotice(stored.bytes))
    .filter(({ purpose }) => purpose === null);
}

function isForGood(kind: string): boolean {
  return kind === 'withdrawal' || kind === 'objection' || kind === 'erasure';
}

/** The persons whom notices of a deal named, and when each of them last. */
function namedUnder(session: Session, deal: string): ReadonlyMap<string, Instant> {
  const named = new Map<string, Instant>();
  for (const { subjects, issued } of noticesOf(session, deal))
    for (const subject of subjects) noteLatest(named, subject, issued);
  return named;
}

function noteLatest(times: Map<string, Instant>, subject: string, time: Instant): void {
  const known = times.get(subject);
  if (known === undefined || known < time) times.set(subject, time);
}

/** A word that waits for a notice, with the id of its deal. */
interface PendingWord extends Omit<LateWord, 'deal'> {
  readonly deal: string;
}

/** Words that wait for a notice, with the persons' tags under the deal. Of an aborted deal none: the buyer was told to destroy everything. */
function pendingWords(session: Session): readonly PendingWord[] {
  const { read } = session.workspace;
  const words = read.persons.lateWords().flatMap(({ deal, ...word }) => {
    const id = read.dealEnd(deal) === undefined ? read.deal(deal)?.id : undefined;
    return id === undefined ? [] : [{ ...word, deal: id }];
  });
  const named = new Map(words.map(({ deal }) => [deal, namedUnder(session, deal)]));
  return words.filter(({ deal, subject, found }) => (named.get(deal)?.get(subject) ?? '') < found);
}

/** What the buyers still have to be told of what was learned late. Opens no record. */
export function pendingNotices(session: Session): readonly PendingNotice[] {
  const { read } = session.workspace;
  const groups = new Map<string, PendingNotice>();
  for (const { deal, kind, found } of pendingWords(session)) {
    const terms = readDealJson((read.deal(deal) ?? damaged()).bytes);
    const name = `${deal} ${kind}`;
    const { persons = 0, since = found } = groups.get(name) ?? {};
    groups.set(name, { deal: terms.id, buyer: terms.buyer.name, kind, persons: persons + 1, since });
  }
  return [...groups.values()];
}

/**
 * Writes a signed notice for each deal and kind of word that was learned late. Run again, it writes what has been learned since.
 *
 * @param input.deal id of a deal; null for all
 */
export async function sendLateNotices(
  session: Session,
  input: { readonly deal: string | null; readonly dryRun: boolean },
): Promise<{ readonly pending: readonly PendingNotice[]; readonly sent: readonly SentNotice[] }> {
  const { read, info } = session.workspace;
  if (info.role !== 'seller') fail({ code: 'NOTICE_ROLE', role: info.role });
  if (!input.dryRun) {
    await session.keys();
    await findLateWords(session);
  }
  const pending = pendingNotices(session).filter(({ deal }) => input.deal === null || deal === input.deal);
  const sent: SentNotice[] = [];
  if (input.dryRun) return { pending, sent };
  const words = pendingWords(session);
  for (const { deal, kind } of pending) {
    const stored = read.deal(deal) ?? damaged();
    const terms = readDealJson(stored.bytes);
    const subjects = words
      .filter((word) => word.deal === deal && word.kind === kind)
      .map((word) => word.subject);
    for (let from = 0; from < subjects.length; from += MOST) {
      const some = subjects.slice(from, from + MOST);
      sent.push(await sendOne(session, terms, kind, some));
    }
  }
  return { pending, sent };
}

async function sendOne(
  session: Session,
  terms: Terms,
  kind: Exclude<BuyerNoticeKind, 'abort' | 'correction'>,
  subjects: readonly string[],
): Promise<SentNotice> {
  const content = { kind, request: null, purpose: null, subjects, corrections: null, reason: null };
  return putNotice(session, (await makeBuyerNotice(session, terms, content)) ?? damaged());
}

function damaged(): never {
  return fail({ code: 'WORKSPACE_DAMAGED', name: 'handover.db' });
}
