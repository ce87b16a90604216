import { dealWords } from '../../../messages/screens/deal.js';
import { requireNotReplacing, reviewDeal, signDeal } from '../../../steps/deal/deal.js';
import { withSession } from '../../../steps/session/session.js';
import type { Next, CommandResult, Run } from '../../context.js';
import { dealJson, drawScope, scopeJson, signaturesFact, termsFacts } from '../../show/terms.js';
import { run as checkDeal } from './check.js';

/** `handover deal sign`: signs a deal, and takes in the other party's signature. */
export const run: Run<'deal sign'> = async (context, input) => {
  const { lang } = context;
  const words = dealWords[lang];
  const path = context.path(input.arguments.deal);
  if (context.dryRun) return rehearse();
  const { deal, role } = await withSession(context.workspaceFolder(), context.runtime, async (session) => ({
    deal: await signDeal(session, path),
    role: session.workspace.info.role,
  }));
  const other = role === 'seller' ? deal.terms.buyer.name : deal.terms.seller.name;
  const both = deal.signed.seller && deal.signed.buyer;
  const again = `handover deal sign ${context.typed(deal.path)}`;
  const next: readonly Next[] = both
    ? role === 'seller'
      ? [{ say: words.sellerNext, command: `handover import ${words.customerFile}` }]
      : [{ say: words.buyerNext, command: `handover receive ${deal.terms.id}-1.handover.zip` }]
    : [{ say: words.sendToOther(other), command: again }];
  return {
    json: { ...dealJson(deal), path: deal.path, signature: deal.signaturePath },
    screen: (screen) => {
      screen.facts([
        [words.deal, `${deal.terms.id}  ${deal.terms.title}`],
        signaturesFact(deal, lang),
        [words.files, context.shown(deal.path), context.shown(deal.signaturePath)],
      ]);
      if (both) screen.good(words.signedBoth);
    },
    next,
  };

  async function rehearse(): Promise<CommandResult> {
    const { terms, problems, scope } = await reviewDeal(path);
    if (terms === null || problems.length > 0) return checkDeal(context, input);
    await withSession(context.workspaceFolder(), context.runtime, async (session) =>
      requireNotReplacing(session, terms),
    );
    return {
      json: { deal: terms.id, scope: scopeJson(scope) },
      screen: (screen) => {
        screen.say(words.wouldSign).facts(termsFacts(terms, lang));
        drawScope(screen, scope, lang);
      },
    };
  }
};
