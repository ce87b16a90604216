import type { SecretKey } from '../base/crypto.js';
import { inflatePage } from '../bundle/member.js';
import { type FieldName, fieldOf } from '../dataset/fields.js';
import { type ImportedRecord, recordsOf } from '../dataset/page.js';
import { compileStatistics } from '../policy/statistics.js';
import { FATES } from '../retention/fate.js';
import type { PurgePlan } from '../retention/purge-plan.js';
import type { Counts, Dataset, StoredPage } from '../store/rows.js';
import { openBytes, openPage } from '../store/sealed-pages.js';
import { fates } from './fates.js';
import type { House } from './house.js';
import { askingOf } from './purge-plan.js';

/**
 * Counts the records that a plan will purge, dataset by dataset, while they can still be read. What comes out is anonymous: it can be
 * stored when they are gone.
 */
export async function takeStatistics(
  house: House,
  plan: PurgePlan,
): Promise<readonly { readonly dataset: string; readonly counts: Counts }[]> {
  const { read } = house.workspace;
  const { vault } = await house.keys();
  const asking = askingOf(house, plan.scope, read.purgeSubjects(plan.purge));
  const found: { dataset: string; counts: Counts }[] = [];
  for (const { dataset: id, kind, shares } of plan.datasets) {
    const dataset = read.dataset(id);
    if (dataset === undefined || kind !== 'customers' || shares.every(({ purge }) => purge === 0)) continue;
    const columns = dataset.columns.flatMap((name) => fieldOf(name)?.name ?? []);
    const counter = compileStatistics(columns);
    const key = vault.get(dataset.keyId);
    for (const { number, fates: page } of fates(read, dataset, asking, plan.day)) {
      house.around.signal.throwIfAborted();
      if (!page.includes(PURGE)) continue;
      const stored = read.page(id, number);
      if (stored === undefined) continue;
      for (const [i, record] of opened(dataset, stored, key, columns).entries())
        if (page[i] === PURGE) counter.add(record);
    }
    const counts: Counts = JSON.parse(JSON.stringify(counter.end()));
    found.push({ dataset: id, counts });
  }
  return found;
}

const PURGE = FATES.indexOf('purge');

/** The records of a page, in the order of their columns, whether they were imported or received. */
function opened(
  dataset: Dataset,
  page: StoredPage,
  key: SecretKey,
  columns: readonly FieldName[],
): readonly ImportedRecord[] {
  const place = { dataset: dataset.id, number: page.number };
  if (dataset.content === 'cells') return recordsOf(openPage(page.sealed, place, key));
  const lines = inflatePage(openBytes(page.sealed, place, key), dataset.file, page.records)
    .toString('utf8')
    .split('\n');
  lines.pop();
  return lines.map((line) => {
    // Every row was checked against the signed schema before it was stored: an object of texts and nulls.
    const row: Record<string, string | null> = JSON.parse(line);
    const cells: readonly string[] = columns.map((name) => row[name] ?? '');
    return cells as ImportedRecord;
  });
}
