import { incidentWords } from '../../../messages/screens/incident.js';
import { updateIncident } from '../../../steps/incident/incident.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';
import { drawIncident, incidentJson, incidentNexts } from '../../show/incident.js';

/** `handover incident update`: what was found, what was done, who was told. */
export const run: Run<'incident update'> = async (context, { arguments: args, options }) => {
  const { lang, dryRun, runtime } = context;
  const words = incidentWords[lang];
  const updated = await withSession(context.workspaceFolder(), runtime, async (session) =>
    updateIncident(session, {
      id: args.incident,
      note: options.note ?? null,
      told: options.told ?? null,
      channel: options.channel ?? null,
      at: options.at ?? null,
      measure: options.measure ?? null,
      cause: options.cause ?? null,
      responsible: options.responsible ?? null,
      notTellingPersons: options.notTellingPersons ?? null,
      minors: options.minors ?? null,
      grade: options.grade ?? null,
      dryRun,
    }),
  );
  return {
    json: incidentJson(updated, runtime.now()),
    screen: (screen) => {
      screen.good(dryRun ? words.wouldUpdate(updated.id) : words.updated(updated.id)).gap();
      drawIncident(screen, updated, runtime.now(), lang);
      screen.gap();
    },
    next: dryRun ? [] : incidentNexts(updated, lang),
  };
};
