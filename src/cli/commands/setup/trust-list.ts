import { dayOf } from '../../../base/time.js';
import { partyWords } from '../../../messages/screens/party.js';
import { inHouse } from '../../../steps/session/house.js';
import { trustedCards } from '../../../steps/setup/trust.js';
import type { Run } from '../../context.js';
import { cardJson } from '../../show/card.js';

/** `handover trust list`: the pinned cards. */
export const run: Run<'trust list'> = async (context) => {
  const words = partyWords[context.lang];
  const cards = await inHouse(context.workspaceFolder(), context.around, async (house) =>
    trustedCards(house),
  );
  return {
    json: { cards: cards.map((card) => ({ ...cardJson(card), compared: card.compared })) },
    page: (page) => {
      if (cards.length === 0) page.say(words.none);
      else {
        page.table(
          [{ title: words.fingerprint }, { title: words.comparedAt }, { title: words.party }],
          cards.map((card) => [card.fingerprint, dayOf(card.compared), card.card.name]),
        );
      }
    },
    next:
      cards.length === 0 ? [{ say: words.addFirst, command: `handover trust add ${words.theirCard}` }] : [],
  };
};
