import { utf8 } from '../../base/bytes.js';
import { type Sha256, sha256 } from '../../base/crypto.js';
import { canonicalJson } from '../../base/json.js';
import { cleanName } from '../../policy/reason.js';
import { fieldOf } from '../../dataset/fields.js';
import { fail } from '../../messages/error.js';
import {
  besideShown,
  compileStatistics,
  type ShownTotals,
  type Statistics,
  statisticsSchema,
} from '../../policy/statistics.js';
import type { Counts } from '../../store/columns.js';
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

/** How many rows a made-up sample has. */
export const SAMPLE_ROWS = 20;

/**
 * What of the totals a firm may be shown, after what firms were shown before.
 *
 * @throws HandoverError WORKSPACE_DAMAGED
 */
export function mayBeShown(session: Session, totals: Statistics): ShownTotals {
  const earlier = session.workspace.read.shownTotals().map((one) => {
    const read = statisticsSchema.safeParse(one.totals);
    return read.success ? read.data : fail({ code: 'WORKSPACE_DAMAGED', name: 'handover.db' });
  });
  return besideShown(totals, earlier);
}

/**
 * Notes who was shown which totals before anything was signed, and with which sample (CC-501, PIPL-6): in the log by digest, and the totals
 * themselves beside it, so that later ones can be held against them.
 *
 * @param to name of the firm
 * @throws HandoverError HOUSE_NAME
 */
export async function noteShown(
  session: Session,
  { totals, held }: ShownTotals,
  input: { readonly to: string; readonly sample: Sha256 | null },
): Promise<string> {
  const to = cleanName(input.to);
  await session.keys();
  const counts: Counts = JSON.parse(JSON.stringify(totals));
  const digest = sha256(utf8(canonicalJson(counts)));
  session.record(
    {
      action: 'totals-shown',
      objects: { totals: digest, ...(input.sample === null ? {} : { sample: input.sample }) },
      details: {
        to,
        total: totals.total,
        dimensions: Object.keys(totals.dimensions),
        ...(held === 0 ? {} : { held }),
      },
    },
    (write) => write.addShownTotals({ digest, shownTo: to, totals: counts, time: session.now }),
  );
  return to;
}
