import { followupWords } from '../../../messages/screens/followup.js';
import { trendOf } from '../../../steps/house/findings.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';
import { drawFindings, findingJson, trendFacts, trendJson } from '../../show/followup.js';

/** `handover findings list`: open findings, and what changed since the self-audit before. */
export const run: Run<'findings list'> = async (context, { options }) => {
  const { lang } = context;
  const { findings, trend } = await withSession(
    context.workspaceFolder(),
    context.runtime,
    async (session) => ({
      findings: session.workspace.read.house.findings(),
      trend: trendOf(session),
    }),
  );
  const shown = findings
    .filter(({ closed }) => options.all || closed === null)
    .filter(({ owner }) => options.owner === undefined || owner === options.owner);
  return {
    json: { ...trendJson(trend), findings: shown.map((finding) => findingJson(finding, lang)) },
    screen: (screen) => {
      screen.facts(trendFacts(trend, lang));
      screen.gap();
      drawFindings(screen, shown, lang);
    },
    next:
      trend.last === null
        ? [{ say: followupWords[lang].findings.collect, command: 'handover findings collect' }]
        : [],
  };
};
