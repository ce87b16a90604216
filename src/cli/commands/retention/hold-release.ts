import { restraintWords } from '../../../messages/screens/restraint.js';
import { endRestraint } from '../../../steps/retention/restraints.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';
import { drawEnded, restraintJson } from '../../show/restraint.js';

/** `handover hold release`: what the hold kept may be purged when it is due. */
export const run: Run<'hold release'> = async (context, { arguments: args, options }) => {
  const { lang, dryRun } = context;
  const view = await withSession(context.workspaceFolder(), context.runtime, (session) =>
    endRestraint(session, 'hold', args.hold, { reason: options.reason, dryRun }),
  );
  return {
    json: restraintJson(view),
    screen: (screen) => drawEnded(screen, view, context),
    next: dryRun ? [] : [{ say: restraintWords[lang].overview, command: 'handover retention list' }],
  };
};
