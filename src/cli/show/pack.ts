import { dutyAnchorWords, dutyWords } from '../../messages/duties.js';
import { durationWords } from '../../messages/durations.js';
import { kindName } from '../../messages/deal-kinds.js';
import type { Lang } from '../../messages/lang.js';
import { punctuation } from '../../messages/punctuation.js';
import { policyWords } from '../../messages/screens/policy.js';
import type { Duty, PolicyPack } from '../../policy/rules.js';

/** What a pack is for, in a word or two; its id where nobody wrote one. */
export function packAbout({ id }: PolicyPack, lang: Lang): string {
  const about: Readonly<Record<string, string>> = policyWords[lang].about;
  return about[id] ?? id;
}

/** By when a duty is to be done. */
export function dutyTime(
  { anchor, side, within }: Pick<Duty, 'anchor' | 'side' | 'within'>,
  lang: Lang,
): string {
  const words = policyWords[lang];
  const from = dutyAnchorWords[lang][anchor];
  // What the law sets no days for has to be so by then.
  if (within === 'P0D') return words.by(from, words.sides[side]);
  const period = durationWords(within, lang);
  return side === 'before' ? words.beforeBy(from, period) : words.when(from, words.sides[side], period);
}

/** What is to be done, and in which kinds of deal if not in all. */
export function dutyText({ what, kinds = [] }: Duty, lang: Lang): string {
  const { open, close, list } = punctuation[lang];
  const only = kinds.map((kind) => kindName(kind, lang)).join(list);
  return only === '' ? dutyWords[lang][what] : `${dutyWords[lang][what]}${open}${only}${close}`;
}
