import { fail } from '../../messages/error.js';
import type { Dataset, StoredPage } from '../../store/rows.js';
import type { Writer } from '../../store/workspace.js';
import type { House, Keys } from '../session/house.js';
import { openRecords, sealRecords } from '../session/stored-records.js';
import type { SubjectPlace } from '../session/subject-tags.js';

/** What a dataset holds about a person at one place. */
export interface SubjectRecord {
  readonly place: SubjectPlace;
  /** Every field of the dataset in its order, '' where there is no value. */
  readonly values: readonly FieldValue[];
}

export interface FieldValue {
  readonly field: string;
  readonly value: string;
}

/** Opens the records of a person, each page once. */
export async function recordsAt(
  house: House,
  places: readonly SubjectPlace[],
): Promise<readonly SubjectRecord[]> {
  const { vault } = await house.keys();
  const found: SubjectRecord[] = [];
  for (const group of byPage(places)) {
    const [{ dataset, page }] = group;
    const records = openRecords(dataset, storedPage(house, dataset, page), vault.get(dataset.keyId));
    for (const place of group) {
      const { cells } = records[place.position] ?? damaged();
      found.push({
        place,
        values: dataset.columns.map((field, i) => ({ field, value: cells[i] ?? '' })),
      });
    }
  }
  return found;
}

/** New cells of a record, from its cells; in the order of the dataset's columns. */
export type CellChange = (cells: readonly string[], place: SubjectPlace) => readonly string[];

/**
 * Changes records where they stand. Their pages are sealed again under the same key, tags and verdicts stay; the former page is overwritten
 * in the database, and out of its log when the command ends.
 */
export function rewriteRecords(
  house: House,
  { vault }: Keys,
  write: Writer,
  places: readonly SubjectPlace[],
  change: CellChange,
): void {
  for (const group of byPage(places)) {
    const [{ dataset, page }] = group;
    const stored = storedPage(house, dataset, page);
    const key = vault.get(dataset.keyId);
    const records = openRecords(dataset, stored, key);
    for (const place of group) {
      const record = records[place.position] ?? damaged();
      records[place.position] = { ...record, cells: change(record.cells, place) };
    }
    const sealed = sealRecords(dataset, page, records, key, house.around.random);
    write.replacePage({ dataset: dataset.id, ...stored, sealed }, []);
  }
}

function storedPage(house: House, dataset: Dataset, page: number): StoredPage {
  return house.workspace.read.page(dataset.id, page) ?? damaged();
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
