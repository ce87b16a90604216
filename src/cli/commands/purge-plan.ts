import { purgeWords } from '../../messages/screens/purge.js';
import { fail } from '../../messages/error.js';
import { inHouse } from '../../steps/house.js';
import { planPurge } from '../../steps/purge-plan.js';
import type { PurgeScope } from '../../steps/purge-scope.js';
import type { Run } from '../context.js';
import { drawPlan, planJson } from './purge.js';

/** `handover purge plan`: what would be gone and what stays, kept as a plan. */
export const run: Run<'purge plan'> = async (context, { options }) => {
  const { lang, dryRun } = context;
  const words = purgeWords[lang];
  if (options.keptBack && options.dataset !== undefined)
    fail({ code: 'CLI_OPTIONS_CONFLICT', option: '--kept-back', other: '--dataset' });
  const scope: PurgeScope = options.keptBack
    ? { kind: 'kept-back' }
    : options.dataset === undefined
      ? { kind: 'due' }
      : { kind: 'dataset', dataset: options.dataset };
  const reason = options.reason?.trim().normalize('NFC') ?? null;
  const view = await inHouse(context.workspaceFolder(), context.around, (house) =>
    planPurge(house, {
      scope,
      reason: reason === '' ? null : reason,
      withoutReceipt: options.withoutReceipt,
      dryRun,
    }),
  );
  return {
    json: planJson(view),
    page: (page) => {
      drawPlan(page, view, lang, context.shown);
      page.gap().good(dryRun ? words.wouldPlan : words.planned);
    },
    next: dryRun ? [] : nextOf(view.plan.approvals, view.files.length, words),
  };
};

function nextOf(approvals: number, files: number, words: (typeof purgeWords)['zh']) {
  if (approvals > 0) return [{ say: words.approve, command: 'handover approve --purge' }];
  return files > 0
    ? [{ say: words.runFiles, command: 'handover purge run --shred' }]
    : [{ say: words.run, command: 'handover purge run' }];
}
