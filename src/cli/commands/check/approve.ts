import { customersOf } from '../../../bundle/accounting.js';
import { fail } from '../../../messages/error.js';
import type { Lang } from '../../../messages/lang.js';
import { checkWords } from '../../../messages/screens/check.js';
import { grouped } from '../../../report/numbers.js';
import type { Screen } from '../../../report/screen.js';
import {
  type ApprovalView,
  approve,
  requireSecondPerson,
  viewApproval,
} from '../../../steps/check/approve.js';
import { findDeal } from '../../../steps/deal/deal.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';
import type { PassphraseOwner } from '../../passphrase.js';
import { accountingJson, balanceFact, deltaFacts, drawVerdicts } from '../../show/accounting.js';
import { coverageFact, coverageJson } from '../../show/coverage.js';
import { approvePurgePlan } from '../../show/purge-approval.js';
import { partlyFacts } from '../../show/stays.js';
import { tableFacts, tablesJson } from '../../show/tables.js';
import { drawNecessities, drawScope, kindText, routeFacts, scopeJson } from '../../show/terms.js';

/** `handover approve`: the second person sees on one screen what would leave the house, and signs it. */
export const run: Run<'approve'> = async (context, { arguments: args, options }) => {
  if (options.purge) return approvePurgePlan(context, args.purge ?? null);
  if (args.purge !== undefined) fail({ code: 'CLI_EXCESS_ARGUMENTS', allowed: 0, command: 'approve' });
  const { lang } = context;
  const words = checkWords[lang];
  const dir = context.workspaceFolder();
  // The approver signs with a key and a passphrase of their own; the log's checkpoint needs those of the workspace, so they come first.
  let whose: PassphraseOwner = 'workspace';
  const runtime = {
    ...context.runtime,
    passphrase: (creating?: boolean) => context.passphrase(creating, whose),
    passphraseRefused: () => context.passphraseRefused(whose),
  };
  const view = await withSession(dir, runtime, async (session) => {
    const terms = findDeal(session, options.deal ?? null);
    const before = viewApproval(session, terms);
    requireSecondPerson(session, terms);
    if (context.dryRun) return before;
    context.say((screen) => drawPlan(screen, before, lang));
    await context.confirm(
      words.question(grouped(before.plan.accounting[0]?.transfer ?? 0), terms.buyer.name),
    );
    await session.keys();
    whose = 'approver';
    return approve(session, terms);
  });
  const [accounting, ...tables] = view.plan.accounting;
  const deal = `--deal ${view.terms.id}`;
  return {
    json: {
      deal: view.terms.id,
      plan: view.digest,
      coverage: coverageJson(view.coverage),
      accounting: accounting === undefined ? null : accountingJson(accounting),
      ...tablesJson(tables),
      fields: scopeJson(view.scope.rows),
      approvers: [...view.approvers],
      approvals_needed: view.needed,
    },
    screen: (screen) => {
      if (context.dryRun) drawPlan(screen, view, lang);
      screen.good(`${context.dryRun ? words.wouldSign : words.signedPlan}  ${view.digest}`);
      screen.facts([
        [words.approvers, [words.approved(view.approvers.length, view.needed), ...view.approvers].join('  ')],
      ]);
    },
    next:
      view.approvers.length < view.needed
        ? [{ say: words.moreApprovals, command: `handover approve ${deal}` }]
        : [{ say: words.export, command: `handover export ${deal}` }],
  };
};

/** What would leave the house, as whoever approves it has to see it. */
function drawPlan(screen: Screen, view: ApprovalView, lang: Lang): void {
  const words = checkWords[lang];
  const { terms, plan, scope, digest, approvers, needed } = view;
  screen.facts([
    [words.kind, kindText(terms, lang)],
    ...routeFacts(terms, lang),
    coverageFact(view.coverage, lang),
  ]);
  const [customers, ...tables] = plan.accounting;
  if (customers !== undefined) {
    screen.facts([[words.verdicts, words.records(grouped(customersOf(customers)))]]);
    drawVerdicts(screen, customers, lang);
    screen.facts([
      ...deltaFacts(customers, lang),
      balanceFact(customers, lang),
      ...tableFacts(tables, lang),
      ...partlyFacts(customers, terms.purposes, lang),
    ]);
  }
  screen.gap();
  drawScope(screen, scope.rows, lang);
  drawNecessities(screen, terms, lang);
  screen.gap().facts([
    [words.plan, digest],
    [words.approvers, [words.approved(approvers.length, needed), ...approvers].join('  ')],
  ]);
}
