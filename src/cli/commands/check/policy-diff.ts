import { policyWords } from '../../../messages/screens/policy.js';
import { packDifferences, packName, packNamed } from '../../../policy/pack.js';
import type { Run } from '../../context.js';

/** `handover policy diff`: what two packs say differently, rule by rule. Needs no workspace. */
export const run: Run<'policy diff'> = async ({ lang }, { arguments: args }) => {
  const words = policyWords[lang];
  const [before, after] = [packNamed(args.before), packNamed(args.after)];
  const differences = packDifferences(before, after);
  return {
    json: {
      before: packName(before),
      after: packName(after),
      differences: differences.map((difference) => ({ ...difference })),
    },
    screen: (screen) => {
      if (differences.length === 0) {
        screen.say(words.same);
        return;
      }
      screen.table(
        [{ title: words.rule }, { title: packName(before) }, { title: packName(after) }],
        differences.map((each) => [each.rule, each.before ?? '—', each.after ?? '—']),
      );
      screen.gap().say(words.differences(differences.length));
    },
  };
};
