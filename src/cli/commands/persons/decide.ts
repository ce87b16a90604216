import { subjectWords } from '../../../messages/screens/subject.js';
import { grouped } from '../../../report/numbers.js';
import { openDeals } from '../../../steps/deal/standing.js';
import { decidePair } from '../../../steps/persons/decide.js';
import { pendingNotices } from '../../../steps/persons/late-notices.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';
import { afterPending } from '../../show/notices.js';

/** `handover subject decide`: two customer numbers that look like one person are one, or two. */
export const run: Run<'subject decide'> = async (context, { arguments: args, options }) => {
  const { lang, dryRun } = context;
  const words = subjectWords[lang];
  const decision = options.as;
  const saidBy = options.saidBy ?? null;
  const { done, deals, pending } = await withSession(
    context.workspaceFolder(),
    context.runtime,
    async (session) => {
      const done = await decidePair(session, {
        first: args.first,
        second: args.second,
        decision,
        saidBy,
        dryRun,
      });
      const ids = openDeals(session.workspace.read);
      return { done, deals: ids, pending: pendingNotices(session) };
    },
  );
  const { shared, released, late } = done;
  const [deal] = deals.slice(-1);
  return {
    json: { decision, shared, released, late: { released: late.persons, told: late.told } },
    screen: (screen) => {
      screen.good((dryRun ? words.wouldPair : words.pair)[decision]);
      screen.say(words.pairMeans[decision]);
      if (released > 0) screen.say(words.pairReleased(grouped(released)));
      if (late.persons > 0) screen.say(words.pairNotLate(grouped(late.persons)));
      if (late.told > 0) screen.say(words.pairTold);
      if (shared > 0) screen.warn(words.pairShared(grouped(shared)));
    },
    next: dryRun
      ? []
      : [
          ...(shared === 0 ? [] : [{ say: words.pairWhose, command: words.pairWhoseCommand }]),
          ...afterPending(pending, lang),
          ...(deal === undefined
            ? []
            : [{ say: words.checkAgain, command: `handover check --deal ${deal}` }]),
        ],
  };
};
