import { z } from 'zod';
import { utf8 } from '../base/bytes.js';
import { gzipPage, inflatePage } from '../bundle/member.js';
import { LEDGER_COLUMNS } from '../dataset/ledger.js';
import { fieldOf } from '../dataset/fields.js';
import type { ValueKind } from '../dataset/kinds.js';
import { recordsOf, recordText } from '../dataset/page.js';
import { fail } from '../messages/error.js';
import type { Dataset, StoredPage } from '../store/rows.js';
import { openBytes, openPage, sealBytes, sealPage } from '../store/sealed-pages.js';
import type { Writer } from '../store/workspace.js';
import type { House, Keys } from './house.js';
import type { SubjectPlace } from './subject.js';

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
  const keys = await house.keys();
  const found: SubjectRecord[] = [];
  for (const group of byPage(places)) {
    const [{ dataset, page }] = group;
    const rows = openedRows(keys, dataset, storedPage(house, dataset, page));
    for (const place of group) {
      const row = rows[place.position] ?? damaged();
      found.push({
        place,
        values: dataset.columns.map((field, i) => ({ field, value: row.cells[i] ?? '' })),
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
  keys: Keys,
  write: Writer,
  places: readonly SubjectPlace[],
  change: CellChange,
): void {
  for (const group of byPage(places)) {
    const [{ dataset, page }] = group;
    const stored = storedPage(house, dataset, page);
    const rows = openedRows(keys, dataset, stored);
    for (const place of group) {
      const row = rows[place.position] ?? damaged();
      rows[place.position] = { ...row, cells: change(row.cells, place) };
    }
    const sealed = sealedRows(house, keys, dataset, page, rows);
    write.replacePage({ dataset: dataset.id, ...stored, sealed }, []);
  }
}

/** Cells in the order of the columns; a received row has besides the tag under which it came. */
interface Row {
  readonly tag: string;
  readonly cells: readonly string[];
}

const receivedRow = z.record(z.string(), z.string().nullable());

function openedRows({ vault }: Keys, dataset: Dataset, { number, sealed, records }: StoredPage): Row[] {
  const key = vault.get(dataset.keyId);
  const place = { dataset: dataset.id, number };
  if (dataset.content === 'cells')
    return recordsOf(openPage(sealed, place, key)).map((cells) => ({ tag: '', cells }));
  const lines = inflatePage(openBytes(sealed, place, key), dataset.file, records)
    .toString('utf8')
    .split('\n');
  lines.pop();
  return lines.map((line) => {
    // Checked against the signed schema before it was stored.
    const row = receivedRow.parse(JSON.parse(line));
    return { tag: row['_tag'] ?? '', cells: dataset.columns.map((name) => row[name] ?? '') };
  });
}

function sealedRows(
  house: House,
  { vault }: Keys,
  dataset: Dataset,
  number: number,
  rows: readonly Row[],
): Uint8Array {
  const key = vault.get(dataset.keyId);
  const place = { dataset: dataset.id, number };
  const { random } = house.around;
  if (dataset.content === 'cells')
    return sealPage(utf8(rows.map(({ cells }) => recordText(cells)).join('')), place, key, random);
  const lines = rows.map(({ tag, cells }) => {
    const named = dataset.columns.map((name, i) => [name, cells[i] === '' ? null : cells[i]]);
    return `${JSON.stringify({ _tag: tag, ...Object.fromEntries(named) })}\n`;
  });
  return sealBytes(gzipPage(utf8(lines.join(''))), place, key, random);
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

/** The kind of a field's values, in a customer file or in a consent ledger. */
export function kindOfField(dataset: Dataset, field: string): ValueKind {
  if (dataset.kind === 'consents')
    return LEDGER_COLUMNS.find((column) => column.name === field)?.kind ?? 'text';
  return fieldOf(field)?.kind ?? 'text';
}
