import { policyWords } from '../../../messages/screens/policy.js';
import { packName, policyDigest } from '../../../policy/pack.js';
import { CURRENT_POLICY, POLICY_PACKS } from '../../../policy/packs.js';
import type { Run } from '../../context.js';
import { packAbout } from '../../show/pack.js';

/** `handover policy list`: the packs of rules that a deal can name. Needs no workspace. */
export const run: Run<'policy list'> = async ({ lang }) => {
  const words = policyWords[lang];
  return {
    json: {
      packs: POLICY_PACKS.map((pack) => ({
        pack: pack.id,
        version: pack.version,
        digest: policyDigest(pack),
        current: pack === CURRENT_POLICY,
      })),
    },
    screen: (screen) => {
      const { pack, about, digest } = words.columns;
      screen.table(
        [{ title: pack }, { title: about }, { title: digest }],
        POLICY_PACKS.map((each) => [packName(each), packAbout(each, lang), policyDigest(each).slice(0, 12)]),
      );
      screen
        .gap()
        .say(words.current(packName(CURRENT_POLICY)))
        .say(words.summary);
    },
    next: [
      { say: words.showNext, command: `handover policy show ${packName(CURRENT_POLICY)}` },
      { say: words.diffNext, command: 'handover policy diff cn-pipl@2026-11 cn-pipl@2026-12' },
    ],
  };
};
