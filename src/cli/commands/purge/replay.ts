import { purgeWords } from '../../../messages/screens/purge.js';
import { retentionWords } from '../../../messages/screens/retention.js';
import { grouped } from '../../../report/numbers.js';
import { replayErasures } from '../../../steps/purge/replay.js';
import { inHouse } from '../../../steps/session/house.js';
import type { Run } from '../../context.js';
import { drawPlan, planJson } from '../../show/purge.js';
import { nextAfterPlan } from './plan.js';

/** `handover purge replay`: plans to erase again whoever was erased before and came back. */
export const run: Run<'purge replay'> = async (context, { arguments: args, options }) => {
  const { lang, dryRun } = context;
  const words = retentionWords[lang].replay;
  const ledger = args.ledger === undefined ? null : context.path(args.ledger);
  const { clockIsRight } = options;
  const { persons, taken, view } = await inHouse(context.workspaceFolder(), context.around, (house) =>
    replayErasures(house, { ledger, clockIsRight, dryRun }),
  );
  return {
    json: { ledger_persons: persons, taken, ...(view === null ? { plan: null } : planJson(view)) },
    page: (page) => {
      page.say(words.ledger(grouped(persons)));
      if (taken && !dryRun) page.say(words.taken);
      if (view === null) page.good(words.nobody);
      else {
        page.gap();
        drawPlan(page, view, lang, context.shown);
        page.gap().good(dryRun ? purgeWords[lang].wouldPlan : purgeWords[lang].planned);
      }
    },
    next: dryRun || view === null ? [] : nextAfterPlan(view, lang),
  };
};
