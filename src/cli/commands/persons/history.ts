import type { EventAction } from '../../../audit/event.js';
import type { Json } from '../../../base/json.js';
import { readInstant } from '../../../base/time.js';
import { eachLang, type Lang } from '../../../messages/lang.js';
import { auditWords } from '../../../messages/screens/audit.js';
import { subjectWords } from '../../../messages/screens/subject.js';
import { localTime } from '../../../report/times.js';
import { subjectHistory } from '../../../steps/persons/show.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';
import { factsAbout, factsJson } from '../../show/subject.js';

const actionWords: Readonly<Record<Lang, Readonly<Record<EventAction, string>>>> = eachLang(
  (lang) => auditWords[lang].actions,
);

/** `handover subject history`: what happened with a person's record, and nothing of the record. */
export const run: Run<'subject history'> = async (context, { arguments: args }) => {
  const { lang } = context;
  const words = subjectWords[lang];
  const found = await withSession(context.workspaceFolder(), context.runtime, (session) =>
    subjectHistory(session, args.id),
  );
  const timeText = (at: string): string => {
    const instant = readInstant(at);
    return instant === null ? at : localTime(instant);
  };
  return {
    json: {
      ...factsJson(found),
      consents: found.consents.map((entry) => ({ ...entry })),
      events: found.events.map(
        ({ seq, time, actor, action, objects, details }): Json => ({
          seq,
          time,
          operator: actor.operator,
          action,
          objects: { ...objects },
          details,
        }),
      ),
    },
    screen: (screen) => {
      if (found.isMinor) screen.warn(words.child);
      if (found.wasErased) screen.warn(words.erased);
      screen.facts([
        ...(found.consents.length === 0
          ? []
          : [
              [
                words.consents,
                ...found.consents.map(({ time, event, method }) =>
                  words.consent(timeText(time), event, method),
                ),
              ] as const,
            ]),
        ...factsAbout(found, lang),
      ]);
      screen.gap().heading(words.history);
      if (found.events.length === 0) screen.say(words.noEvents);
      for (const { time, actor, action } of found.events)
        screen.say(`${localTime(time)}  ${actionWords[lang][action]}  ${actor.operator}`);
    },
  };
};
