import { purgeWords } from '../../../messages/screens/purge.js';
import { retentionWords } from '../../../messages/screens/retention.js';
import { grouped } from '../../../report/numbers.js';
import { replayErasures } from '../../../steps/purge/replay.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';
import { drawPlan, planJson } from '../../show/purge.js';
import { nextAfterPlan } from './plan.js';

/** `handover purge replay`: plans to erase again whoever was erased before and came back. */
export const run: Run<'purge replay'> = async (context, { arguments: args, options }) => {
  const { lang, dryRun } = context;
  const words = retentionWords[lang].replay;
  const ledger = args.ledger === undefined ? null : context.path(args.ledger);
  const { clockIsRight } = options;
  const { persons, taken, view } = await withSession(context.workspaceFolder(), context.runtime, (session) =>
    replayErasures(session, { ledger, clockIsRight, dryRun }),
  );
  return {
    json: { ledger_persons: persons, taken, ...(view === null ? { plan: null } : planJson(view)) },
    screen: (screen) => {
      screen.say(words.ledger(grouped(persons)));
      if (taken && !dryRun) screen.say(words.taken);
      if (view === null) screen.good(words.nobody);
      else {
        screen.gap();
        drawPlan(screen, view, lang, context.shown);
        screen.gap().good(dryRun ? purgeWords[lang].wouldPlan : purgeWords[lang].planned);
      }
    },
    next: dryRun || view === null ? [] : nextAfterPlan(view, lang),
  };
};
