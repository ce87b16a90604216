import { partyWords } from '../../../messages/screens/party.js';
import { withSession } from '../../../steps/session/session.js';
import { removableCard, removeCard } from '../../../steps/setup/trust.js';
import type { Run } from '../../context.js';
import { cardFacts, cardJson } from '../../show/card.js';

/** `handover trust remove`: a card is good for nothing new any more. */
export const run: Run<'trust remove'> = async (context, { arguments: args }) => {
  const { lang, dryRun } = context;
  const words = partyWords[lang];
  const card = await withSession(context.workspaceFolder(), context.runtime, async (session) => {
    const found = removableCard(session, args.card);
    if (dryRun) return found;
    context.say((screen) => screen.facts(cardFacts(found, lang)));
    await context.confirm(words.removeQuestion(found.card.name));
    return removeCard(session, found.digest);
  });
  return {
    json: { card: cardJson(card), state: card.state },
    screen: (screen) => {
      screen.good(dryRun ? words.wouldRemove(card.card.name) : words.removed(card.card.name));
      screen.under(words.stillVerified);
    },
    next: [{ say: words.seeAll, command: 'handover trust list' }],
  };
};
