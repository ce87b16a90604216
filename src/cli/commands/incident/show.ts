import { viewIncident } from '../../../steps/incident/incident.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';
import { drawIncident, incidentJson, incidentNexts } from '../../show/incident.js';

/** `handover incident show`: scope, clocks and timeline of one incident. */
export const run: Run<'incident show'> = async (context, { arguments: args }) => {
  const { lang, runtime } = context;
  const view = await withSession(context.workspaceFolder(), runtime, async (session) =>
    viewIncident(session, args.incident),
  );
  return {
    json: incidentJson(view, runtime.now()),
    screen: (screen) => {
      drawIncident(screen, view, runtime.now(), lang);
      screen.gap();
    },
    next: incidentNexts(view, lang),
  };
};
