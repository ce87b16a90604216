import { followupWords } from '../../../messages/screens/followup.js';
import { addFinding } from '../../../steps/house/findings.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';
import { findingFacts, findingJson } from '../../show/followup.js';
import { dayGiven } from '../../show/house.js';

/** `handover findings add`: what somebody else found. */
export const run: Run<'findings add'> = async (context, { arguments: args, options }) => {
  const { lang, dryRun } = context;
  const words = followupWords[lang].findings;
  const input = {
    text: args.text,
    owner: options.owner ?? null,
    due: dayGiven(options.due, '--due'),
    dryRun,
  };
  const finding = await withSession(context.workspaceFolder(), context.runtime, (session) =>
    addFinding(session, input),
  );
  return {
    json: findingJson(finding, lang),
    screen: (screen) => {
      screen.good(dryRun ? words.wouldAdd : words.added);
      screen.facts(findingFacts(finding, lang));
    },
    next: dryRun ? [] : [{ say: words.list, command: 'handover findings list' }],
  };
};
