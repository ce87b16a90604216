import { exitOf } from '../../../messages/problem.js';
import { dealWords } from '../../../messages/screens/deal.js';
import { type DealReview, reviewDeal } from '../../../steps/deal/signing.js';
import { withSession } from '../../../steps/session/session.js';
import type { CommandContext, Run } from '../../context.js';
import { drawProblems, drawScope, problemsJson, scopeJson, termsFacts } from '../../show/terms.js';

/** `handover deal check`: everything that is wrong with a deal, in one run. Needs no workspace; in one, a draft may name its papers. */
export const run: Run<'deal check'> = async (context, { arguments: args }) => {
  const { lang } = context;
  const words = dealWords[lang];
  const review = await reviewAtHand(context, context.path(args.deal));
  const { terms, problems, scope } = review;
  const [first] = problems;
  const file = context.typed(review.path);
  return {
    json: {
      path: review.path,
      deal: terms?.id ?? null,
      problems: problemsJson(problems, lang),
      scope: scopeJson(scope),
    },
    screen: (screen) => {
      if (terms !== null) screen.facts(termsFacts(terms, lang));
      if (scope.length > 0) drawScope(screen, scope, lang);
      if (problems.length === 0) screen.good(words.clean);
      else {
        screen.warn(words.faults(problems.length));
        drawProblems(screen, problems, lang);
      }
    },
    next: [
      first === undefined
        ? { say: words.checkedThenSign, command: `handover deal sign ${file}` }
        : { say: words.fixThenCheck, command: `handover deal check ${file}` },
    ],
    exit: first === undefined ? 0 : exitOf(first.code),
  };
};

/** Reads a deal; the workspace is opened only if a draft names papers by their ids. */
export async function reviewAtHand(context: CommandContext, path: string): Promise<DealReview> {
  const review = await reviewDeal(path);
  const folder = context.workspaceAtHand();
  if (folder === null || !review.problems.some(({ code }) => code === 'DEAL_PAPER_UNKNOWN')) return review;
  return withSession(folder, context.runtime, (session) => reviewDeal(path, session.workspace.read.papers()));
}
