import { restraintWords } from '../../../messages/screens/restraint.js';
import { listRestraints } from '../../../steps/retention/restraints.js';
import { stands } from '../../../steps/retention/retention.js';
import { latestDay } from '../../../steps/session/clock.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';
import { drawList, restraintJson, shortRestraint } from '../../show/restraint.js';

/** `handover freeze list`: every freeze, ended ones included. */
export const run: Run<'freeze list'> = async (context) => {
  const { lang } = context;
  const words = restraintWords[lang];
  const { views, today } = await withSession(context.workspaceFolder(), context.runtime, async (session) => ({
    views: listRestraints(session, 'freeze'),
    today: latestDay(session),
  }));
  const standing = views.filter(({ restraint }) => stands(restraint, today)).at(-1);
  return {
    json: { freezes: views.map(restraintJson) },
    screen: (screen) => {
      if (views.length === 0) screen.say(words.noFreezes);
      else drawList(screen, views, today, lang);
    },
    next:
      standing === undefined
        ? []
        : [
            {
              say: words.end,
              command: `handover freeze end ${shortRestraint(standing.restraint.id)} --reason …`,
            },
          ],
  };
};
