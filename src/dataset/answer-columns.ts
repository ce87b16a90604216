import { type ColumnDefinition, words } from './fields.js';
import { normaliseHeader } from './header.js';

/**
 * The columns of a file of answers, as platforms for short messages, questionnaires and clerks name them: who (one of three ways), what was
 * said of the data, what of the contract, when, what became of the message, and what proves it.
 */
export const ANSWER_COLUMNS = [
  {
    name: 'code',
    zh: '答复码',
    en: 'answer code',
    synonyms: words('回执码|答复编号|回执编号|征求码|code|answer_code|reply code'),
    kind: 'reference',
  },
  {
    name: 'subject',
    zh: '客户编号',
    en: 'customer no.',
    synonyms: words('会员号|会员编号|客户号|customer no|customer_no|customer id'),
    kind: 'customer-no',
  },
  {
    name: 'phone',
    zh: '手机号',
    en: 'mobile',
    synonyms: words(
      '手机|手机号码|移动电话|电话|电话号码|联系电话|号码|主叫号码|上行号码|上行手机号|发送号码|接收号码|接收手机号|用户号码|被叫号码|微信号或手机|phone|mobile no|mobile number|phone number|msisdn|number|from|to|recipient number',
    ),
    kind: 'mobile',
  },
  {
    name: 'answer',
    zh: '答复',
    en: 'answer',
    synonyms: words(
      '内容|回复内容|上行内容|回复|客户回复|短信回复|微信答复|微信回复|结果|通话结果|答复结果|意见|客户意见|选择|是否同意|资料|reply|content|result|response|choice|wechat answer|message content|text',
    ),
    kind: 'text',
  },
  {
    name: 'contract',
    zh: '合同和余额',
    en: 'contract and balance',
    synonyms: words('余额|合同|余额和合同|合同余额|次数|剩余次数|余额是否转移|合同是否转移|balance|contract'),
    kind: 'text',
  },
  {
    name: 'time',
    zh: '时间',
    en: 'time',
    synonyms: words(
      '回复时间|上行时间|接收时间|收到时间|提交时间|提交答卷时间|结束答题时间|答复时间|答复日期|回执日期|签字日期|通话时间|日期|报告时间|状态时间|time|date|reply time|received at|submitted at|moment',
    ),
    kind: 'datetime',
  },
  {
    name: 'status',
    zh: '发送状态',
    en: 'delivery status',
    synonyms: words(
      '状态|状态报告|送达状态|回执状态|报告状态|发送结果|投递状态|delivery|status|delivery report|report',
    ),
    kind: 'text',
  },
  {
    name: 'evidence',
    zh: '录音编号',
    en: 'recording no.',
    synonyms: words('录音|凭证|凭证编号|截图编号|回执扫描件|recording|recording no|evidence|proof'),
    kind: 'reference',
  },
] as const satisfies readonly ColumnDefinition[];

export type AnswerColumnName = (typeof ANSWER_COLUMNS)[number]['name'];

/** What a whole question as a heading speaks of, where it is no name that is known. The first that fits. */
const IN_QUESTIONS: readonly (readonly [AnswerColumnName, RegExp])[] = [
  ['code', /答复码|回执码|征求码|answer code/iu],
  ['phone', /手机号|手机号码|联系电话|mobile|phone number/iu],
  [
    'contract',
    /(?:余额|合同|次数|次卡|储值|balance|contract|session).*(?:转|同意|履行|move|agree)|(?:转|同意).*(?:余额|合同|次数|次卡|储值)/iu,
  ],
  ['answer', /同意|异议|(?:资料|个人信息|data).*(?:交|转|move|give)|agree|consent|object/iu],
  [
    'time',
    /^(?!.*(?:开始|所用|用时|时长|修改|更新|创建|start|duration|updated)).*(?:提交|结束|完成|回复|收到|submitted|finished).*(?:时间|日期|time|date)/iu,
  ],
];

/** Which column is what: the known names first, then questions that are written out. A heading that means nothing is left. */
export function answerColumns(header: readonly string[]): ReadonlyMap<AnswerColumnName, number> {
  const found = new Map<AnswerColumnName, number>();
  for (const [i, cell] of header.entries()) {
    const name = byName(cell);
    if (name !== undefined && !found.has(name)) found.set(name, i);
  }
  const taken = new Set(found.values());
  for (const [i, cell] of header.entries()) {
    if (taken.has(i)) continue;
    const name = IN_QUESTIONS.find(([, pattern]) => pattern.test(cell.normalize('NFKC')))?.[0];
    if (name === undefined || found.has(name)) continue;
    found.set(name, i);
    taken.add(i);
  }
  return found;
}

/** Whether a cell is the heading of a column of answers. */
export function isAnswerHeading(cell: string): boolean {
  return (
    byName(cell) !== undefined || IN_QUESTIONS.some(([, pattern]) => pattern.test(cell.normalize('NFKC')))
  );
}

/** `2、您的答复码`, `Q2.您的答复码`: numbers before a question are no part of its name. */
function byName(cell: string): AnswerColumnName | undefined {
  const bare = normaliseHeader(cell.replace(/^\s*[Qq]?\d{1,3}\s*[、.．:：)）]\s*/u, ''));
  return (
    NAMES.get(bare) ?? NAMES.get(bare.replace(/^(?:请输入|请填写|您的|你的|请输入您的|请填写您的)/u, ''))
  );
}

const NAMES: ReadonlyMap<string, AnswerColumnName> = new Map(
  ANSWER_COLUMNS.flatMap(({ name, zh, en, synonyms }) =>
    [name, zh, en, ...synonyms].map((heading) => [normaliseHeader(heading), name] as const),
  ),
);

/** By which channel a file of answers came, as its headings tell; null where they do not. */
export function channelShown(header: readonly string[]): 'sms' | 'wechat' | 'phone' | 'paper' | 'web' | null {
  const all = header.join(' ').normalize('NFKC');
  if (/答卷|问卷|答题|填写设备|来自IP|来源详情|questionnaire|survey/iu.test(all)) return 'web';
  if (/录音|通话|recording/iu.test(all)) return 'phone';
  if (/微信|wechat/iu.test(all)) return 'wechat';
  if (/上行|短信|状态报告|通道|sms|msisdn/iu.test(all)) return 'sms';
  if (/回执|纸质|签字|签名|slip/iu.test(all)) return 'paper';
  return null;
}
