import { exitOf } from '../../../messages/problem.js';
import { dealWords } from '../../../messages/screens/deal.js';
import { reviewDeal } from '../../../steps/deal/signing.js';
import type { Run } from '../../context.js';
import { drawProblems, drawScope, problemsJson, scopeJson, termsFacts } from '../../show/terms.js';

/** `handover deal check`: everything that is wrong with a deal, in one run. Needs no workspace. */
export const run: Run<'deal check'> = async (context, { arguments: args }) => {
  const { lang } = context;
  const words = dealWords[lang];
  const review = await reviewDeal(context.path(args.deal));
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
