import type { Lang } from '../../../messages/lang.js';
import { dealWords } from '../../../messages/screens/deal.js';
import { reviewScope } from '../../../policy/scope.js';
import { type DealSigned, prepareSigning, sign, type Signing } from '../../../steps/deal/signing.js';
import { customerList } from '../../../steps/session/list.js';
import { withSession } from '../../../steps/session/session.js';
import type { Screen } from '../../../report/screen.js';
import type { WorkspaceInfo } from '../../../store/workspace.js';
import type { CommandContext, CommandResult, Next, Run } from '../../context.js';
import type { CommandInput } from '../../shapes.js';
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
  if (context.dryRun) return rehearse(context, input, path);
  const { deal, role, hasList } = await withSession(
    context.workspaceFolder(),
    context.runtime,
    async (session) => {
      const signing = await prepareSigning(session, path);
      // Whoever signed these very words before was asked then.
      if (!signing.own) {
        context.say((screen) => drawSigning(screen.say(words.toSign), signing, lang));
        await context.confirm(signing.terms.amends === undefined ? words.signQuestion : words.amendQuestion);
      }
      const { info, read } = session.workspace;
      return { deal: await sign(session, signing), role: info.role, hasList: customerList(read).length > 0 };
    },
  );
  const both = deal.signed.seller && deal.signed.buyer;
  const isAmendment = deal.terms.amends !== undefined;
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
    next: nextAfter(deal, role, hasList, lang),
  };
};

function nextAfter(
  { terms, signed }: DealSigned,
  role: WorkspaceInfo['role'],
  hasList: boolean,
  lang: Lang,
): readonly Next[] {
  const words = dealWords[lang];
  if (!signed.seller || !signed.buyer) {
    const other = role === 'seller' ? terms.buyer.name : terms.seller.name;
    return [{ say: words.sendToOther(other), command: `handover receive ${words.returned}` }];
  }
  if (terms.amends !== undefined)
    return [{ say: words.versionsNext, command: `handover deal show ${terms.id}` }];
  if (role === 'buyer')
    return [{ say: words.buyerNext, command: `handover receive ${terms.id}-1.handover.zip` }];
  return [
    hasList
      ? { say: words.sellerChecks, command: `handover check --deal ${terms.id}` }
      : { say: words.sellerNext, command: `handover import ${words.customerFile}` },
  ];
}

function drawSigning(screen: Screen, { terms, digest, former }: Signing, lang: Lang): void {
  screen.facts([...termsFacts(terms, lang), ...amendsFact(terms, lang), [dealWords[lang].digest, digest]]);
  drawScope(screen, reviewScope(terms).rows, lang);
  if (former !== null) drawChanges(screen, former, terms, lang);
}

/** What would be signed, or what is wrong with it. */
async function rehearse(
  context: CommandContext,
  input: CommandInput<'deal sign'>,
  path: string,
): Promise<CommandResult> {
  const { lang } = context;
  const { terms, problems, scope } = await reviewAtHand(context, path);
  if (terms === null || problems.length > 0) return checkDeal(context, input);
  const signing = await withSession(context.workspaceFolder(), context.runtime, (session) =>
    prepareSigning(session, path),
  );
  return {
    json: { deal: terms.id, scope: scopeJson(scope) },
    screen: (screen) => drawSigning(screen.say(dealWords[lang].wouldSign), signing, lang),
  };
}
