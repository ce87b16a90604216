import { punctuation } from '../../../messages/punctuation.js';
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
      screen.heading(words.differences(differences.length, packName(before), packName(after)));
      for (const { rule, before: now, after: then } of differences)
        screen.item(`${rule}${punctuation[lang].colon}${now ?? '—'} → ${then ?? '—'}`);
    },
  };
};
