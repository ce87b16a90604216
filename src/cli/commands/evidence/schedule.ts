import type { Routine } from '../../../audit/schedule.js';
import { eachLang, type Lang } from '../../../messages/lang.js';
import { punctuation } from '../../../messages/punctuation.js';
import { scheduleWords } from '../../../messages/screens/schedule.js';
import { citationOf } from '../../../policy/laws.js';
import { auditSchedule } from '../../../steps/evidence/schedule.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';

const routines: Readonly<Record<Lang, Readonly<Record<Routine, string>>>> = eachLang(
  (lang) => scheduleWords[lang].routines,
);

/** What does it. */
const COMMANDS: Readonly<Record<Routine, string>> = {
  'self-audit': 'handover findings collect',
  training: 'handover papers draft --only training',
  drill: 'handover papers draft --only drill',
  catalogue: 'handover laws',
};

/** `handover audit schedule`: what comes round, and when it is due. */
export const run: Run<'audit schedule'> = async (context) => {
  const { lang } = context;
  const words = scheduleWords[lang];
  const schedule = await withSession(context.workspaceFolder(), context.runtime, async (session) =>
    auditSchedule(session),
  );
  const [first] = schedule.filter(({ isOverdue }) => isOverdue);
  return {
    json: {
      schedule: schedule.map(({ what, last, due, isOverdue, laws }) => ({
        what,
        last,
        due,
        overdue: isOverdue,
        laws: [...laws],
      })),
    },
    screen: (screen) => {
      screen.table(
        [{ title: words.what }, { title: words.last }, { title: words.due }, { title: words.basis }],
        schedule.map(({ what, last, due, laws }) => [
          routines[lang][what],
          last ?? words.never,
          last === null ? words.now : due,
          laws.map((id) => citationOf(id, lang)).join(punctuation[lang].list),
        ]),
      );
      for (const { what, isOverdue } of schedule)
        if (isOverdue) screen.warn(words.overdue(routines[lang][what]));
      screen.say(words.periods);
    },
    next: first === undefined ? [] : [{ say: words.begin, command: COMMANDS[first.what] }],
  };
};
