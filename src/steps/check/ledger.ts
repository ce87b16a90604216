import type { Sha256 } from '../../base/crypto.js';
import { TAG_BYTES } from '../../base/tagger.js';
import { recordsOf } from '../../dataset/page.js';
import type { Terms } from '../../deal/terms.js';
import type { ConsentEvent } from '../../policy/consent.js';
import { compileEvents, Ledger } from '../../policy/ledger.js';
import type { SubjectMark } from '../../store/rows.js';
import { openPage } from '../../store/sealed-pages.js';
import type { House } from '../session/house.js';

export interface LoadedLedger {
  /** What the ledgers and the persons themselves said. */
  readonly index: Ledger;
  /** How many events of it the ledgers hold. */
  readonly events: number;
  /** Ids of the datasets that were read. */
  readonly datasets: readonly string[];
  /** Digests of the files that they came from. */
  readonly files: readonly Sha256[];
}

/**
 * Reads every imported consent ledger into memory, found by subject tag, and with them what persons told the firm itself. So a no that came
 * by a command is held beside the file's columns as any other event is: no import forgets it, and only a later good yes undoes it
 * (PIPL-15, law.md §1.3).
 */
export async function loadLedger(house: House, terms: Terms): Promise<LoadedLedger> {
  const index = new Ledger();
  const sources = house.workspace.read
    .datasets()
    .filter((dataset) => dataset.kind === 'consents' && dataset.state === 'kept');
  const { vault } = await house.keys();
  for (const { id, keyId, columns } of sources) {
    const key = vault.get(keyId);
    const eventOf = compileEvents(columns);
    for (const { number, sealed, tags } of house.workspace.read.pages(id)) {
      const records = recordsOf(openPage(sealed, { dataset: id, number }, key));
      records.forEach((record, i) => {
        index.add(eventOf(record), tags, i * TAG_BYTES);
      });
    }
  }
  const events = index.size;
  const purposes = terms.purposes.map(({ id }) => id);
  for (const mark of house.workspace.read.subjectMarks()) {
    // Withdrawing one purpose concerns only a deal that has it.
    if (mark.purpose !== null && !purposes.includes(mark.purpose)) continue;
    const told = toldEvent(mark);
    if (told !== null) index.add(told, mark.tag, 0);
  }
  return { index, events, datasets: sources.map((d) => d.id), files: sources.map((d) => d.sha256) };
}

/** What a person told the firm, as an event that names nobody and so concerns every recipient; null for what is no no. */
function toldEvent({ kind, purpose, time }: SubjectMark): ConsentEvent | null {
  if (kind !== 'withdrawn' && kind !== 'objection') return null;
  return {
    state: kind === 'withdrawn' ? 'withdrawn' : 'objected',
    at: time,
    recipient: '',
    purpose: purpose ?? '',
    method: '',
    evidence: '',
    told: kind,
  };
}
