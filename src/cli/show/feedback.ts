import type { Lang } from '../../messages/lang.js';
import { followupWords } from '../../messages/screens/followup.js';
import type { SurveyCounts } from '../../policy/survey.js';
import { grouped } from '../../report/numbers.js';
import type { Fact } from '../../report/screen.js';

/** The survey's three questions with the counts of their answers. */
export function surveyFacts({ served, satisfied, stays }: SurveyCounts, lang: Lang): readonly Fact[] {
  const words = followupWords[lang].feedback;
  const yesNo = ({ yes, no, none }: SurveyCounts['served']): string =>
    words.yesNo(grouped(yes), grouped(no), grouped(none));
  const { none, ...marks } = satisfied;
  return [
    [words.served, yesNo(served)],
    [words.satisfied, words.marks(Object.values(marks).map(grouped).join(' / '), grouped(none))],
    [words.stays, yesNo(stays)],
  ];
}
