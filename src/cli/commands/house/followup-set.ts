import { followupWords } from '../../../messages/screens/followup.js';
import { dayOf } from '../../../base/time.js';
import { grouped } from '../../../report/numbers.js';
import { setFollowup } from '../../../steps/house/followup.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';
import { drawFollowups, followupJson } from '../../show/followup.js';

/** `handover followup set`: what is to be done after a handover. */
export const run: Run<'followup set'> = async (context, { arguments: args, options }) => {
  const { lang, dryRun, runtime } = context;
  const words = followupWords[lang];
  const input = { deal: args.deal ?? null, owner: options.owner ?? null, dryRun };
  const done = await withSession(context.workspaceFolder(), runtime, (session) =>
    setFollowup(session, input),
  );
  const { holders, fen, sessions, running } = done.services;
  const open = done.tasks.find((task) => task.done === null && task.owner === null);
  return {
    json: {
      deal: done.deal,
      since: done.since,
      holders,
      fen,
      sessions,
      running,
      tasks: done.tasks.map(followupJson),
    },
    screen: (screen) => {
      screen.good((dryRun ? words.would : words.set)(done.deal));
      screen.facts([
        [words.since, done.since],
        [words.holders, words.persons(grouped(holders))],
        ...(holders === 0
          ? []
          : [
              [words.money, words.yuan((fen / 100).toFixed(2))] as const,
              [words.sessions, String(sessions)] as const,
            ]),
        [words.running, words.persons(grouped(running))],
      ]);
      if (holders > 0) screen.under(words.law);
      screen.gap();
      drawFollowups(screen, done.tasks, dayOf(runtime.now()), lang);
    },
    next:
      dryRun || open === undefined
        ? []
        : [{ say: words.assign, command: `handover followup update ${open.id} --owner …` }],
  };
};
