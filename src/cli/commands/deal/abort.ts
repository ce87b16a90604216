import { sendingName } from '../../../bundle/sending.js';
import { noticeWords } from '../../../messages/screens/notice.js';
import { grouped } from '../../../report/numbers.js';
import { findDeal } from '../../../steps/deal/deal.js';
import { abortDeal } from '../../../steps/persons/abort.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';
import { noticeJson } from '../../show/subject.js';

/** `handover deal abort`: the deal is off, and everything that went out under it has to end. */
export const run: Run<'deal abort'> = async (context, { arguments: args, options }) => {
  const { lang, dryRun } = context;
  const words = noticeWords[lang];
  const { reason } = options;
  const { done, role } = await withSession(context.workspaceFolder(), context.runtime, async (session) => {
    const terms = findDeal(session, args.deal);
    const { role } = session.workspace.info;
    const rehearsed = await abortDeal(session, { terms, reason, dryRun: true });
    if (dryRun) return { done: rehearsed, role };
    if (!rehearsed.again) await context.confirm(words.abortQuestion(terms.id));
    return { done: await abortDeal(session, { terms, reason, dryRun: false }), role };
  });
  const { notice } = done;
  return {
    json: {
      deal: done.deal,
      sha256: done.digest,
      bundles: done.bundles,
      notice: notice === null ? null : noticeJson(notice),
      again: done.again,
    },
    screen: (screen) => {
      screen.good(dryRun ? words.wouldAbort : done.again ? words.abortedBefore : words.aborted);
      screen.facts([
        [words.deal, `${done.deal}  ${done.partner}`],
        ...(done.bundles === 0 ? [] : [[words.bundles, words.bundleCount(grouped(done.bundles))] as const]),
        ...(role === 'seller' && !dryRun
          ? [
              notice === null
                ? ([words.notice, words.noNotice] as const)
                : ([
                    words.notice,
                    context.shown(sendingName(notice.path)),
                    words.noticeTo(notice.buyer, notice.due),
                  ] as const),
            ]
          : []),
      ]);
      if (role === 'buyer') screen.under(words.refuseLater);
    },
    next:
      notice === null
        ? []
        : [{ say: words.sendAbort, command: `handover notice accept ${words.completionFile}` }],
  };
};
