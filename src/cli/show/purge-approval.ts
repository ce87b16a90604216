import { purgeWords } from '../../messages/screens/purge.js';
import { grouped } from '../../report/numbers.js';
import { planTotals } from '../../retention/purge-plan.js';
import { approvePurge, waitingPurge } from '../../steps/purge/approve.js';
import { viewPurge } from '../../steps/purge/plan.js';
import { inHouse } from '../../steps/session/house.js';
import type { Context, Outcome } from '../context.js';
import type { PassphraseOwner } from '../passphrase.js';
import { drawPlan, planJson, shreddable } from './purge.js';

/** `handover approve --purge`: the second person sees what would be gone and what stays, and signs it. */
export async function approvePurgePlan(context: Context, named: string | null): Promise<Outcome> {
  const { lang, dryRun } = context;
  const words = purgeWords[lang];
  // As for a bundle: the log's checkpoint needs the workspace's passphrase, the approval the approver's own.
  let whose: PassphraseOwner = 'workspace';
  const around = {
    ...context.around,
    passphrase: (creating?: boolean) => context.passphrase(creating, whose),
  };
  const view = await inHouse(context.workspaceFolder(), around, async (house) => {
    const before = viewPurge(house, waitingPurge(house, named));
    if (dryRun) return before;
    context.say((page) => drawPlan(page, before, lang, context.shown));
    await context.confirm(words.approveQuestion(grouped(planTotals(before.plan).purge)));
    await house.keys();
    whose = 'approver';
    return approvePurge(house, before.plan.purge);
  });
  const missing = view.approvers.length < view.plan.approvals;
  return {
    json: planJson(view),
    page: (page) => {
      if (dryRun) drawPlan(page, view, lang, context.shown);
      page.good(`${dryRun ? words.wouldSign : words.signedPlan}  ${view.digest}`);
      page.facts([
        [
          words.approvals,
          [words.approvalsText(view.approvers.length, view.plan.approvals), ...view.approvers].join('  '),
        ],
      ]);
    },
    next: [
      missing
        ? { say: words.approve, command: 'handover approve --purge' }
        : shreddable(view) > 0
          ? { say: words.runFiles, command: 'handover purge run --shred' }
          : { say: words.run, command: 'handover purge run' },
    ],
  };
}
