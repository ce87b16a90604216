import { viewIncident } from '../../../steps/incident/incident.js';
import { inHouse } from '../../../steps/session/house.js';
import type { Run } from '../../context.js';
import { drawIncident, incidentJson, incidentNexts } from '../../show/incident.js';

/** `handover incident show`: scope, clocks and timeline of one incident. */
export const run: Run<'incident show'> = async (context, { arguments: args }) => {
  const { lang, around } = context;
  const view = await inHouse(context.workspaceFolder(), around, async (house) =>
    viewIncident(house, args.incident),
  );
  return {
    json: incidentJson(view, around.now()),
    page: (page) => {
      drawIncident(page, view, around.now(), lang);
      page.gap();
    },
    next: incidentNexts(view, lang),
  };
};
