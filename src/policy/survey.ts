/** Answers to the survey as counts: no answer can be traced to anybody. */
export interface SurveyCounts {
  readonly served: YesNo;
  /** How many gave which mark, 1 to 5, and how many none. */
  readonly satisfied: Readonly<Record<'1' | '2' | '3' | '4' | '5' | 'none', number>>;
  readonly stays: YesNo;
}

interface YesNo {
  readonly yes: number;
  readonly no: number;
  /** Empty, or neither. */
  readonly none: number;
}

/** One person's three answers, as they were typed. */
export interface SurveyAnswer {
  readonly served: string;
  readonly satisfied: string;
  readonly stays: string;
}

const NO = /^(?:否|不|没有|没|无|不是|不照常|不愿意|不继续|no|n|false|0|×|✗)/i;
const YES = /^(?:是|有|照常|正常|愿意|继续|会|yes|y|true|1|√|✓)/i;

/** From the worst to the best; the longer words first, because 不满意 is in 非常不满意. */
const MARKS: readonly (readonly [mark: '1' | '2' | '3' | '4' | '5', RegExp])[] = [
  ['1', /^(?:1|一星|很不满意|非常不满意|very dissatisfied)/i],
  ['2', /^(?:2|二星|两星|不满意|较不满意|dissatisfied)/i],
  ['3', /^(?:3|三星|一般|还行|还可以|neutral)/i],
  ['5', /^(?:5|五星|很满意|非常满意|十分满意|very satisfied)/i],
  ['4', /^(?:4|四星|满意|较满意|比较满意|satisfied)/i],
];

/** Counts the answers to a survey; what is no mark from 1 to 5 counts as none. */
export function countSurvey(answers: readonly SurveyAnswer[]): SurveyCounts {
  const satisfied = { '1': 0, '2': 0, '3': 0, '4': 0, '5': 0, none: 0 };
  for (const { satisfied: said } of answers) {
    const mark = MARKS.find(([, pattern]) => pattern.test(said.normalize('NFKC').trim()))?.[0];
    satisfied[mark ?? 'none']++;
  }
  return {
    served: yesNo(answers.map(({ served }) => served)),
    satisfied,
    stays: yesNo(answers.map(({ stays }) => stays)),
  };
}

function yesNo(said: readonly string[]): YesNo {
  const texts = said.map((text) => text.normalize('NFKC').trim());
  const no = texts.filter((text) => NO.test(text)).length;
  const yes = texts.filter((text) => !NO.test(text) && YES.test(text)).length;
  return { yes, no, none: texts.length - yes - no };
}
