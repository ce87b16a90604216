import { restraintWords } from '../../../messages/screens/restraint.js';
import { placeHold } from '../../../steps/retention/restraints.js';
import { inHouse } from '../../../steps/session/house.js';
import type { Run } from '../../context.js';
import { coveredBy, drawPlaced, restraintJson, shortRestraint } from '../../show/restraint.js';

/** `handover hold add`: a case that forbids purging until somebody releases it. */
export const run: Run<'hold add'> = async (context, { options }) => {
  const { lang, dryRun } = context;
  const covered = coveredBy(context, options, 'hold add');
  const { case: title, reason } = options;
  const placed = await inHouse(context.workspaceFolder(), context.around, (house) =>
    placeHold(house, { covered, title, reason, dryRun }),
  );
  const { restraint, records, notFound } = placed;
  return {
    json: { ...restraintJson(placed), records, not_found: [...notFound] },
    page: (page) => drawPlaced(page, placed, context),
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
