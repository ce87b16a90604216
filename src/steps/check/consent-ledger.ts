import { z } from 'zod';
import { hex } from '../../base/bytes.js';
import type { Sha256 } from '../../base/crypto.js';
import { TAG_BYTES } from '../../base/tagger.js';
import { howToRead } from '../../base/shape.js';
import { dealDigest } from '../../deal/signed-deal.js';
import { recordsOf } from '../../dataset/page.js';
import type { Terms } from '../../deal/terms.js';
import type { ConsentEvent } from '../../policy/consent.js';
import { compileEvents, ConsentLedger } from '../../policy/consent-ledger.js';
import { compileRefusals, mayRefuse } from '../../policy/refusals.js';
import { isNo, looseFingerprint, UNMATCHED_DECISIONS, type UnmatchedDecision } from '../../policy/near.js';
import { RefuserList } from '../../policy/spelled.js';
import type { Counts } from '../../store/columns.js';
import { type Dataset, isLedger } from '../../store/dataset-rows.js';
import type { SubjectMark } from '../../store/persons-rows.js';
import { openPage } from '../../store/sealed-pages.js';
import { heardTimes } from '../session/clock.js';
import type { Session } from '../session/session.js';
import {
  knownPersons,
  matchOthers,
  type Unmatched,
  type UnmatchedEvent,
  type UnmatchedListener,
} from './unmatched.js';
import { unreadNoes } from './unread-noes.js';

export interface LoadedConsentLedger {
  /** What the ledgers and the persons themselves said. */
  readonly index: ConsentLedger;
  /** How many events of it the ledgers hold. */
  readonly events: number;
  /** Ids of the datasets that were read. */
  readonly datasets: readonly string[];
  /** Digests of the files that they came from. */
  readonly files: readonly Sha256[];
  /** Events that no customer's number names. */
  readonly unmatched: Unmatched;
  /** No's whose time cannot be read: whoever said them is held until the ledger is mended. */
  readonly undated: readonly UndatedNo[];
  /** How the numbers of those are spelled who say no in a ledger or in another customer file. */
  readonly refusers: RefuserList;
}

/** A no of a ledger whose time cannot be read. */
export interface UndatedNo {
  /** Name of the ledger's file, and which of its usable rows it is, from 1. */
  readonly file: string;
  readonly row: number;
}

/**
 * Reads into memory, found by subject tag, what is known of persons beside the record that is judged: every imported consent ledger, every
 * no of another customer file, and what persons told the firm itself. So a no is held beside the record as any event of a ledger is,
 * whatever it came by: no import forgets it, and only a later good yes undoes it (PIPL-15, law.md §1.3).
 *
 * @param judged the datasets that are judged; one alone says all its no's itself. None before the file is imported
 * @param said what somebody decides about events that match nobody; else what was decided at the last check of the same ledgers
 */
export async function loadConsentLedger(
  session: Session,
  terms: Terms,
  judged: readonly string[],
  said: UnmatchedDecision | null = null,
): Promise<LoadedConsentLedger> {
  const index = new ConsentLedger();
  const sources = session.workspace.read
    .datasets()
    .filter((dataset) => isLedger(dataset) && dataset.state === 'kept');
  const refusers = new RefuserList();
  const { others, events, undated } = await gatherEvents(session, sources, index, refusers);
  const decision = said ?? decidedBefore(session, terms, sources);
  const unmatched = await matchOthers(session, others, index, decision);
  addAsked(session, index, terms);
  await addRefusals(session, index, judged, refusers);
  const purposes = terms.purposes.map(({ id }) => id);
  for (const mark of session.workspace.read.persons.subjectMarks()) {
    // Withdrawing one purpose concerns only a deal that has it.
    if (mark.purpose !== null && !purposes.includes(mark.purpose)) continue;
    const told = toldEvent(mark);
    if (told !== null) index.add(told, mark.tag, 0);
  }
  const [datasets, files] = [sources.map(({ id }) => id), sources.map(({ sha256 }) => sha256)];
  return { index, events, datasets, files, unmatched, undated, refusers };
}

/** What the ledgers say. */
interface GatheredEvents {
  /** Events that no customer's number names. */
  readonly others: readonly UnmatchedEvent[];
  readonly events: number;
  readonly undated: readonly UndatedNo[];
}

/** Reads the ledgers, and adds their events to the index. A no without a time that can be read comes last: a later ledger may have dated it. */
async function gatherEvents(
  session: Session,
  sources: readonly Dataset[],
  index: ConsentLedger,
  refusers: RefuserList | null = null,
): Promise<GatheredEvents> {
  const { vault } = await session.keys();
  const known = sources.length === 0 ? null : knownPersons(session);
  const others: UnmatchedEvent[] = [];
  const dated = new DatedNoes();
  const open: OpenNo[] = [];
  const mayBeOpen = sources.some(({ counts }) => undatedIn(counts) > 0);
  let events = 0;
  for (const [source, { id, keyId, columns, file, counts }] of sources.entries()) {
    const key = vault.get(keyId);
    const eventOf = compileEvents(columns);
    const subject = columns.indexOf('subject');
    let row = 0;
    for (const { number, sealed, tags } of session.workspace.read.pages(id)) {
      const records = recordsOf(openPage(sealed, { dataset: id, number, tags }, key));
      for (const [i, record] of records.entries()) {
        row++;
        events++;
        const event = eventOf(record);
        const tag = tags.subarray(i * TAG_BYTES, (i + 1) * TAG_BYTES);
        if (isNo(event.state) && event.at === '' && undatedIn(counts) > 0)
          open.push({ event, tag: tag.slice(), source, file, row });
        else {
          index.add(event, tags, i * TAG_BYTES);
          if (mayBeOpen && isNo(event.state)) dated.add(tag, source);
        }
        if (isNo(event.state)) refusers?.add(looseFingerprint(record[subject] ?? ''), tag);
        if (known !== null && known.of(tags, i * TAG_BYTES) === 0)
          others.push({ event, subject: record[subject] ?? '', file, row, dataset: id });
      }
    }
  }
  const undated = open.filter(({ tag, source }) => !dated.isAfter(tag, source));
  for (const { event, tag } of undated) index.add(event, tag, 0);
  return { others, events, undated: undated.map(({ file, row }) => ({ file, row })) };
}

interface OpenNo extends UndatedNo {
  readonly event: ConsentEvent;
  readonly tag: Uint8Array;
  /** Place of its ledger among those that were imported. */
  readonly source: number;
}

/** Who said no at a time that is known, and in which ledger last. */
class DatedNoes {
  readonly #last = new Map<string, number>();

  add(tag: Uint8Array, source: number): void {
    this.#last.set(hex(tag), source);
  }

  /** Whether a ledger that was imported later has it. */
  isAfter(tag: Uint8Array, source: number): boolean {
    return (this.#last.get(hex(tag)) ?? -1) > source;
  }
}

const undatedCounts = z.object({ undated: z.int().min(0) });

/** How many no's without a time that can be read a check heard. */
export function undatedOf(counts: Counts): number {
  return undatedIn(counts);
}

/** Rows of a ledger whose time could not be read. */
function undatedIn(counts: Counts): number {
  const read = undatedCounts.safeParse(counts, howToRead());
  return read.success ? read.data.undated : 0;
}

/**
 * Whom the ledgers name and no customer file; null where there is no ledger, or no customer file to compare it with.
 *
 * @param listener told of each of their events
 * @param decided under which deal, and what somebody says about them; else nothing is decided
 */
export async function findUnmatched(
  session: Session,
  listener: UnmatchedListener | null = null,
  decided: { readonly terms: Terms; readonly said: UnmatchedDecision | null } | null = null,
): Promise<(Unmatched & { readonly of: number }) | null> {
  const kept = session.workspace.read.datasets().filter(({ state }) => state === 'kept');
  const sources = kept.filter(isLedger);
  // Whoever went is somebody, also where no record is left.
  const isAnybody =
    kept.some(({ kind, content }) => kind === 'customers' && content === 'cells') ||
    session.workspace.read.bundles().some(({ direction }) => direction === 'out');
  if (sources.length === 0 || !isAnybody) return null;
  const { others, events } = await gatherEvents(session, sources, new ConsentLedger());
  const decision = decided === null ? null : (decided.said ?? decidedBefore(session, decided.terms, sources));
  return { ...(await matchOthers(session, others, new ConsentLedger(), decision, listener)), of: events };
}

/** Who was asked under the deal waits for an answer: that is no word of the person's, and makes no ledger. */
function addAsked(session: Session, index: ConsentLedger, { id, buyer }: Terms): void {
  const { read } = session.workspace;
  for (const batch of read.campaign.batches(id)) {
    const asked = { state: 'requested', at: batch.time, recipient: buyer.name, notice: batch.text } as const;
    const event: ConsentEvent = { ...asked, purpose: '', method: '', evidence: '' };
    for (const { tags } of read.campaign.asked(batch.id))
      for (let at = 0; at < tags.length; at += TAG_BYTES) index.add(event, tags, at);
  }
}

/** What was decided at the last check under the deal, if it heard these ledgers and no others: a new one has to be decided anew. */
function decidedBefore(
  session: Session,
  terms: Terms,
  sources: readonly Dataset[],
): UnmatchedDecision | null {
  const last = session.workspace.read.checks().findLast(({ deal }) => deal === dealDigest(terms));
  if (last === undefined || last.ledgers.length !== sources.length) return null;
  if (!sources.every(({ id }) => last.ledgers.includes(id))) return null;
  const { decision, unread } = unmatchedOf(last.counts);
  const isNews = unreadNoes(session.workspace.read).datasets.some((id) => !unread.datasets.includes(id));
  return isNews ? null : decision;
}

const schema = z.object({
  events: z.int().min(0),
  noes: z.int().min(0),
  decision: z.enum(UNMATCHED_DECISIONS).nullable(),
  unread: z
    .object({ rows: z.int().min(0), datasets: z.array(z.string()) })
    .default({ rows: 0, datasets: [] }),
});

/** What a check kept of the events that match nobody. */
export function unmatchedOf(counts: Counts): z.infer<typeof schema> {
  const read = schema.safeParse(counts['unmatched'], howToRead());
  return read.success ? read.data : { events: 0, noes: 0, decision: null, unread: { rows: 0, datasets: [] } };
}

/** Adds the no's of the other customer files. */
async function addRefusals(
  session: Session,
  index: ConsentLedger,
  judged: readonly string[],
  refusers: RefuserList,
): Promise<void> {
  const files = session.workspace.read
    .datasets()
    .filter(
      ({ id, kind, content, state }) =>
        kind === 'customers' &&
        content === 'cells' &&
        state === 'kept' &&
        !(judged.length === 1 && judged.includes(id)),
    );
  const { vault } = await session.keys();
  const heard = heardTimes(session.workspace.read);
  for (const { id, keyId, columns, imported } of files) {
    if (!mayRefuse(columns)) continue;
    const key = vault.get(keyId);
    const refusalsOf = compileRefusals('customers', columns, heard.get(id) ?? imported);
    const subject = columns.indexOf('customer_no');
    for (const { number, sealed, tags } of session.workspace.read.pages(id)) {
      const records = recordsOf(openPage(sealed, { dataset: id, number, tags }, key));
      for (const [i, record] of records.entries()) {
        const tag = tags.subarray(i * TAG_BYTES, (i + 1) * TAG_BYTES);
        for (const event of refusalsOf(record)) {
          index.add({ ...event, dataset: id }, tags, i * TAG_BYTES);
          refusers.add(looseFingerprint(record[subject] ?? ''), tag);
        }
      }
    }
  }
}

/** What a person told the firm, as an event that names nobody and so concerns every recipient; null for what is no no. */
function toldEvent({ kind, purpose, time }: SubjectMark): ConsentEvent | null {
  if (kind === 'erasure' || kind === 'corrected') return null;
  return {
    state: kind === 'objection' ? 'objected' : kind,
    at: time,
    recipient: '',
    purpose: purpose ?? '',
    method: '',
    evidence: '',
    told: kind,
  };
}
