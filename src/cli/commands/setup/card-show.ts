import { partyWords } from '../../../messages/screens/party.js';
import { ownCard, cardViewOf } from '../../../steps/session/cards.js';
import { withSession } from '../../../steps/session/session.js';
import { viewCard } from '../../../steps/setup/card.js';
import type { Run } from '../../context.js';
import { cardFacts, cardJson } from '../../show/card.js';

/** `handover card show`: one's own card, or what a file claims. */
export const run: Run<'card show'> = async (context, { arguments: args }) => {
  const words = partyWords[context.lang];
  const file = args.card;
  const view =
    file === undefined
      ? await withSession(context.workspaceFolder(), context.runtime, async (session) =>
          cardViewOf(ownCard(session.workspace.info)),
        )
      : viewCard(context.path(file));
  return {
    json: { own: file === undefined, card: cardJson(view) },
    screen: (screen) => {
      screen.facts(cardFacts(view, context.lang));
      if (file !== undefined) screen.say(words.claimed);
    },
    next:
      file === undefined
        ? [{ say: words.sendCard, command: `handover trust add ${words.theirCard}` }]
        : [{ say: '', command: `handover trust add ${context.typed(context.path(file))}` }],
  };
};
