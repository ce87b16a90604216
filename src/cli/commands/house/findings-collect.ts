import { followupWords } from '../../../messages/screens/followup.js';
import { collectFindings } from '../../../steps/house/findings.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';
import { drawFindings, findingJson, trendFacts, trendJson } from '../../show/followup.js';

/** `handover findings collect`: a run of the self-audit that is kept, and what changed. */
export const run: Run<'findings collect'> = async (context) => {
  const { lang, dryRun } = context;
  const words = followupWords[lang];
  const trend = await withSession(context.workspaceFolder(), context.runtime, (session) =>
    collectFindings(session, { dryRun }),
  );
  const open = [...trend.standing, ...trend.fresh];
  const first = open.find(({ owner }) => owner === null);
  return {
    json: { ...trendJson(trend), findings: open.map((finding) => findingJson(finding, lang)) },
    screen: (screen) => {
      screen.good(dryRun ? words.findings.would : words.findings.collected);
      screen.facts(trendFacts(trend, lang));
      screen.gap();
      drawFindings(screen, open, lang);
    },
    next:
      dryRun || first === undefined
        ? []
        : [{ say: words.assign, command: `handover findings update ${first.id} --owner … --due …` }],
  };
};
