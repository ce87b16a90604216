import { partyWords } from '../../../messages/screens/party.js';
import { inHouse } from '../../../steps/session/house.js';
import { removableCard, removeCard } from '../../../steps/setup/trust.js';
import type { Run } from '../../context.js';
import { cardFacts, cardJson } from '../../show/card.js';

/** `handover trust remove`: a card stands for nothing new any more. */
export const run: Run<'trust remove'> = async (context, { arguments: args }) => {
  const { lang, dryRun } = context;
  const words = partyWords[lang];
  const card = await inHouse(context.workspaceFolder(), context.around, async (house) => {
    const found = removableCard(house, args.card);
    if (dryRun) return found;
    context.say((page) => page.facts(cardFacts(found, lang)));
    await context.confirm(words.removeQuestion(found.card.name));
    return removeCard(house, found.digest);
  });
  return {
    json: { card: cardJson(card), state: card.state },
    page: (page) => {
      page.good(dryRun ? words.wouldRemove(card.card.name) : words.removed(card.card.name));
      page.under(words.stillVerified);
    },
    next: [{ say: words.seeAll, command: 'handover trust list' }],
  };
};
