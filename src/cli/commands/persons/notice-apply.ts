import type { Json } from '../../../base/json.js';
import { sendingName } from '../../../bundle/sending.js';
import type { Lang } from '../../../messages/lang.js';
import { noticeWords } from '../../../messages/screens/notice.js';
import { grouped } from '../../../report/numbers.js';
import type { Fact } from '../../../report/screen.js';
import { type ApplyResult, applyNotice } from '../../../steps/persons/notice-apply.js';
import type { ApplyCounts } from '../../../steps/persons/notice-reach.js';
import { missingNotices } from '../../../steps/persons/notice-list.js';
import { type Session, withSession } from '../../../steps/session/session.js';
import type { CommandContext, Next, Run } from '../../context.js';
import { completionFacts, completionJson } from './notice-accept.js';
import { noticeKindWords } from '../../show/notices.js';

/** `handover notice apply`: what the seller passes on about persons is done here, and answered with a signed completion. */
export const run: Run<'notice apply'> = async (context, { arguments: args, options }) => {
  const { lang, dryRun } = context;
  const words = noticeWords[lang];
  const input = {
    path: context.path(args.notice),
    out: options.out === undefined ? null : context.path(options.out),
    shred: options.shred,
    alarm: !dryRun,
  };
  const done = await withSession(context.workspaceFolder(), context.runtime, async (session) => {
    const applied = await apply(session);
    const { deal } = applied.notice;
    const missing = missingNotices(session).find((each) => each.deal === deal.id)?.numbers ?? [];
    return { ...applied, missing };
  });

  async function apply(session: Session): Promise<ApplyResult> {
    if (dryRun) return applyNotice(session, { ...input, dryRun });
    const rehearsed = await applyNotice(session, { ...input, dryRun: true });
    const { kind } = rehearsed.notice;
    if (!rehearsed.again && kind !== 'correction' && rehearsed.counts.done > 0)
      await context.confirm(words.applyQuestion(noticeKindWords[lang][kind], amount(rehearsed, lang)));
    return applyNotice(session, { ...input, dryRun: false });
  }
  const { notice, counts, completion, completionPath, waits, missing } = done;
  return {
    json: {
      notice: notice.id,
      sha256: done.digest,
      deal: notice.deal.id,
      kind: notice.kind,
      seller: done.seller,
      counts: countsJson(counts),
      completion: completion === null ? null : completionJson(completion),
      completion_path: completionPath,
      waits: waits === null ? null : { ...waits },
      missing: [...missing],
      again: done.again,
    },
    screen: (screen) => {
      screen.good(words.genuine(done.seller));
      if (waits !== null) screen.warn(words.waits(waits.given, waits.needed));
      else screen.good(dryRun ? words.wouldApply : done.again ? words.appliedBefore : words.applied);
      if (missing.length > 0) screen.warn(words.missing(notice.deal.id, missing.join(', ')));
      screen.facts([
        [words.notice, `${notice.deal.id}-${notice.number}  ${noticeKindWords[lang][notice.kind]}`],
        ...(completion === null ? countFacts(counts, lang) : completionFacts(completion, lang)),
        ...(completionPath === null
          ? []
          : [[words.completion, context.shown(sendingName(completionPath))] as const]),
      ]);
    },
    next: nextOf(context, done),
  };
};

function amount({ notice, counts }: ApplyResult, lang: Lang): string {
  const words = noticeWords[lang];
  return notice.kind === 'abort'
    ? words.records1(grouped(counts.done))
    : words.persons1(grouped(counts.done));
}

function countsJson({ done, notFound, held, frozen }: ApplyCounts): Json {
  return { done, not_found: notFound, held, frozen };
}

function countFacts({ done, notFound, held, frozen }: ApplyCounts, lang: Lang): readonly Fact[] {
  const words = noticeWords[lang];
  // Without a completion nothing is done yet.
  return [[words.ahead, words.willCounts(grouped(done), grouped(notFound), grouped(held + frozen))]];
}

function nextOf({ lang, dryRun }: CommandContext, { waits }: ApplyResult): readonly Next[] {
  const words = noticeWords[lang];
  if (dryRun) return [];
  if (waits !== null) return [{ say: words.approve, command: `handover approve --purge ${waits.purge}` }];
  return [{ say: words.send }];
}
