import { restraintWords } from '../../../messages/screens/restraint.js';
import { placeHold } from '../../../steps/retention/restraints.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';
import { coveredBy, drawPlaced, restraintJson, shortRestraint } from '../../show/restraint.js';

/** `handover hold add`: a case that forbids purging until somebody releases it. */
export const run: Run<'hold add'> = async (context, { options }) => {
  const { lang, dryRun } = context;
  const covered = coveredBy(context, options, 'hold add');
  const { case: title, reason } = options;
  const placed = await withSession(context.workspaceFolder(), context.runtime, (session) =>
    placeHold(session, { covered, title, reason, dryRun }),
  );
  const { restraint, records, notFound } = placed;
  return {
    json: { ...restraintJson(placed), records, not_found: [...notFound] },
    screen: (screen) => drawPlaced(screen, placed, context),
    next: dryRun
      ? []
      : [
          {
            say: restraintWords[lang].release,
            command: `handover hold release ${shortRestraint(restraint.id)} --reason …`,
          },
        ],
  };
};
