import { dayOf } from '../../../base/time.js';
import { dealDigest } from '../../../deal/signed-deal.js';
import type { DealRole } from '../../../deal/terms.js';
import type { Lang } from '../../../messages/lang.js';
import { dealWords } from '../../../messages/screens/deal.js';
import { reviewScope } from '../../../policy/scope.js';
import {
  type DealVersions,
  type DealView,
  findDeal,
  viewDeal,
  viewVersions,
} from '../../../steps/deal/deal.js';
import { withSession } from '../../../steps/session/session.js';
import type { DealPageVersion } from '../../../report/deal-page.js';
import { writeWhole } from '../../../store/whole-file.js';
import type { Next, Run } from '../../context.js';
import { amendsFact, dealJson, drawScope, scopeJson, signaturesFact, termsFacts } from '../../show/terms.js';

/** `handover deal show`: the terms as they were signed, by whom, and the versions of the deal. */
export const run: Run<'deal show'> = async (context, { arguments: args, options }) => {
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
  const { versions, offers, aborted } = kept;
  // None is in force of a deal that was aborted.
  const present = aborted === null ? versions.at(-1) : undefined;
  const scope = reviewScope(view.terms).rows;
  const stands = (each: DealView): boolean => each.digest === present?.digest;
  const facts = [...termsFacts(view.terms, lang), ...amendsFact(view.terms, lang)];
  const named = namedVersions(kept, lang);
  const page = options.html === undefined ? null : context.path(options.html);
  if (page !== null) {
    const { dealPage } = await import('../../../report/deal-page.js');
    const { terms, digest, signed } = view;
    const text = dealPage({ terms, digest, signed, facts, scope, versions: named, aborted }, lang);
    await writeWhole(page, text, { force: options.force });
  }
  return {
    json: {
      ...dealJson(view),
      scope: scopeJson(scope),
      versions: versions.map((each) => ({ sha256: each.digest, in_force: stands(each) })),
      offers: offers.map((each) => ({ sha256: each.digest, signed: { ...each.signed } })),
      page,
      aborted,
    },
    screen: (screen) => {
      screen.facts([...facts, [words.digest, view.digest], signaturesFact(view, lang)]);
      if (aborted !== null) screen.warn(words.abortedOn(dayOf(aborted)));
      drawScope(screen, scope, lang);
      if (page !== null) screen.good(words.page.written(context.shown(page)));
      if (named.length === 0) return;
      screen.table(
        [
          { title: words.version },
          { title: words.stands },
          { title: words.effective },
          { title: words.digest },
        ],
        named.map(({ name, stands, effective, digest }) => [name, stands, effective, digest]),
      );
    },
    next: aborted === null ? nextOf(view, role, lang) : [],
  };
};

function nextOf({ terms, signed }: DealView, role: DealRole, lang: Lang): readonly Next[] {
  const words = dealWords[lang];
  if (!signed.seller || !signed.buyer)
    return [{ say: words.takeBack, command: `handover receive ${words.returned}` }];
  return role === 'seller' ? [{ say: words.checkNext, command: `handover check --deal ${terms.id}` }] : [];
}

/** The versions and what is offered as the next one, in words; none where there is but one. */
function namedVersions({ versions, offers, aborted }: DealVersions, lang: Lang): readonly DealPageVersion[] {
  if (versions.length + offers.length < 2) return [];
  const words = dealWords[lang];
  const last = aborted === null ? words.inForce : words.aborted;
  const row = ({ terms, digest }: DealView, name: string, stands: string): DealPageVersion => ({
    name,
    stands,
    effective: terms.effective,
    digest,
  });
  return [
    ...versions.map((each, i) =>
      row(each, words.versionNumber(i + 1), i < versions.length - 1 ? words.former : last),
    ),
    ...offers.map((each) => row(each, words.amendment, words.waits)),
  ];
}
