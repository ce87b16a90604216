import { partyWords } from '../../../messages/screens/party.js';
import { placeholders } from '../../../messages/screens/placeholders.js';
import { claimedCardAt, cardViewOf } from '../../../steps/session/cards.js';
import { withSession } from '../../../steps/session/session.js';
import { rehearseTrust, trustCard } from '../../../steps/setup/trust.js';
import type { Run } from '../../context.js';
import { askFingerprint, cardFacts, cardJson } from '../../show/card.js';

/** `handover trust add`: pins a card after its fingerprint was compared. */
export const run: Run<'trust add'> = async (context, { arguments: args, options }) => {
  const words = partyWords[context.lang];
  const path = context.path(args.card);
  const dir = context.workspaceFolder();
  const claimed = claimedCardAt(path);
  const typed = options.fingerprint ?? (await askFingerprint(context, cardViewOf(claimed)));
  const { view, role } = await withSession(dir, context.runtime, async (session) => ({
    view: context.dryRun ? rehearseTrust(session, path, typed) : await trustCard(session, path, typed),
    role: session.workspace.info.role,
  }));

  return {
    json: { card: cardJson(view) },
    screen: (screen) => {
      screen.good(context.dryRun ? words.wouldTrust(view.card.name) : words.trusted(view.card.name));
      screen.facts(cardFacts(view, context.lang));
    },
    next: [
      role === 'seller'
        ? { say: words.thenDeal, command: 'handover deal init' }
        : { say: words.thenSign, command: `handover deal sign ${placeholders[context.lang].DEAL}` },
    ],
  };
};
