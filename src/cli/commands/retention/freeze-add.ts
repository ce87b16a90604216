import { readDate } from '../../../base/time.js';
import { BASES } from '../../../messages/bases.js';
import { fail } from '../../../messages/error.js';
import { restraintWords } from '../../../messages/screens/restraint.js';
import { placeFreeze } from '../../../steps/retention/restraints.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';
import { coveredBy, drawPlaced, restraintJson } from '../../show/restraint.js';

/** `handover freeze add`: records that a law wants kept, stored and secured and nothing else. */
export const run: Run<'freeze add'> = async (context, { options }) => {
  const { lang, dryRun } = context;
  const covered = coveredBy(context, options, 'freeze add');
  const since = readDate(options.from) ?? fail({ code: 'TIME_INVALID', document: '--from' });
  const basis =
    BASES.find((id) => id === options.basis) ??
    fail({ code: 'CLI_OPTION_VALUE', option: '--basis', allowed: BASES });
  const { reason } = options;
  const placed = await withSession(context.workspaceFolder(), context.runtime, (session) =>
    placeFreeze(session, { covered, basis, since, reason, dryRun }),
  );
  return {
    json: { ...restraintJson(placed), records: placed.records, not_found: [...placed.notFound] },
    screen: (screen) => drawPlaced(screen, placed, context),
    next: dryRun ? [] : [{ say: restraintWords[lang].overview, command: 'handover retention list' }],
  };
};
