import { partyWords } from '../../../messages/screens/party.js';
import { inHouse } from '../../../steps/session/house.js';
import { replaceCard, viewSuccessor } from '../../../steps/setup/trust.js';
import type { Run } from '../../context.js';
import { cardFacts, cardJson } from '../../show/card.js';

/** `handover trust replace`: the card that follows a trusted one, signed by the former key too. */
export const run: Run<'trust replace'> = async (context, { arguments: args }) => {
  const { lang, dryRun } = context;
  const words = partyWords[lang];
  const path = context.path(args.card);
  const { card, former } = await inHouse(context.workspaceFolder(), context.around, async (house) => {
    const seen = viewSuccessor(house, path);
    if (dryRun) return seen;
    context.say((page) => page.facts(cardFacts(seen.card, lang)));
    await context.confirm(words.replaceQuestion(seen.card.card.name));
    return replaceCard(house, path);
  });
  return {
    json: { card: cardJson(card), former: former.digest },
    page: (page) => {
      page.good(dryRun ? words.wouldReplace(card.card.name) : words.replaced(card.card.name));
      page.facts(cardFacts(card, lang)).under(words.formerServes);
    },
    next: [{ say: words.seeAll, command: 'handover trust list' }],
  };
};
