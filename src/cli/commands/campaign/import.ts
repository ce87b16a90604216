import { readDate } from '../../../base/time.js';
import { ROW_PROBLEMS, rowProblemWords } from '../../../messages/answer-rows.js';
import { channelWords } from '../../../messages/channels.js';
import { fail } from '../../../messages/error.js';
import { EXIT } from '../../../messages/exit.js';
import { campaignWords } from '../../../messages/screens/campaign.js';
import { grouped } from '../../../report/numbers.js';
import { importAnswers } from '../../../steps/campaign/answers.js';
import { findDeal } from '../../../steps/deal/deal.js';
import { findLateWords, pendingNotices } from '../../../steps/persons/late.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';
import { afterPending } from '../../show/notices.js';

/** `handover campaign import`: answers as platforms and clerks write them become events of the consent ledger. */
export const run: Run<'campaign import'> = async (context, { arguments: args, options }) => {
  const { lang, dryRun } = context;
  const words = campaignWords[lang];
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
  const { counts, problems } = done;
  const open = ROW_PROBLEMS.filter((problem) => (problems[problem] ?? 0) > 0);
  return {
    json: {
      deal: terms.id,
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
      problems: Object.fromEntries(open.map((problem) => [problem, problems[problem] ?? 0])),
      rejects: done.rejects,
    },
    screen: (screen) => {
      screen.good(words.imported(`${done.file} · ${channelWords[lang][done.channel]}`));
      const line = (label: string, count: number) => (count === 0 ? [] : [[label, grouped(count)] as const]);
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
      for (const problem of open) {
        const [what, fix] = rowProblemWords[lang][problem];
        screen.item(`${grouped(problems[problem] ?? 0)}  ${what}`).under(`  ${fix}`);
      }
      if (counts.unreadNoes > 0) screen.warn(words.unreadNoes(grouped(counts.unreadNoes)));
      if (done.rejects !== null) screen.warn(words.rejects(context.shown(done.rejects)));
    },
    next: dryRun
      ? []
      : [
          ...afterPending(pending, lang),
          { say: words.recheck, command: `handover check --deal ${terms.id}` },
        ],
    // Until somebody has looked at a no of nobody known, nothing leaves.
    exit:
      counts.unreadNoes > 0 || (counts.rows > 0 && counts.notTaken === counts.rows) ? EXIT.findings : EXIT.ok,
  };
};
