import { dealWords } from '../../../messages/screens/deal.js';
import { reviewScope } from '../../../policy/scope.js';
import { prepareSigning, sign, type Signing } from '../../../steps/deal/signing.js';
import { customerList } from '../../../steps/session/list.js';
import { withSession } from '../../../steps/session/session.js';
import type { Screen } from '../../../report/screen.js';
import type { Next, CommandResult, Run } from '../../context.js';
import {
  amendsFact,
  dealJson,
  drawChanges,
  drawScope,
  scopeJson,
  signaturesFact,
  termsFacts,
} from '../../show/terms.js';
import { reviewAtHand, run as checkDeal } from './check.js';

/** `handover deal sign`: shows the terms, asks, signs, and takes in the other party's signature. */
export const run: Run<'deal sign'> = async (context, input) => {
  const { lang } = context;
  const words = dealWords[lang];
  const path = context.path(input.arguments.deal);
  if (context.dryRun) return rehearse();
  const { deal, role, hasList } = await withSession(
    context.workspaceFolder(),
    context.runtime,
    async (session) => {
      const signing = await prepareSigning(session, path);
      // Whoever signed these very words before was asked then.
      if (!signing.own) {
        context.say((screen) => drawSigning(screen.say(words.toSign), signing));
        await context.confirm(signing.terms.amends === undefined ? words.signQuestion : words.amendQuestion);
      }
      const { info, read } = session.workspace;
      return { deal: await sign(session, signing), role: info.role, hasList: customerList(read).length > 0 };
    },
  );
  const other = role === 'seller' ? deal.terms.buyer.name : deal.terms.seller.name;
  const both = deal.signed.seller && deal.signed.buyer;
  const isAmendment = deal.terms.amends !== undefined;
  const next: readonly Next[] = !both
    ? [{ say: words.sendToOther(other), command: `handover receive ${words.returned}` }]
    : isAmendment
      ? [{ say: words.versionsNext, command: `handover deal show ${deal.terms.id}` }]
      : role === 'seller'
        ? [
            hasList
              ? { say: words.sellerChecks, command: `handover check --deal ${deal.terms.id}` }
              : { say: words.sellerNext, command: `handover import ${words.customerFile}` },
          ]
        : [{ say: words.buyerNext, command: `handover receive ${deal.terms.id}-1.handover.zip` }];
  return {
    json: { ...dealJson(deal), path: deal.path, signature: deal.signaturePath, sending: deal.sendingPath },
    screen: (screen) => {
      screen.facts([
        [words.deal, `${deal.terms.id}  ${deal.terms.title}`],
        ...amendsFact(deal.terms, lang),
        signaturesFact(deal, lang),
        [words.send, context.shown(deal.sendingPath)],
        [words.files, context.shown(deal.path), context.shown(deal.signaturePath)],
      ]);
      if (both) screen.good(isAmendment ? words.amendedBoth : words.signedBoth);
      else if (isAmendment) screen.under(words.formerStands);
    },
    next,
  };

  function drawSigning(screen: Screen, { terms, digest, former }: Signing): void {
    screen.facts([...termsFacts(terms, lang), ...amendsFact(terms, lang), [words.digest, digest]]);
    drawScope(screen, reviewScope(terms).rows, lang);
    if (former !== null) drawChanges(screen, former, terms, lang);
  }

  async function rehearse(): Promise<CommandResult> {
    const { terms, problems, scope } = await reviewAtHand(context, path);
    if (terms === null || problems.length > 0) return checkDeal(context, input);
    const signing = await withSession(context.workspaceFolder(), context.runtime, (session) =>
      prepareSigning(session, path),
    );
    return {
      json: { deal: terms.id, scope: scopeJson(scope) },
      screen: (screen) => drawSigning(screen.say(words.wouldSign), signing),
    };
  }
};
