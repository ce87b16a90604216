import { existsSync } from 'node:fs';
import { incidentWords } from '../../../messages/screens/incident.js';
import { openIncident } from '../../../steps/incident/incident.js';
import { inHouse } from '../../../steps/session/house.js';
import type { Run } from '../../context.js';
import { drawIncident, incidentJson, incidentNexts } from '../../show/incident.js';

/** `handover incident open`: registers what happened, who was in it, and which clocks run. */
export const run: Run<'incident open'> = async (context, { options }) => {
  const { lang, dryRun, around } = context;
  const words = incidentWords[lang];
  const bundle = options.bundle === undefined ? null : pathOrName(options.bundle);
  const opened = await inHouse(context.workspaceFolder(), around, (house) =>
    openIncident(house, {
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
    json: incidentJson(opened, around.now()),
    page: (page) => {
      page.good(dryRun ? words.wouldOpen(opened.id) : words.opened(opened.id)).gap();
      drawIncident(page, opened, around.now(), lang);
      page.gap();
    },
    next: dryRun ? [] : incidentNexts(opened, lang),
  };
};
