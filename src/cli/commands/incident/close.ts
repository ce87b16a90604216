import { incidentWords } from '../../../messages/screens/incident.js';
import { closeIncident } from '../../../steps/incident/incident.js';
import { inHouse } from '../../../steps/session/house.js';
import type { Run } from '../../context.js';
import { drawIncident, incidentJson } from '../../show/incident.js';

/** `handover incident close`: how it ended and what changes, once nothing is owed any more. */
export const run: Run<'incident close'> = async (context, { arguments: args, options }) => {
  const { lang, dryRun, around } = context;
  const words = incidentWords[lang];
  const closed = await inHouse(context.workspaceFolder(), around, async (house) =>
    closeIncident(house, {
      id: args.incident,
      outcome: options.outcome,
      corrective: options.corrective,
      unfounded: options.unfounded,
      dryRun,
    }),
  );
  return {
    json: incidentJson(closed, around.now()),
    page: (page) => {
      page.good(dryRun ? words.wouldClose(closed.id) : words.closedNow(closed.id)).gap();
      drawIncident(page, closed, around.now(), lang);
    },
  };
};
