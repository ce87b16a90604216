import { dayOf } from '../../../base/time.js';
import { partyWords } from '../../../messages/screens/party.js';
import { withSession } from '../../../steps/session/session.js';
import { trustedCards } from '../../../steps/setup/trust.js';
import type { Run } from '../../context.js';
import { cardJson } from '../../show/card.js';

/** `handover trust list`: the pinned cards. */
export const run: Run<'trust list'> = async (context) => {
  const words = partyWords[context.lang];
  const cards = await withSession(context.workspaceFolder(), context.runtime, async (session) =>
    trustedCards(session),
  );
  return {
    json: { cards: cards.map((card) => ({ ...cardJson(card), compared: card.compared, state: card.state })) },
    screen: (screen) => {
      if (cards.length === 0) screen.say(words.none);
      else {
        screen.table(
          [
            { title: words.fingerprint },
            { title: words.comparedAt },
            { title: words.role },
            { title: words.party },
          ],
          cards.map(({ fingerprint, compared, state, card }) => [
            fingerprint,
            dayOf(compared),
            card.role === undefined ? '–' : words[card.role],
            state === 'trusted' ? card.name : `${card.name} ${words.cardStates[state]}`,
          ]),
        );
      }
    },
    next:
      cards.length === 0 ? [{ say: words.addFirst, command: `handover trust add ${words.theirCard}` }] : [],
  };
};
