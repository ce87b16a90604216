import { houseWords } from '../../../messages/screens/house.js';
import { addPerson } from '../../../steps/house/people.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';
import { dayGiven, personFacts, personJson } from '../../show/house.js';

/** `handover people add`: somebody who has to do with customers' data. */
export const run: Run<'people add'> = async (context, { arguments: args, options }) => {
  const { lang, dryRun } = context;
  const words = houseWords[lang].people;
  const input = {
    name: args.name,
    role: options.role,
    since: dayGiven(options.since, '--since'),
    contact: options.contact ?? null,
    uscc: options.uscc ?? null,
    identified: options.identified ?? null,
    dryRun,
  };
  const person = await withSession(context.workspaceFolder(), context.runtime, (session) =>
    addPerson(session, input),
  );
  return {
    json: personJson(person),
    screen: (screen) => {
      screen.good(dryRun ? words.would : words.added);
      screen.facts(personFacts(person, lang));
    },
    next: dryRun
      ? []
      : [
          {
            say: words.promise,
            command: `handover people update ${context.typed(person.name)} --paper …`,
          },
        ],
  };
};
