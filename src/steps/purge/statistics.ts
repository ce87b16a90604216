import { fieldOf } from '../../dataset/fields.js';
import { compileStatistics } from '../../policy/statistics.js';
import { DISPOSITIONS } from '../../retention/disposition.js';
import type { PurgePlan } from '../../retention/purge-plan.js';
import type { Counts } from '../../store/columns.js';
import { dispositions } from '../retention/dispositions.js';
import type { Session } from '../session/session.js';
import { openRecords } from '../session/stored-records.js';
import { purgeSelectionOf } from './draw-up.js';

/**
 * Counts the records that a plan will purge, dataset by dataset, while they can still be read. What comes out is anonymous: it can be
 * stored when they are gone.
 */
export async function takeStatistics(
  session: Session,
  plan: PurgePlan,
): Promise<readonly { readonly dataset: string; readonly counts: Counts }[]> {
  const { read } = session.workspace;
  const { vault } = await session.keys();
  const asking = purgeSelectionOf(session, plan.scope, read.retention.purgeSubjects(plan.purge));
  const found: { dataset: string; counts: Counts }[] = [];
  for (const { dataset: id, kind, shares } of plan.datasets) {
    const dataset = read.dataset(id);
    if (dataset === undefined || kind !== 'customers' || shares.every(({ purge }) => purge === 0)) continue;
    const columns = dataset.columns.flatMap((name) => fieldOf(name)?.name ?? []);
    const counter = compileStatistics(columns);
    const key = vault.get(dataset.keyId);
    for (const { number, dispositions: page } of dispositions(read, dataset, asking, plan.day)) {
      session.runtime.signal.throwIfAborted();
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

const PURGE = DISPOSITIONS.indexOf('purge');
