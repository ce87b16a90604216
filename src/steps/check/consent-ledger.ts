import type { Sha256 } from '../../base/crypto.js';
import { TAG_BYTES } from '../../base/tagger.js';
import { recordsOf } from '../../dataset/page.js';
import type { Terms } from '../../deal/terms.js';
import type { ConsentEvent } from '../../policy/consent.js';
import { compileEvents, ConsentLedger } from '../../policy/consent-ledger.js';
import { compileRefusals, mayRefuse } from '../../policy/refusals.js';
import type { SubjectMark } from '../../store/rows.js';
import { openPage } from '../../store/sealed-pages.js';
import type { Session } from '../session/session.js';

export interface LoadedConsentLedger {
  /** What the ledgers and the persons themselves said. */
  readonly index: ConsentLedger;
  /** How many events of it the ledgers hold. */
  readonly events: number;
  /** Ids of the datasets that were read. */
  readonly datasets: readonly string[];
  /** Digests of the files that they came from. */
  readonly files: readonly Sha256[];
}

/**
 * Reads into memory, found by subject tag, what is known of persons beside the record that is judged: every imported consent ledger, every
 * no of another customer file, and what persons told the firm itself. So a no is held beside the record as any event of a ledger is,
 * whatever it came by: no import forgets it, and only a later good yes undoes it (PIPL-15, law.md §1.3).
 *
 * @param judged the datasets that are judged; one alone says all its no's itself. None before the file is imported
 */
export async function loadConsentLedger(
  session: Session,
  terms: Terms,
  judged: readonly string[],
): Promise<LoadedConsentLedger> {
  const index = new ConsentLedger();
  const sources = session.workspace.read
    .datasets()
    .filter((dataset) => dataset.kind === 'consents' && dataset.state === 'kept');
  const { vault } = await session.keys();
  for (const { id, keyId, columns } of sources) {
    const key = vault.get(keyId);
    const eventOf = compileEvents(columns);
    for (const { number, sealed, tags } of session.workspace.read.pages(id)) {
      const records = recordsOf(openPage(sealed, { dataset: id, number, tags }, key));
      records.forEach((record, i) => {
        index.add(eventOf(record), tags, i * TAG_BYTES);
      });
    }
  }
  const events = index.size;
  await addRefusals(session, index, judged);
  const purposes = terms.purposes.map(({ id }) => id);
  for (const mark of session.workspace.read.subjectMarks()) {
    // Withdrawing one purpose concerns only a deal that has it.
    if (mark.purpose !== null && !purposes.includes(mark.purpose)) continue;
    const told = toldEvent(mark);
    if (told !== null) index.add(told, mark.tag, 0);
  }
  return { index, events, datasets: sources.map((d) => d.id), files: sources.map((d) => d.sha256) };
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
