import { incidentWords } from '../../../messages/screens/incident.js';
import { grouped } from '../../../report/numbers.js';
import { incidents } from '../../../steps/incident/incident.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';
import { incidentJson, kindOf, nearestText } from '../../show/incident.js';

/** `handover incident list`: every incident with what it still owes. */
export const run: Run<'incident list'> = async (context) => {
  const { lang, runtime } = context;
  const words = incidentWords[lang];
  const now = runtime.now();
  const all = await withSession(context.workspaceFolder(), runtime, async (session) => incidents(session));
  const open = all.filter(({ closed }) => closed === null);
  return {
    json: { incidents: all.map((incident) => incidentJson(incident, now)) },
    screen: (screen) => {
      if (all.length === 0) {
        screen.say(words.none);
        return;
      }
      const { id, what, persons, nearest } = words.columns;
      screen.table(
        [{ title: id }, { title: what }, { title: persons, right: true }, { title: nearest }],
        all.map((incident) => [
          incident.id,
          kindOf(incident, lang),
          grouped(incident.facts.scope.persons),
          incident.closed === null ? nearestText(incident, now, lang) : words.closed,
        ]),
      );
    },
    next: open
      .slice(0, 1)
      .map(({ id }) => ({ say: words.nexts.show, command: `handover incident show ${id}` })),
  };
};
