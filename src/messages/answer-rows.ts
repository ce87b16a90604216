import type { Lang } from './lang.js';

/** Why a row of answers is not taken without a look. */
export const ROW_PROBLEMS = [
  'nobody',
  'several',
  'wrong-code',
  'unclear',
  'conditional',
  'doubtful-no',
  'undated',
  'not-asked',
  'future',
] as const;
export type RowProblem = (typeof ROW_PROBLEMS)[number];

/** What it is, and what to do. */
export const rowProblemWords: Readonly<
  Record<Lang, Readonly<Record<RowProblem, readonly [what: string, fix: string]>>>
> = {
  zh: {
    nobody: ['号码、答复码或编号不是任何一位客户的', '核对后改正；不是本店客户的，不用管'],
    several: ['几位客户共用这个号码，不知道是谁同意的', '打电话问清是谁，填上客户编号或答复码再导入'],
    'wrong-code': ['答复码抄错了一位', '对照回执改正后再导入'],
    unclear: [
      '看不懂是同意还是不同意，没有算作答复',
      '问清楚后把答复改成“同意”或“不同意”再导入；常见的说法可用 handover campaign words --add 加进词汇',
    ],
    conditional: ['带条件的同意，没有算作同意', '请打电话说清楚，得到明确的同意或不同意后再导入'],
    'doubtful-no': ['像是不同意，已按不同意记下，以后不再问', '确实是同意的，请客户自己再明确答复一次'],
    undated: ['没有时间，同意不能作数', '补上答复的时间，或用 --received 写明收到的日期'],
    'not-asked': ['没有向这位客户发过征求意见的文本，不知道他同意的是什么', '先把文本发给他，再请他答复'],
    future: ['时间在将来', '核对时间'],
  },
  en: {
    nobody: [
      'number or code is no customer’s',
      'check and correct it; leave it if this is no customer of yours',
    ],
    several: [
      'several customers share this number, so nobody knows who agreed',
      'ask who it was, add the customer number or code, and import again',
    ],
    'wrong-code': ['a slip of the pen in the code', 'compare it with the slip, correct it, and import again'],
    unclear: [
      'neither a yes nor a no that is known; counts as no answer',
      'ask, write yes or no, and import again; common words can be added with handover campaign words --add',
    ],
    conditional: [
      'a yes with a condition; counts as no answer',
      'call, and import again once there is a plain yes or no',
    ],
    'doubtful-no': [
      'looks like a no; taken as a no, and not asked again',
      'if it was a yes, the customer has to say so',
    ],
    undated: [
      'has no time; the yes does not count',
      'add the time, or give the day of receipt with --received',
    ],
    'not-asked': ['was not sent the text, so nobody knows what was agreed to', 'send the text first'],
    future: ['lies in the future', 'check the time'],
  },
};
