import { dealDigest } from '../../../deal/signed-deal.js';
import { dealWords } from '../../../messages/screens/deal.js';
import { reviewScope } from '../../../policy/scope.js';
import { findDeal, viewDeal } from '../../../steps/deal/deal.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';
import { dealJson, drawScope, scopeJson, signaturesFact, termsFacts } from '../../show/terms.js';

/** `handover deal show`: the terms as they were signed, and by whom. */
export const run: Run<'deal show'> = async (context, { arguments: args }) => {
  const { lang } = context;
  const words = dealWords[lang];
  const { view, role } = await withSession(context.workspaceFolder(), context.runtime, async (session) => ({
    view: viewDeal(session, dealDigest(findDeal(session, args.deal ?? null))),
    role: session.workspace.info.role,
  }));
  const scope = reviewScope(view.terms).rows;
  const both = view.signed.seller && view.signed.buyer;
  return {
    json: { ...dealJson(view), scope: scopeJson(scope) },
    screen: (screen) => {
      screen.facts([
        ...termsFacts(view.terms, lang),
        [words.digest, view.digest],
        signaturesFact(view, lang),
      ]);
      drawScope(screen, scope, lang);
    },
    next: both
      ? role === 'seller'
        ? [{ say: words.checkNext, command: `handover check --deal ${view.terms.id}` }]
        : []
      : [{ say: words.takeBack, command: `handover deal sign ${view.terms.id}.deal.json` }],
  };
};
