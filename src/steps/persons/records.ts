import type { EventDraft } from '../../audit/event.js';
import type { Random, SecretKey } from '../../base/crypto.js';
import { fail } from '../../messages/error.js';
import type { Dataset, StoredPage } from '../../store/dataset-rows.js';
import { openBytes, sealBytes } from '../../store/sealed-pages.js';
import type { Writer } from '../../store/workspace.js';
import type { Session, Keys } from '../session/session.js';
import { openRecords, sealRecords } from '../session/stored-records.js';
import type { SubjectPlace } from '../session/subject-tags.js';
import { endFormer, Former, type FormerEnded } from './former.js';

/** What a dataset holds about a person at one place. */
export interface SubjectRecord {
  readonly place: SubjectPlace;
  /** Every field of the dataset in its order, '' where there is no value. */
  readonly values: readonly FieldValue[];
}

interface FieldValue {
  readonly field: string;
  readonly value: string;
}

/** Opens the records of a person, each page once. */
export async function recordsAt(
  session: Session,
  places: readonly SubjectPlace[],
): Promise<readonly SubjectRecord[]> {
  const { vault } = await session.keys();
  const opened: SubjectRecord[] = [];
  for (const group of byPage(places)) {
    const [{ dataset: found, page }] = group;
    // A change in between gave it another key.
    const dataset = session.workspace.read.dataset(found.id) ?? damaged();
    const records = openRecords(dataset, storedPage(session, dataset, page), vault.get(dataset.keyId));
    for (const place of group) {
      const { cells } = records[place.position] ?? damaged();
      opened.push({
        place,
        values: dataset.columns.map((field, i) => ({ field, value: cells[i] ?? '' })),
      });
    }
  }
  return opened;
}

/** New cells of a record, from its cells; in the order of the dataset's columns. */
type CellChange = (cells: readonly string[], place: SubjectPlace) => readonly string[];

/** A change of records, and what goes with it in the same transaction. */
export interface Rewriting {
  readonly places: readonly SubjectPlace[];
  readonly change: CellChange;
  readonly event: EventDraft;
  readonly also?: (write: Writer) => void;
}

/**
 * Changes records in their place. Every page of their datasets is sealed again under a fresh key and the former key is destroyed, so that
 * what was replaced is gone as what a purge ends is: a copy of an old page opens no more, and no reader takes it for the present one. Tags
 * and verdicts stay. A former key whose run was killed is made up for by the next.
 */
export function rewriteRecords(session: Session, keys: Keys, rewriting: Rewriting): FormerEnded {
  const { vault } = keys;
  const former = new Former();
  const datasets = new Map(rewriting.places.map(({ dataset }) => [dataset.id, dataset]));
  // On disk before anything is sealed under them.
  const fresh = new Map([...datasets.keys()].map((id) => [id, vault.newKey('data')]));
  session.record(rewriting.event, (write) => {
    rewriting.also?.(write);
    for (const dataset of datasets.values()) {
      const to = fresh.get(dataset.id) ?? damaged();
      rewriteDataset(session, write, dataset, rewriting, {
        from: vault.get(dataset.keyId),
        to: to.key,
        former,
      });
      write.setDatasetKey(dataset.id, to.id, 'kept');
    }
  });
  return endFormer(session, keys, former, rewriting.event.objects);
}

interface KeyChange {
  readonly from: SecretKey;
  readonly to: SecretKey;
  readonly former: Former;
}

function rewriteDataset(
  session: Session,
  write: Writer,
  dataset: Dataset,
  { places, change }: Rewriting,
  keys: KeyChange,
): void {
  const { random } = session.runtime;
  for (const { number } of [...session.workspace.read.pageTags(dataset.id)]) {
    const page = storedPage(session, dataset, number);
    keys.former.addPage(page.sealed);
    const theirs = places.filter((place) => place.dataset.id === dataset.id && place.page === number);
    const sealed =
      theirs.length === 0
        ? moved(dataset, page, keys, random)
        : changed(dataset, page, theirs, change, keys, random);
    write.replacePage({ dataset: dataset.id, ...page, sealed }, []);
  }
}

function changed(
  dataset: Dataset,
  page: StoredPage,
  places: readonly SubjectPlace[],
  change: CellChange,
  { from, to, former }: KeyChange,
  random: Random,
): Uint8Array {
  const records = openRecords(dataset, page, from);
  for (const place of places) {
    const record = records[place.position] ?? damaged();
    const cells = change(record.cells, place);
    former.addCells(record.cells, cells);
    records[place.position] = { ...record, cells };
  }
  return sealRecords(dataset, page, records, to, random);
}

function moved(
  dataset: Dataset,
  { number, sealed, tags }: StoredPage,
  { from, to }: KeyChange,
  random: Random,
): Uint8Array {
  const place = { dataset: dataset.id, number, tags };
  return sealBytes(openBytes(sealed, place, from), place, to, random);
}

function storedPage(session: Session, dataset: Dataset, page: number): StoredPage {
  return session.workspace.read.page(dataset.id, page) ?? damaged();
}

function damaged(): never {
  return fail({ code: 'WORKSPACE_DAMAGED', name: 'handover.db' });
}

function byPage(places: readonly SubjectPlace[]): readonly (readonly [SubjectPlace, ...SubjectPlace[]])[] {
  const groups = new Map<string, [SubjectPlace, ...SubjectPlace[]]>();
  for (const place of places) {
    const name = `${place.dataset.id} ${place.page}`;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [place]);
    else group.push(place);
  }
  return [...groups.values()];
}
