import { EXIT } from '../../../messages/exit.js';
import { bundleWords } from '../../../messages/screens/bundle.js';
import { lotsWords } from '../../../messages/screens/lots.js';
import { grouped } from '../../../report/numbers.js';
import { assembleBundle } from '../../../steps/export/assemble.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';
import { drawExported, exportedJson } from '../../show/exported.js';

/** `handover bundle assemble`: one signed bundle of lots that were sealed anywhere. */
export const run: Run<'bundle assemble'> = async (context, { arguments: args, options }) => {
  const { lang, dryRun } = context;
  const words = lotsWords[lang];
  const { out } = options;
  const sent = await withSession(context.workspaceFolder(), context.runtime, (session) =>
    assembleBundle(session, {
      folder: context.path(args.folder),
      out: out === undefined ? null : context.path(out),
      dryRun,
    }),
  );
  return {
    json: { parts: sent.lots, ...exportedJson(sent, dryRun) },
    screen: (screen) => {
      drawExported(screen, sent, context, [[words.lots, words.complete(grouped(sent.lots))]]);
    },
    next: dryRun
      ? []
      : [
          {
            say: bundleWords[lang].sendIt,
            command: `handover receive ${sent.deal}-${sent.number}.receipt.html`,
          },
        ],
    ...(sent.undated > 0 ? { exit: EXIT.findings } : {}),
  };
};
