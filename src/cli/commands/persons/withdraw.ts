import { subjectWords } from '../../../messages/screens/subject.js';
import { grouped } from '../../../report/numbers.js';
import { openDeals } from '../../../steps/deal/standing.js';
import { pendingNotices } from '../../../steps/persons/late-notices.js';
import { type WithdrawInput, type WithdrawResult, withdraw } from '../../../steps/persons/withdraw.js';
import { withSession } from '../../../steps/session/session.js';
import type { CommandContext, CommandResult, Run } from '../../context.js';
import { afterPending } from '../../show/notices.js';
import {
  afterEnding,
  afterNotices,
  certificateTexts,
  endedJson,
  noticeJson,
  noticesFact,
  otherNumbersFact,
  requestOriginOf,
} from '../../show/subject.js';

/** `handover subject withdraw`: consent ends as easily as it was given. */
export const run: Run<'subject withdraw'> = async (context, { arguments: args, options }) =>
  withdrawal(context, {
    subject: args.id,
    kind: 'withdrawal',
    purpose: options.purpose ?? null,
    shred: options.shred,
    ...requestOriginOf(options),
    dryRun: context.dryRun,
  });

/** A withdrawal or an objection: they are told in the same way. */
export async function withdrawal(context: CommandContext, input: WithdrawInput): Promise<CommandResult> {
  const { lang, dryRun } = context;
  const words = subjectWords[lang];
  const { done, deals, pending } = await withSession(
    context.workspaceFolder(),
    context.runtime,
    async (session) => {
      const deals = session.workspace.info.role === 'seller' ? openDeals(session.workspace.read) : [];
      const rehearsed = await withdraw(session, { ...input, dryRun: true });
      if (dryRun) return { done: rehearsed, deals, pending: [] };
      if (rehearsed.buyer === 'ends') await context.confirm(words.endQuestion(grouped(rehearsed.records)));
      const done = await withdraw(session, input);
      return { done, deals, pending: pendingNotices(session) };
    },
  );
  // Where the person went already there is nothing left to check.
  const deal = deals.find((id) => !done.deals.includes(id));
  return {
    json: withdrawJson(done),
    screen: (screen) => {
      screen.good((dryRun ? words.wouldWithdraw : words.withdrawn)[done.kind]);
      screen.facts([
        [words.purpose, done.purpose ?? words.allPurposes],
        [words.records, words.recordCount(grouped(done.records))],
        ...otherNumbersFact(context, done.others),
        ...(done.buyer === null
          ? [noticesFact(context, done.notices, done.deals)]
          : [[words.here, ...hereTexts(done, context)] as const]),
      ]);
    },
    next: dryRun
      ? []
      : [
          ...afterNotices(context, done.notices),
          ...afterPending(pending, lang),
          ...afterEnding(context, done.ended),
          ...(deal === undefined || done.records === 0
            ? []
            : [{ say: words.checkAgain, command: `handover check --deal ${deal}` }]),
        ],
  };
}

/** What became of a received record. */
function hereTexts({ buyer, ended }: WithdrawResult, { lang, dryRun }: CommandContext): readonly string[] {
  const words = subjectWords[lang];
  if (buyer === null) return [];
  if (ended?.state === 'waits') return [words.waits(ended.given, ended.needed)];
  return [(dryRun ? words.wouldBuyer : words.buyer)[buyer], ...certificateTexts(ended, lang)];
}

function withdrawJson({
  request,
  kind,
  purpose,
  records,
  others,
  notices,
  deals,
  buyer,
  ended,
}: WithdrawResult) {
  return {
    request,
    kind,
    purpose,
    records,
    others,
    deals: [...deals],
    notices: notices.map(noticeJson),
    buyer,
    ended: endedJson(ended),
  };
}
