import { readDate } from '../../../base/time.js';
import { ROW_PROBLEMS, type RowProblem, rowProblemWords } from '../../../messages/answer-rows.js';
import { channelWords } from '../../../messages/channels.js';
import { fail } from '../../../messages/error.js';
import { EXIT } from '../../../messages/exit.js';
import { campaignWords } from '../../../messages/screens/campaign.js';
import { grouped } from '../../../report/numbers.js';
import type { Screen } from '../../../report/screen.js';
import { type AnswersResult, importAnswers } from '../../../steps/campaign/answers.js';
import { findDeal } from '../../../steps/deal/deal.js';
import { findLateWords } from '../../../steps/persons/late.js';
import { pendingNotices } from '../../../steps/persons/late-notices.js';
import { withSession } from '../../../steps/session/session.js';
import type { CommandContext, CommandResult, Run } from '../../context.js';
import { afterPending } from '../../show/notices.js';

/** `handover campaign import`: answers as platforms and clerks write them become events of the consent ledger. */
export const run: Run<'campaign import'> = async (context, { arguments: args, options }) => {
  const { lang, dryRun } = context;
  const received = options.received === undefined ? null : readDate(options.received);
  if (options.received !== undefined && received === null)
    fail({ code: 'CLI_OPTION_VALUE', option: '--received', allowed: ['2026-11-20'] });
  const { done, terms, pending } = await withSession(
    context.workspaceFolder(),
    context.runtime,
    async (session) => {
      const terms = findDeal(session, options.deal ?? null);
      const { channel = null, encoding, sheet } = options;
      const path = context.path(args.file);
      const done = await importAnswers(session, { terms, path, channel, encoding, sheet, received, dryRun });
      if (!dryRun) await findLateWords(session);
      return { done, terms, pending: pendingNotices(session) };
    },
  );
  const { counts } = done;
  return {
    json: answersJson(done, terms.id),
    screen: (screen) => drawAnswers(screen, done, context),
    next: dryRun
      ? []
      : [
          ...afterPending(pending, lang),
          { say: campaignWords[lang].recheck, command: `handover check --deal ${terms.id}` },
        ],
    // Until somebody has looked at a no of nobody known, nothing leaves.
    exit:
      counts.unreadNoes > 0 || (counts.rows > 0 && counts.notTaken === counts.rows) ? EXIT.findings : EXIT.ok,
  };
};

/** The kinds of rows that were not taken, in the order of their list. */
function problemsOf({ problems }: AnswersResult): readonly (readonly [RowProblem, number])[] {
  return ROW_PROBLEMS.flatMap((problem) => {
    const rows = problems[problem] ?? 0;
    return rows === 0 ? [] : [[problem, rows] as const];
  });
}

function answersJson(done: AnswersResult, deal: string): CommandResult['json'] {
  const { counts } = done;
  return {
    deal,
    dataset: done.dataset,
    file: done.file,
    sha256: done.sha256,
    channel: done.channel,
    columns: Object.fromEntries(done.columns.map(([name, heading]) => [name, heading])),
    rows: counts.rows,
    agreed: counts.agreed,
    refused: counts.refused,
    doubtful: counts.doubtful,
    contract_only: counts.contract,
    contract_yes: counts.contractYes,
    contract_no: counts.contractNo,
    delivered: counts.delivered,
    unreached: counts.unreached,
    later: counts.later,
    known: counts.known,
    blank: counts.blank,
    not_taken: counts.notTaken,
    unread_noes: counts.unreadNoes,
    problems: Object.fromEntries(problemsOf(done)),
    rejects: done.rejects,
  };
}

/** Where every row went, and what to do about those that were not taken. */
function drawAnswers(screen: Screen, done: AnswersResult, { lang, shown }: CommandContext): void {
  const words = campaignWords[lang];
  const { counts } = done;
  const line = (label: string, count: number) => (count === 0 ? [] : [[label, grouped(count)] as const]);
  screen.good(words.imported(`${done.file} · ${channelWords[lang][done.channel]}`));
  screen.facts([
    [words.columnsRead, done.columns.map(([, heading]) => heading).join(' · ')],
    [words.read, words.readText(grouped(counts.rows))],
    ...line(words.agreed, counts.agreed),
    ...line(words.refused, counts.refused),
    ...line(words.contractYes, counts.contractYes),
    ...line(words.contractNo, counts.contractNo),
    ...line(words.delivered, counts.delivered),
    ...line(words.unreached, counts.unreached),
    ...line(words.later, counts.later),
    ...line(words.known, counts.known),
    ...line(words.blank, counts.blank),
    ...line(words.notTaken, counts.notTaken),
  ]);
  for (const [problem, rows] of problemsOf(done)) {
    const [what, fix] = rowProblemWords[lang][problem];
    screen.item(`${grouped(rows)}  ${what}`).under(`  ${fix}`);
  }
  if (counts.unreadNoes > 0) screen.warn(words.unreadNoes(grouped(counts.unreadNoes)));
  if (done.rejects !== null) screen.warn(words.rejects(shown(done.rejects)));
}
