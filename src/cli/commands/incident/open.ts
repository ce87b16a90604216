import { existsSync } from 'node:fs';
import { incidentWords } from '../../../messages/screens/incident.js';
import { openIncident } from '../../../steps/incident/incident.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';
import { drawIncident, incidentJson, incidentNexts } from '../../show/incident.js';

/** `handover incident open`: registers what happened, who was in it, and which clocks run. */
export const run: Run<'incident open'> = async (context, { options }) => {
  const { lang, dryRun, runtime } = context;
  const words = incidentWords[lang];
  const bundle = options.bundle === undefined ? null : pathOrName(options.bundle);
  const opened = await withSession(context.workspaceFolder(), runtime, (session) =>
    openIncident(session, {
      what: options.what,
      bundle,
      dataset: options.dataset ?? null,
      discovered: options.discovered ?? null,
      grade: options.grade ?? null,
      suspected: options.suspected,
      gdpr: options.gdpr,
      summary: options.summary,
      dryRun,
    }),
  );

  /** A bundle is named by a file that is there, or by its id or the name of a file that is gone. */
  function pathOrName(given: string): string {
    const path = context.path(given);
    return existsSync(path) ? path : given;
  }
  return {
    json: incidentJson(opened, runtime.now()),
    screen: (screen) => {
      screen.good(dryRun ? words.wouldOpen(opened.id) : words.opened(opened.id)).gap();
      drawIncident(screen, opened, runtime.now(), lang);
      screen.gap();
    },
    next: dryRun ? [] : incidentNexts(opened, lang),
  };
};
