import { followupWords } from '../../../messages/screens/followup.js';
import { updateFinding } from '../../../steps/house/findings.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';
import { findingFacts, findingJson } from '../../show/followup.js';
import { dayGiven } from '../../show/house.js';

/** `handover findings update`: who puts a finding right and until when, or how it was put right. */
export const run: Run<'findings update'> = async (context, { arguments: args, options }) => {
  const { lang, dryRun } = context;
  const words = followupWords[lang];
  const input = {
    finding: args.finding,
    owner: options.owner ?? null,
    due: dayGiven(options.due, '--due'),
    closed: options.closed ?? null,
    dryRun,
  };
  const finding = await withSession(context.workspaceFolder(), context.runtime, (session) =>
    updateFinding(session, input),
  );
  return {
    json: findingJson(finding, lang),
    screen: (screen) => {
      screen.good(dryRun ? words.wouldUpdate : words.updated);
      screen.facts(findingFacts(finding, lang));
    },
    next: dryRun ? [] : [{ say: words.findings.list, command: 'handover findings list' }],
  };
};
