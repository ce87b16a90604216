import { lotsWords } from '../../../messages/screens/lots.js';
import { grouped } from '../../../report/numbers.js';
import { findDeal } from '../../../steps/deal/deal.js';
import { planLots } from '../../../steps/export/plan-lots.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';
import { jobPlaces } from '../../show/job.js';

/** `handover bundle plan`: what may go, cut into lots for many machines. */
export const run: Run<'bundle plan'> = async (context, { arguments: args, options }) => {
  const { dryRun } = context;
  const words = lotsWords[context.lang];
  const made = await withSession(context.workspaceFolder(), context.runtime, (session) =>
    planLots(session, {
      terms: findDeal(session, options.deal ?? null),
      folder: context.path(args.folder),
      key: context.path(options.key),
      lots: options.parts ?? null,
      again: options.again,
      dryRun,
    }),
  );
  const { bundle, deal, buyer, lots, rows, bytes, folder, key } = made;
  const counts = [grouped(lots), grouped(rows)] as const;
  const typed = context.typed(folder);
  return {
    json: { deal, buyer, bundle, parts: lots, rows, bytes, folder, key },
    screen: (screen) => {
      screen.facts([
        [words.lots, dryRun ? words.wouldPlan(...counts) : words.planned(...counts)],
        ...jobPlaces(context, { folder, key }, words),
      ]);
    },
    next: dryRun
      ? []
      : [
          {
            say: words.sealEach,
            command: `handover bundle seal-part ${typed} 1 --key ${context.typed(key)}`,
          },
          { say: words.assemble, command: `handover bundle assemble ${typed}` },
        ],
  };
};
