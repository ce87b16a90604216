import { noticeWords } from '../../../messages/screens/notice.js';
import { subjectWords } from '../../../messages/screens/subject.js';
import { decidePair } from '../../../steps/persons/decide.js';
import { pendingNotices } from '../../../steps/persons/late.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';

/** `handover subject decide`: two customer numbers that look like one person are one, or two. */
export const run: Run<'subject decide'> = async (context, { arguments: args, options }) => {
  const { lang, dryRun } = context;
  const words = subjectWords[lang];
  const decision = options.as;
  const { deals, isPending } = await withSession(
    context.workspaceFolder(),
    context.runtime,
    async (session) => {
      await decidePair(session, { first: args.first, second: args.second, decision, dryRun });
      const ids = session.workspace.read.deals().map(({ id }) => id);
      return { deals: ids, isPending: pendingNotices(session).length > 0 };
    },
  );
  const [deal] = deals.slice(-1);
  return {
    json: { decision },
    screen: (screen) => {
      screen.good((dryRun ? words.wouldPair : words.pair)[decision]);
      screen.say(words.pairMeans[decision]);
    },
    next: dryRun
      ? []
      : [
          ...(isPending ? [{ say: noticeWords[lang].pendingNext, command: 'handover notice send' }] : []),
          ...(deal === undefined
            ? []
            : [{ say: words.checkAgain, command: `handover check --deal ${deal}` }]),
        ],
  };
};
