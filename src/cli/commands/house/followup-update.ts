import { followupWords } from '../../../messages/screens/followup.js';
import { updateFollowup } from '../../../steps/house/followup.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';
import { followupFacts, followupJson } from '../../show/followup.js';
import { dayGiven } from '../../show/house.js';

/** `handover followup update`: who does a task and until when, or that it is done. */
export const run: Run<'followup update'> = async (context, { arguments: args, options }) => {
  const { lang, dryRun } = context;
  const words = followupWords[lang];
  const input = {
    task: args.task,
    owner: options.owner ?? null,
    due: dayGiven(options.due, '--due'),
    done: options.done ?? null,
    dryRun,
  };
  const task = await withSession(context.workspaceFolder(), context.runtime, (session) =>
    updateFollowup(session, input),
  );
  return {
    json: followupJson(task),
    screen: (screen) => {
      screen.good(dryRun ? words.wouldUpdate : words.updated);
      screen.facts(followupFacts(task, lang));
    },
    next: dryRun ? [] : [{ say: words.list, command: 'handover followup list' }],
  };
};
