import { partyWords } from '../../../messages/screens/party.js';
import { withSession } from '../../../steps/session/session.js';
import {
  prepareReplacing,
  replaceCard,
  type Succession,
  trustSuccessor,
} from '../../../steps/setup/trust.js';
import type { Run } from '../../context.js';
import { askFingerprint, cardFacts, cardJson } from '../../show/card.js';

/** `handover trust replace`: a new card of a party in the place of the trusted one. */
export const run: Run<'trust replace'> = async (context, { arguments: args, options }) => {
  const { lang, dryRun } = context;
  const words = partyWords[lang];
  const path = context.path(args.card);
  const input = { path, former: options.former ?? null, dealsStay: options.dealsStay };
  const { card, former, deals } = await withSession(
    context.workspaceFolder(),
    context.runtime,
    async (session) => {
      const succession = prepareReplacing(session, input);
      const typed = options.fingerprint ?? (await compared(succession));
      trustSuccessor(session, succession, typed);
      if (dryRun) return succession;
      if (typed === null) context.say((screen) => screen.facts(cardFacts(succession.card, lang)));
      await context.confirm(words.replaceQuestion(succession.card.card.name));
      await replaceCard(session, succession, typed);
      return succession;
    },
  );

  async function compared({ card, formerSignature }: Succession): Promise<string | null> {
    return formerSignature === null ? askFingerprint(context, card) : null;
  }
  return {
    json: { card: cardJson(card), former: former.digest, deals: [...deals] },
    screen: (screen) => {
      screen.good(dryRun ? words.wouldReplace(card.card.name) : words.replaced(card.card.name));
      screen.facts(cardFacts(card, lang)).under(words.formerServes(deals));
    },
    next: [{ say: words.seeAll, command: 'handover trust list' }],
  };
};
