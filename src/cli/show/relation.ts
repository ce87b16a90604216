import { RELATIONS, type Relation } from '../../messages/relations.js';
import { listWords } from '../../messages/screens/list.js';
import { grouped } from '../../report/numbers.js';
import type { Difference } from '../../steps/import/import.js';
import type { CommandContext } from '../context.js';

/**
 * Asks what a customer file is, with the counts that tell; null where nobody can be asked. `--yes` answers nothing here: the four answers
 * hand over different people.
 */
export function relationAsker(
  context: CommandContext,
): ((difference: Difference) => Promise<Relation | null>) | null {
  const { ask, lang } = context;
  if (ask === null) return null;
  const words = listWords[lang];
  return async ({ added, changed, gone }) => {
    context.say((screen) => {
      screen.say(words.askIntro);
      screen.under(words.askNumbers(grouped(added), grouped(changed), grouped(gone)));
      for (const [i, relation] of RELATIONS.entries()) screen.under(`${i + 1}  ${words.ask[relation]}`);
    });
    const answer = (await ask(words.question)).trim();
    return RELATIONS.find((relation, i) => answer === relation || answer === `${i + 1}`) ?? null;
  };
}
