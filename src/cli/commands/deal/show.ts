import { dealDigest } from '../../../deal/signed-deal.js';
import { dealWords } from '../../../messages/screens/deal.js';
import { reviewScope } from '../../../policy/scope.js';
import { type DealView, findDeal, viewDeal, viewVersions } from '../../../steps/deal/deal.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';
import { amendsFact, dealJson, drawScope, scopeJson, signaturesFact, termsFacts } from '../../show/terms.js';

/** `handover deal show`: the terms as they were signed, by whom, and the versions of the deal. */
export const run: Run<'deal show'> = async (context, { arguments: args }) => {
  const { lang } = context;
  const words = dealWords[lang];
  const { view, kept, role } = await withSession(
    context.workspaceFolder(),
    context.runtime,
    async (session) => {
      const view = viewDeal(session, dealDigest(findDeal(session, args.deal ?? null)));
      return { view, kept: viewVersions(session, view.terms.id), role: session.workspace.info.role };
    },
  );
  const { versions, offers } = kept;
  const present = versions.at(-1);
  const scope = reviewScope(view.terms).rows;
  const both = view.signed.seller && view.signed.buyer;
  const stands = (each: DealView): boolean => each.digest === present?.digest;
  return {
    json: {
      ...dealJson(view),
      scope: scopeJson(scope),
      versions: versions.map((each) => ({ sha256: each.digest, in_force: stands(each) })),
      offers: offers.map((each) => ({ sha256: each.digest, signed: { ...each.signed } })),
    },
    screen: (screen) => {
      screen.facts([
        ...termsFacts(view.terms, lang),
        ...amendsFact(view.terms, lang),
        [words.digest, view.digest],
        signaturesFact(view, lang),
      ]);
      drawScope(screen, scope, lang);
      if (versions.length + offers.length < 2) return;
      screen.table(
        [
          { title: words.version },
          { title: words.stands },
          { title: words.effective },
          { title: words.digest },
        ],
        [
          ...versions.map((each, i) => [
            words.versionNumber(i + 1),
            stands(each) ? words.inForce : words.former,
            each.terms.effective,
            each.digest,
          ]),
          ...offers.map((each) => [words.amendment, words.waits, each.terms.effective, each.digest]),
        ],
      );
    },
    next: both
      ? role === 'seller'
        ? [{ say: words.checkNext, command: `handover check --deal ${view.terms.id}` }]
        : []
      : [{ say: words.takeBack, command: `handover receive ${words.returned}` }],
  };
};
