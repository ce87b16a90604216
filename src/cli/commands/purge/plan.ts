import { fail } from '../../../messages/error.js';
import type { Lang } from '../../../messages/lang.js';
import { purgeWords } from '../../../messages/screens/purge.js';
import { type PurgeView, planPurge } from '../../../steps/purge/plan.js';
import type { PurgeScope } from '../../../steps/purge/scope.js';
import { withSession } from '../../../steps/session/session.js';
import type { Next, Run } from '../../context.js';
import type { CommandInput } from '../../shapes.js';
import { drawPlan, planJson, shreddable } from '../../show/purge.js';

/** `handover purge plan`: what would be gone and what stays, kept as a plan. */
export const run: Run<'purge plan'> = async (context, { options }) => {
  const { lang, dryRun } = context;
  const words = purgeWords[lang];
  const scope = scopeOf(options);
  const reason = options.reason?.trim().normalize('NFC') ?? null;
  const view = await withSession(context.workspaceFolder(), context.runtime, (session) =>
    planPurge(session, {
      scope,
      reason: reason === '' ? null : reason,
      withoutReceipt: options.withoutReceipt,
      keepStatistics: options.keepStatistics,
      clockIsRight: options.clockIsRight,
      dryRun,
    }),
  );
  return {
    json: planJson(view),
    screen: (screen) => {
      drawPlan(screen, view, lang, context.shown);
      screen.gap().good(dryRun ? words.wouldPlan : words.planned);
    },
    next: dryRun ? [] : nextAfterPlan(view, lang),
  };
};

/** What is asked for: one thing at a time. @throws HandoverError CLI_OPTIONS_CONFLICT */
function scopeOf({ handedOver, keptBack, dataset }: CommandInput<'purge plan'>['options']): PurgeScope {
  const given = [
    ...(handedOver ? ['--handed-over'] : []),
    ...(keptBack ? ['--kept-back'] : []),
    ...(dataset === undefined ? [] : ['--dataset']),
  ];
  const [option, other] = given;
  if (option !== undefined && other !== undefined) fail({ code: 'CLI_OPTIONS_CONFLICT', option, other });
  if (dataset !== undefined) return { kind: 'dataset', dataset };
  return { kind: handedOver ? 'handed-over' : keptBack ? 'kept-back' : 'due' };
}

/** What comes after a plan: a second person, or the run. */
export function nextAfterPlan(view: PurgeView, lang: Lang): readonly Next[] {
  const words = purgeWords[lang];
  if (view.plan.approvals > 0) return [{ say: words.approve, command: 'handover approve --purge' }];
  return shreddable(view) > 0
    ? [{ say: words.runFiles, command: 'handover purge run --shred' }]
    : [{ say: words.run, command: 'handover purge run' }];
}
