import type { Json } from '../../base/json.js';
import type { Lang } from '../../messages/lang.js';
import { punctuation } from '../../messages/punctuation.js';
import { verdictWords } from '../../messages/reasons.js';
import { policyWords } from '../../messages/screens/policy.js';
import { packName, packNamed } from '../../policy/pack.js';
import { reasonLabel } from '../../report/labels.js';
import { grouped } from '../../report/numbers.js';
import { type ChangedPerson, comparePolicies } from '../../steps/check/compare-policies.js';
import { findDeal } from '../../steps/deal/deal.js';
import { withSession } from '../../steps/session/session.js';
import type { CommandContext, CommandResult } from '../context.js';
import type { CommandInput } from '../shapes.js';

/** Customers that fit on a screen. */
const SHOWN = 20;

/** `handover check --policy NAME --diff`: whose verdict other rules would change, masked. No check is kept. */
export async function policyDiffOutcome(
  context: CommandContext,
  options: CommandInput<'check'>['options'],
  name: string,
): Promise<CommandResult> {
  const { lang } = context;
  const words = policyWords[lang];
  const pack = packNamed(name);
  const other = packName(pack);
  const { deal, unmatched = null, dataset = null } = options;
  const policy = { pack: pack.id, version: pack.version };
  const { terms, persons } = await withSession(
    context.workspaceFolder(),
    context.runtime,
    async (session) => {
      const found = findDeal(session, deal ?? null);
      const compared = { terms: found, policy, dataset, unmatched };
      return { terms: found, persons: await comparePolicies(session, compared) };
    },
  );
  return {
    json: {
      deal: terms.id,
      policy: `${terms.policy.pack}@${terms.policy.version}`,
      other,
      changed: persons.map(personJson),
    },
    screen: (screen) => {
      if (persons.length === 0) {
        screen.say(words.unchanged(other)).say(words.kept);
        return;
      }
      const { customerNo, name: who, mobile, before, after, why } = words.person;
      screen.heading(words.changed(grouped(persons.length), other));
      screen.table(
        [customerNo, who, mobile, before, after, why].map((title) => ({ title })),
        persons.slice(0, SHOWN).map((person) => row(person, lang)),
      );
      if (persons.length > SHOWN) screen.say(words.more(grouped(persons.length - SHOWN)));
      screen.gap().say(words.kept);
    },
    next: [
      {
        say: words.diffNext,
        command: `handover policy diff ${terms.policy.pack}@${terms.policy.version} ${other}`,
      },
    ],
  };
}

function personJson({ customerNo, name, mobile, before, after, ...why }: ChangedPerson): Json {
  return {
    ...{ customer_no: customerNo, name, mobile, before, after },
    reasons_before: [...why.reasonsBefore],
    reasons_after: [...why.reasonsAfter],
  };
}

/** The reasons that one of the two has and the other has not; without any, a part of the person stays that went, or the other way round. */
function row(person: ChangedPerson, lang: Lang): readonly string[] {
  const { reasonsBefore, reasonsAfter } = person;
  const added = reasonsAfter.filter((code) => !reasonsBefore.includes(code));
  const gone = reasonsBefore.filter((code) => !reasonsAfter.includes(code));
  const why = [...added, ...gone].map((code) => reasonLabel(code, lang)).join(punctuation[lang].list);
  return [
    person.customerNo,
    person.name,
    person.mobile,
    verdictWords[lang][person.before].short,
    verdictWords[lang][person.after].short,
    why === '' ? policyWords[lang].partly : why,
  ];
}
