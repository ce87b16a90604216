import { trustByFingerprint } from '../../../identity/trust.js';
import { fail } from '../../../messages/error.js';
import { partyWords } from '../../../messages/screens/party.js';
import { placeholders } from '../../../messages/screens/placeholders.js';
import { claimedCardAt, cardViewOf } from '../../../steps/session/cards.js';
import { withSession } from '../../../steps/session/session.js';
import { trustCard } from '../../../steps/setup/trust.js';
import type { Run } from '../../context.js';
import { cardFacts, cardJson } from '../../show/card.js';

/**
 * `handover trust add`: pins a card after its fingerprint was compared. The fingerprint of the file is not shown before it is typed, or
 * it would be copied instead of compared; --yes does not answer for it.
 */
export const run: Run<'trust add'> = async (context, { arguments: args, options }) => {
  const words = partyWords[context.lang];
  const path = context.path(args.card);
  const dir = context.workspaceFolder();
  const claimed = claimedCardAt(path);
  const typed = options.fingerprint ?? (await asked());
  if (context.dryRun) trustByFingerprint(claimed, typed);
  const { view, role } = await withSession(dir, context.runtime, async (session) => ({
    view: context.dryRun ? cardViewOf(claimed) : await trustCard(session, path, typed),
    role: session.workspace.info.role,
  }));

  async function asked(): Promise<string> {
    if (context.ask === null) return fail({ code: 'CLI_NEEDS_ANSWER', option: '--fingerprint' });
    const facts = cardFacts(cardViewOf(claimed), context.lang).filter(
      ([label]) => label !== words.fingerprint,
    );
    context.say((screen) => screen.facts(facts).say(words.compare));
    return context.ask(words.typed);
  }
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
