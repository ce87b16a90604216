import { roleName } from '../../../messages/people.js';
import { houseWords } from '../../../messages/screens/house.js';
import { grouped } from '../../../report/numbers.js';
import { dayOf } from '../../../base/time.js';
import { peopleGaps } from '../../../audit/people.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';
import { personJson } from '../../show/house.js';

/** `handover people list`: who has to do with customers' data, and what is missing. */
export const run: Run<'people list'> = async (context, { options }) => {
  const { lang } = context;
  const words = houseWords[lang].people;
  const { people, today } = await withSession(
    context.workspaceFolder(),
    context.runtime,
    async (session) => ({
      people: session.workspace.read.house.people(),
      today: dayOf(session.now),
    }),
  );
  const shown = options.all ? people : people.filter(({ gone }) => gone === null);
  const { unpromised, untrained } = peopleGaps(people, today);
  const [first] = untrained;
  return {
    json: {
      people: shown.map(personJson),
      unpromised: unpromised.length,
      untrained: untrained.length,
    },
    screen: (screen) => {
      if (shown.length === 0) {
        screen.say(words.none);
        return;
      }
      screen.table(
        [
          { title: words.name },
          { title: words.role },
          { title: words.promised },
          { title: words.trained },
          ...(options.all ? [{ title: words.gone }] : []),
        ],
        shown.map(({ name, role, facts, gone }) => [
          name,
          roleName(role, lang),
          facts.promised ?? words.notYet,
          facts.trained.at(-1)?.date ?? words.notYet,
          ...(options.all ? [gone ?? ''] : []),
        ]),
      );
      if (unpromised.length > 0) screen.warn(words.unpromised(grouped(unpromised.length)));
      if (untrained.length > 0) screen.warn(words.untrained(grouped(untrained.length)));
    },
    next:
      first === undefined
        ? []
        : [
            {
              say: words.train,
              command: `handover people update ${context.typed(first.name)} --trained ${today}`,
            },
          ],
  };
};
