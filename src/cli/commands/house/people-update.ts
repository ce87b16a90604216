import { houseWords } from '../../../messages/screens/house.js';
import { updatePerson } from '../../../steps/house/people.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';
import { dayGiven, personFacts, personJson } from '../../show/house.js';

/** `handover people update`: a promise, a training, a contact, the day of leaving. */
export const run: Run<'people update'> = async (context, { arguments: args, options }) => {
  const { lang, dryRun } = context;
  const words = houseWords[lang].people;
  const update = {
    who: args.who,
    promised: dayGiven(options.promised, '--promised'),
    paper: options.paper ?? null,
    trained: dayGiven(options.trained, '--trained'),
    topic: options.topic ?? null,
    contact: options.contact ?? null,
    identified: options.identified ?? null,
    gone: dayGiven(options.gone, '--gone'),
    dryRun,
  };
  const person = await withSession(context.workspaceFolder(), context.runtime, (session) =>
    updatePerson(session, update),
  );
  return {
    json: personJson(person),
    screen: (screen) => {
      screen.good(dryRun ? words.wouldUpdate : words.updated);
      screen.facts(personFacts(person, lang));
    },
  };
};
