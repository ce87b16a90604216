import { dayOf } from '../../../base/time.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';
import { drawFollowups, followupJson } from '../../show/followup.js';

/** `handover followup list`: what is still to be done. */
export const run: Run<'followup list'> = async (context, { options }) => {
  const today = dayOf(context.runtime.now());
  const tasks = await withSession(context.workspaceFolder(), context.runtime, async (session) =>
    session.workspace.read.followups(),
  );
  const shown = tasks
    .filter(({ done }) => options.all || done === null)
    .filter(({ owner }) => options.owner === undefined || owner === options.owner);
  return {
    json: {
      overdue: shown.filter(({ due, done }) => done === null && due < today).length,
      tasks: shown.map(followupJson),
    },
    screen: (screen) => drawFollowups(screen, shown, today, context.lang),
  };
};
