import { fieldOf } from '../../dataset/fields.js';
import { compileStatistics, type Statistics } from '../../policy/statistics.js';
import { customerList, replacedRecords } from '../session/list.js';
import type { Session } from '../session/session.js';
import { openRecords } from '../session/stored-records.js';

/**
 * The customer list as totals that point at nobody (PIPL-73-4): what a buyer may see before anything is signed. Null where there is no list.
 */
export async function listTotals(session: Session): Promise<Statistics | null> {
  const { read } = session.workspace;
  const files = customerList(read);
  if (files.length === 0) return null;
  const { vault } = await session.keys();
  const names = [...new Set(files.flatMap(({ columns }) => columns))];
  const counter = compileStatistics(names.flatMap((name) => fieldOf(name)?.name ?? []));
  const known = names.filter((name) => fieldOf(name) !== undefined);
  for (const { dataset, number, replaced } of replacedRecords(read, files)) {
    session.runtime.signal.throwIfAborted();
    const page = read.page(dataset.id, number);
    if (page === undefined) continue;
    const gone = new Set(replaced);
    const at = known.map((name) => dataset.columns.indexOf(name));
    for (const [i, { cells }] of openRecords(dataset, page, vault.get(dataset.keyId)).entries())
      if (!gone.has(i)) counter.add(at.map((column) => cells[column] ?? ''));
  }
  return counter.end();
}
