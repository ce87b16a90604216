import type { Json } from '../../../base/json.js';
import type { Duration } from '../../../base/time.js';
import { DEAL_KINDS, kindName } from '../../../messages/deal-kinds.js';
import type { Lang } from '../../../messages/lang.js';
import { punctuation } from '../../../messages/punctuation.js';
import { policyWords } from '../../../messages/screens/policy.js';
import { packJson, packName, packNamed, policyDigest, ruleOf } from '../../../policy/pack.js';
import { CURRENT_POLICY } from '../../../policy/packs.js';
import type { PolicyPack } from '../../../policy/rules.js';
import { wordFor } from '../../../report/labels.js';
import type { Fact } from '../../../report/screen.js';
import type { Run } from '../../context.js';
import { dutyText, dutyTime, packAbout } from '../../show/pack.js';

/** `handover policy show`: what a pack says, and which periods it knows. Needs no workspace. */
export const run: Run<'policy show'> = async ({ lang }, { arguments: args }) => {
  const pack = args.pack === undefined ? CURRENT_POLICY : packNamed(args.pack);
  const words = policyWords[lang];
  const document: { readonly [key: string]: Json } = packJson(pack);
  return {
    json: { digest: policyDigest(pack), current: pack === CURRENT_POLICY, pack: document },
    screen: (screen) => {
      screen.heading(`${packName(pack)}  ${packAbout(pack, lang)}`);
      const { kind, consent, notice, contract } = words.kinds;
      screen.table(
        [{ title: kind }, { title: consent }, { title: notice }, { title: contract }],
        DEAL_KINDS.map((name) => {
          const rule = ruleOf(pack, { kind: name });
          if (!rule.bundle) return [kindName(name, lang), words.noBundle, '', ''];
          return [
            kindName(name, lang),
            words.consent[rule.consent],
            words.notice[rule.notice],
            rule.contract ? words.contract.asked : words.contract.along,
          ];
        }),
      );
      screen.gap().facts([...ruleFacts(pack, lang), [words.digest, policyDigest(pack)]]);
      const duties = pack.duties ?? [];
      if (duties.length === 0) return;
      screen.gap().heading(words.duties);
      for (const duty of duties)
        screen.item(`${dutyTime(duty, lang)}  ${words.who[duty.who]}  ${dutyText(duty, lang)}  ${duty.law}`);
    },
  };
};

/** `P14Y` as the number of years that it is. */
function years(age: Duration): string {
  return age.slice(1, -1);
}

function ruleFacts(pack: PolicyPack, lang: Lang): readonly Fact[] {
  const words = policyWords[lang];
  const { list } = punctuation[lang];
  const methods = (names: readonly string[]) => names.map((name) => wordFor(words.methods, name)).join(list);
  return [
    [words.guardian, words.under(years(pack.guardianUnder))],
    [words.contractAge, words.under(years(pack.contractUnder))],
    [words.silent, methods(pack.silentMethods)],
    [words.recorded, methods(pack.recordedMethods)],
    [words.delivery, words.deliveryText[pack.delivery ?? 'signed']],
    [words.profile, words.profileText[pack.profile ?? 'strict']],
    [
      words.routes,
      ...((pack.routes ?? []).length === 0 ? [words.routesNone] : []),
      ...(pack.routes ?? []).map(({ basis, kinds, fields, laws }) => {
        const names = kinds.map((kind) => kindName(kind, lang)).join(list);
        return `${words.route[basis](names, String(fields.length))}  ${laws.join(' ')}`;
      }),
    ],
  ];
}
