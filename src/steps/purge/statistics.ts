import { fieldOf } from '../../dataset/fields.js';
import { compileStatistics } from '../../policy/statistics.js';
import { FATES } from '../../retention/fate.js';
import type { PurgePlan } from '../../retention/purge-plan.js';
import type { Counts } from '../../store/rows.js';
import { fates } from '../retention/fates.js';
import type { House } from '../session/house.js';
import { openRecords } from '../session/stored-records.js';
import { askingOf } from './drawing.js';

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
      for (const [i, { cells }] of openRecords(dataset, stored, key).entries())
        if (page[i] === PURGE) counter.add(cells);
    }
    const counts: Counts = JSON.parse(JSON.stringify(counter.end()));
    found.push({ dataset: id, counts });
  }
  return found;
}

const PURGE = FATES.indexOf('purge');
