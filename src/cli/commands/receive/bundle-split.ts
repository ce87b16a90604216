import { lotsWords } from '../../../messages/screens/lots.js';
import { grouped } from '../../../report/numbers.js';
import { splitBundle } from '../../../steps/receive/split.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';
import { jobPlaces } from '../../show/job.js';

/** `handover bundle split`: a verified bundle whose parts other machines open. */
export const run: Run<'bundle split'> = async (context, { arguments: args, options }) => {
  const { dryRun } = context;
  const words = lotsWords[context.lang];
  const input = {
    path: context.path(args.bundle),
    folder: context.path(args.folder),
    key: context.path(options.key),
    outOfOrder: options.outOfOrder,
    dryRun,
  };
  const made = await withSession(context.workspaceFolder(), context.runtime, (session) =>
    splitBundle(session, input),
  );
  const { path, folder, key } = input;
  const [typed, bundle] = [context.typed(folder), context.typed(path)];
  return {
    json: { ...made, folder, key },
    screen: (screen) => {
      screen.facts([
        [words.lots, words.toOpen(grouped(made.parts), grouped(made.rows))],
        ...jobPlaces(context, { folder, key }, words),
      ]);
    },
    next: dryRun
      ? []
      : [
          {
            say: words.openEach,
            command: `handover bundle open-part ${typed} 1 --bundle ${bundle} --key ${context.typed(key)}`,
          },
          { say: words.takeIn, command: `handover receive ${bundle} --opened ${typed}` },
        ],
  };
};
