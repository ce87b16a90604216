import type { Json } from '../../../base/json.js';
import { publicWords } from '../../../messages/screens/public-page.js';
import { DIMENSIONS, type Statistics } from '../../../policy/statistics.js';
import { grouped } from '../../../report/numbers.js';
import { listTotals } from '../../../steps/evidence/totals.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';

/** `handover audit totals`: the customer list as totals that point at nobody. */
export const run: Run<'audit totals'> = async (context) => {
  const words = publicWords[context.lang].totals;
  const totals = await withSession(context.workspaceFolder(), context.runtime, listTotals);
  return {
    json: { totals: totals === null ? null : totalsJson(totals) },
    screen: (screen) => {
      if (totals === null) {
        screen.say(words.none);
        return;
      }
      screen.facts([[words.total, words.about(grouped(totals.total))]]);
      for (const dimension of DIMENSIONS) {
        const counts = totals.dimensions[dimension];
        if (counts === undefined) continue;
        screen.gap().heading(words.dimensions[dimension]);
        screen.bars(
          Object.entries(counts.cells).map(([label, count]) => ({ label, count })),
          totals.total,
        );
        if (counts.suppressed > 0) screen.under(words.suppressed(grouped(counts.suppressed)));
      }
      screen.gap().warn(words.note);
    },
  };
};

function totalsJson({ total, dimensions }: Statistics): Json {
  return {
    total,
    dimensions: Object.fromEntries(
      DIMENSIONS.flatMap((dimension) => {
        const counts = dimensions[dimension];
        return counts === undefined
          ? []
          : [[dimension, { cells: { ...counts.cells }, suppressed: counts.suppressed }] as const];
      }),
    ),
  };
}
