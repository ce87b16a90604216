import { dayOf } from '../../../base/time.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';
import { closingClocks } from '../../../steps/retention/duty-clocks.js';
import { closingJson, drawClosing } from '../../show/closing.js';
import { drawFollowups, followupJson } from '../../show/followup.js';

/** `handover followup list`: what is still to be done. */
export const run: Run<'followup list'> = async (context, { options }) => {
  const today = dayOf(context.runtime.now());
  const { tasks, closings } = await withSession(
    context.workspaceFolder(),
    context.runtime,
    async (session) => ({
      tasks: session.workspace.read.house.followups(),
      closings: closingClocks(session),
    }),
  );
  const shown = tasks
    .filter(({ done }) => options.all || done === null)
    .filter(({ owner }) => options.owner === undefined || owner === options.owner);
  return {
    json: {
      overdue: shown.filter(({ due, done }) => done === null && due < today).length,
      tasks: shown.map(followupJson),
      clocks: closings.flatMap(({ deal, clocks }) =>
        clocks.map((clock) => ({ deal, ...closingJson(clock) })),
      ),
    },
    screen: (screen) => {
      drawFollowups(screen, shown, today, context.lang);
      if (options.owner === undefined)
        drawClosing(screen, closings, { today, all: options.all }, context.lang);
    },
  };
};
