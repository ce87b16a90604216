import { dayOf } from '../../../base/time.js';
import { followupWords } from '../../../messages/screens/followup.js';
import { grouped } from '../../../report/numbers.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';

/** `handover feedback list`: every file of complaints or answers. */
export const run: Run<'feedback list'> = async (context) => {
  const { lang } = context;
  const words = followupWords[lang].feedback;
  const feedback = await withSession(context.workspaceFolder(), context.runtime, async (session) =>
    session.workspace.read.house.feedback(),
  );
  return {
    json: { feedback: feedback.map((each) => ({ ...each, counts: { ...each.counts } })) },
    screen: (screen) => {
      if (feedback.length === 0) {
        screen.say(words.none);
        return;
      }
      screen.table(
        [{ title: words.day }, { title: words.file }, { title: words.what }],
        feedback.map(({ time, file, kind, counts }) => {
          const count = (name: string): string => grouped(Number(counts[name] ?? 0));
          const what =
            kind === 'survey' ? words.survey(count('rows')) : words.complaints(count('taken'), count('rows'));
          return [dayOf(time), file, what];
        }),
      );
    },
  };
};
