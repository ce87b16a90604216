import { incidentWords } from '../../../messages/screens/incident.js';
import { closeIncident } from '../../../steps/incident/incident.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';
import { drawIncident, incidentJson } from '../../show/incident.js';

/** `handover incident close`: how it ended and what changes, once nothing is owed any more. */
export const run: Run<'incident close'> = async (context, { arguments: args, options }) => {
  const { lang, dryRun, runtime } = context;
  const words = incidentWords[lang];
  const closed = await withSession(context.workspaceFolder(), runtime, async (session) =>
    closeIncident(session, {
      id: args.incident,
      outcome: options.outcome,
      corrective: options.corrective,
      unfounded: options.unfounded,
      dryRun,
    }),
  );
  return {
    json: incidentJson(closed, runtime.now()),
    screen: (screen) => {
      screen.good(dryRun ? words.wouldClose(closed.id) : words.closedNow(closed.id)).gap();
      drawIncident(screen, closed, runtime.now(), lang);
    },
  };
};
