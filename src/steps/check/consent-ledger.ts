import { z } from 'zod';
import type { Sha256 } from '../../base/crypto.js';
import { TAG_BYTES } from '../../base/tagger.js';
import { dealDigest } from '../../deal/signed-deal.js';
import { recordsOf } from '../../dataset/page.js';
import type { Terms } from '../../deal/terms.js';
import type { ConsentEvent } from '../../policy/consent.js';
import { compileEvents, ConsentLedger } from '../../policy/consent-ledger.js';
import { compileRefusals, mayRefuse } from '../../policy/refusals.js';
import { UNMATCHED_DECISIONS, type UnmatchedDecision } from '../../policy/near.js';
import type { Counts, Dataset, SubjectMark } from '../../store/rows.js';
import { openPage } from '../../store/sealed-pages.js';
import type { Session } from '../session/session.js';
import { knownPersons, matchOthers, type Unmatched, type UnmatchedEvent } from './unmatched.js';

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
    .filter((dataset) => dataset.kind === 'consents' && dataset.state === 'kept');
  const { vault } = await session.keys();
  const known = sources.length === 0 ? null : knownPersons(session);
  const others: UnmatchedEvent[] = [];
  let events = 0;
  for (const { id, keyId, columns, file } of sources) {
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
        index.add(event, tags, i * TAG_BYTES);
        if (known !== null && known.of(tags, i * TAG_BYTES) === 0)
          others.push({ event, subject: record[subject] ?? '', file, row });
      }
    }
  }
  const decision = said ?? decidedBefore(session, terms, sources);
  const unmatched = await matchOthers(session, others, index, decision);
  addAsked(session, index, terms);
  await addRefusals(session, index, judged);
  const purposes = terms.purposes.map(({ id }) => id);
  for (const mark of session.workspace.read.subjectMarks()) {
    // Withdrawing one purpose concerns only a deal that has it.
    if (mark.purpose !== null && !purposes.includes(mark.purpose)) continue;
    const told = toldEvent(mark);
    if (told !== null) index.add(told, mark.tag, 0);
  }
  const [datasets, files] = [sources.map(({ id }) => id), sources.map(({ sha256 }) => sha256)];
  return { index, events, datasets, files, unmatched };
}

/** Who was asked under the deal waits for an answer: that is no word of the person's, and makes no ledger. */
function addAsked(session: Session, index: ConsentLedger, { id, buyer }: Terms): void {
  const { read } = session.workspace;
  for (const batch of read.batches(id)) {
    const asked = { state: 'requested', at: batch.time, recipient: buyer.name, notice: batch.text } as const;
    const event: ConsentEvent = { ...asked, purpose: '', method: '', evidence: '' };
    for (const { tags } of read.asked(batch.id))
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
  return unmatchedOf(last.counts).decision;
}

const schema = z.object({
  events: z.int().min(0),
  noes: z.int().min(0),
  decision: z.enum(UNMATCHED_DECISIONS).nullable(),
});

/** What a check kept of the events that match nobody. */
export function unmatchedOf(counts: Counts): z.infer<typeof schema> {
  const read = schema.safeParse(counts['unmatched']);
  return read.success ? read.data : { events: 0, noes: 0, decision: null };
}

/** Adds the no's of the other customer files. */
async function addRefusals(session: Session, index: ConsentLedger, judged: readonly string[]): Promise<void> {
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
  for (const { id, keyId, columns, imported } of files) {
    if (!mayRefuse(columns)) continue;
    const key = vault.get(keyId);
    const refusalsOf = compileRefusals('customers', columns, imported);
    for (const { number, sealed, tags } of session.workspace.read.pages(id)) {
      const records = recordsOf(openPage(sealed, { dataset: id, number, tags }, key));
      for (const [i, record] of records.entries())
        for (const event of refusalsOf(record)) index.add({ ...event, dataset: id }, tags, i * TAG_BYTES);
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
