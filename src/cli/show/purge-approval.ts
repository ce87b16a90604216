import { purgeWords } from '../../messages/screens/purge.js';
import { grouped } from '../../report/numbers.js';
import { planTotals } from '../../retention/purge-plan.js';
import { approvePurge, requireSecondForPurge, waitingPurge } from '../../steps/purge/approve.js';
import { viewPurge } from '../../steps/purge/plan.js';
import { withSession } from '../../steps/session/session.js';
import type { CommandContext, CommandResult } from '../context.js';
import type { PassphraseOwner } from '../passphrase.js';
import { drawPlan, planJson, shreddable } from './purge.js';

/** `handover approve --purge`: the second person sees what would be gone and what stays, and signs it. */
export async function approvePurgePlan(
  context: CommandContext,
  named: string | null,
): Promise<CommandResult> {
  const { lang, dryRun } = context;
  const words = purgeWords[lang];
  // As for a bundle: the log's checkpoint needs the workspace's passphrase, the approval the approver's own.
  let whose: PassphraseOwner = 'workspace';
  const runtime = {
    ...context.runtime,
    passphrase: (creating?: boolean) => context.passphrase(creating, whose),
    passphraseRefused: () => context.passphraseRefused(whose),
  };
  const view = await withSession(context.workspaceFolder(), runtime, async (session) => {
    const before = viewPurge(session, waitingPurge(session, named));
    requireSecondForPurge(session, before);
    if (dryRun) return before;
    context.say((screen) => drawPlan(screen, before, lang, context.shown));
    await context.confirm(words.approveQuestion(grouped(planTotals(before.plan).purge)));
    await session.keys();
    whose = 'approver';
    return approvePurge(session, before.plan.purge);
  });
  const missing = view.approvers.length < view.plan.approvals;
  return {
    json: planJson(view),
    screen: (screen) => {
      if (dryRun) drawPlan(screen, view, lang, context.shown);
      screen.good(`${dryRun ? words.wouldSign : words.signedPlan}  ${view.digest}`);
      screen.facts([
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
