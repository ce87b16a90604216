import type { Accounting } from '../../../bundle/accounting.js';
import { customersOf } from '../../../bundle/accounting.js';
import type { Terms } from '../../../deal/terms.js';
import { HandoverError } from '../../../messages/error.js';
import { EXIT } from '../../../messages/exit.js';
import { exitOf } from '../../../messages/problem.js';
import { dealWords } from '../../../messages/screens/deal.js';
import { grouped } from '../../../report/numbers.js';
import { check } from '../../../steps/check/check.js';
import { type DealReview, reviewDeal } from '../../../steps/deal/signing.js';
import { customerList } from '../../../steps/session/list.js';
import { withSession } from '../../../steps/session/session.js';
import type { CommandContext, Run } from '../../context.js';
import { accountingJson, drawVerdicts } from '../../show/accounting.js';
import { drawProblems, drawScope, problemsJson, scopeJson, termsFacts } from '../../show/terms.js';

/**
 * `handover deal check`: everything that is wrong with a deal, in one run, and how many of the imported customers could go under it. Needs no
 * workspace; in one, a draft may name its papers.
 */
export const run: Run<'deal check'> = async (context, { arguments: args }) => {
  const { lang } = context;
  const words = dealWords[lang];
  const review = await reviewAtHand(context, context.path(args.deal));
  const { terms, problems, scope } = review;
  const [first] = problems;
  const judged = terms === null || first !== undefined ? null : await judge(context, terms);
  const file = context.typed(review.path);
  return {
    json: {
      path: review.path,
      deal: terms?.id ?? null,
      problems: problemsJson(problems, lang),
      scope: scopeJson(scope),
      judged: judged === null ? null : accountingJson(judged),
    },
    screen: (screen) => {
      if (terms !== null) screen.facts(termsFacts(terms, lang));
      if (scope.length > 0) drawScope(screen, scope, lang);
      if (problems.length === 0) screen.good(words.clean);
      else {
        screen.warn(words.faults(problems.length));
        drawProblems(screen, problems, lang);
      }
      if (judged === null) return;
      screen.gap().say(words.judged(grouped(judged.transfer), grouped(customersOf(judged))));
      drawVerdicts(screen, judged, lang);
      if (judged.transfer === 0) screen.warn(words.nobodyGoes);
    },
    next: [
      first === undefined
        ? { say: words.checkedThenSign, command: `handover deal sign ${file}` }
        : { say: words.fixThenCheck, command: `handover deal check ${file}` },
    ],
    exit: first === undefined ? 0 : exitOf(first.code),
  };
};

/** The imported list under terms that nobody has signed yet. Null where there is no list here, or nobody to give the passphrase. */
async function judge(context: CommandContext, terms: Terms): Promise<Accounting | null> {
  const dir = context.workspaceAtHand();
  if (dir === null) return null;
  try {
    return await withSession(dir, context.runtime, async (session) => {
      const { info, read } = session.workspace;
      if (terms.seller.card !== info.cardDigest || customerList(read).length === 0) return null;
      const { accounting } = await check(session, { terms, dataset: null, dryRun: true, draft: true });
      return accounting;
    });
  } catch (error) {
    if (error instanceof HandoverError && exitOf(error.problem.code) === EXIT.key) return null;
    throw error;
  }
}

/** Reads a deal; the workspace is opened only if a draft names papers by their ids. */
export async function reviewAtHand(context: CommandContext, path: string): Promise<DealReview> {
  const review = await reviewDeal(path);
  const folder = context.workspaceAtHand();
  if (folder === null || !review.problems.some(({ code }) => code === 'DEAL_PAPER_UNKNOWN')) return review;
  return withSession(folder, context.runtime, (session) =>
    reviewDeal(path, session.workspace.read.house.papers()),
  );
}
