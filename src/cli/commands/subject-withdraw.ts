import { subjectWords } from '../../messages/screens/subject.js';
import { grouped } from '../../report/numbers.js';
import { inHouse } from '../../steps/house.js';
import { type WithdrawInput, type WithdrawResult, withdraw } from '../../steps/subject-withdraw.js';
import type { Context, Outcome, Run } from '../context.js';
import { afterNotices, askingOf, noticeJson, noticesFact } from './subject.js';

/** `handover subject withdraw`: consent ends as easily as it was given. */
export const run: Run<'subject withdraw'> = async (context, { arguments: args, options }) =>
  withdrawal(context, {
    subject: args.id,
    kind: 'withdrawal',
    purpose: options.purpose ?? null,
    ...askingOf(options),
    dryRun: context.dryRun,
  });

/** A withdrawal or an objection: they are told in the same way. */
export async function withdrawal(context: Context, input: WithdrawInput): Promise<Outcome> {
  const { lang, dryRun } = context;
  const words = subjectWords[lang];
  const { done, deals } = await inHouse(context.workspaceFolder(), context.around, async (house) => ({
    done: await withdraw(house, input),
    deals: house.workspace.info.role === 'seller' ? house.workspace.read.deals().map(({ id }) => id) : [],
  }));
  const [deal] = deals;
  return {
    json: withdrawJson(done),
    page: (page) => {
      page.good((dryRun ? words.wouldWithdraw : words.withdrawn)[done.kind]);
      page.facts([
        [words.purpose, done.purpose ?? words.allPurposes],
        [words.records, words.recordCount(grouped(done.records))],
        noticesFact(context, done.notices, done.deals),
      ]);
    },
    next: dryRun
      ? []
      : [
          ...afterNotices(context, done.notices),
          ...(deal === undefined || done.records === 0
            ? []
            : [{ say: words.checkAgain, command: `handover check --deal ${deal}` }]),
        ],
  };
}

function withdrawJson({ request, kind, purpose, records, notices, deals }: WithdrawResult) {
  return { request, kind, purpose, records, deals: [...deals], notices: notices.map(noticeJson) };
}
