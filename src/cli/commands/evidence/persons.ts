import { personsCountWords } from '../../../messages/screens/persons-count.js';
import { grouped } from '../../../report/numbers.js';
import type { Fact } from '../../../report/screen.js';
import { noteOtherPersons, type PersonTotals, personTotals } from '../../../steps/evidence/persons.js';
import { withSession } from '../../../steps/session/session.js';
import type { Lang } from '../../../messages/lang.js';
import type { Run } from '../../context.js';

/** `handover audit persons`: how many persons the firm handles, and what it says of those who are elsewhere. */
export const run: Run<'audit persons'> = async (context, { options }) => {
  const { lang, dryRun } = context;
  const words = personsCountWords[lang];
  const { others, abroad = 0, abroadSensitive = 0 } = options;
  const totals = await withSession(context.workspaceFolder(), context.runtime, async (session) =>
    others === undefined
      ? personTotals(session)
      : noteOtherPersons(session, { persons: others, abroad, abroadSensitive, dryRun }),
  );
  const { here, said, total, small } = totals;
  return {
    json: {
      here,
      others: said?.persons ?? null,
      said: said?.on ?? null,
      total,
      small,
      abroad: totals.abroad,
    },
    screen: (screen) => {
      if (others !== undefined) screen.good(dryRun ? words.wouldNote : words.noted);
      screen.facts(totalFacts(totals, lang));
    },
    next: said === null && !dryRun ? [{ say: words.say, command: 'handover audit persons --others' }] : [],
  };
};

function totalFacts({ here, said, total, small, abroad }: PersonTotals, lang: Lang): readonly Fact[] {
  const words = personsCountWords[lang];
  return [
    [words.here, words.persons(grouped(here))],
    [words.others, said === null ? words.unsaid : words.on(grouped(said.persons), said.on)],
    ...(total === null || small === null
      ? []
      : [
          [words.total, words.persons(grouped(total))] as const,
          [words.size, small ? words.small : words.large] as const,
        ]),
    ...(abroad === null ? [] : [[words.abroad, words.states[abroad]] as const]),
  ];
}
