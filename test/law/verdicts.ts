import { daysBefore } from '../../fixtures/customers/days.js';
import { BUYER } from '../../fixtures/customers/generate.js';

/*
 * What a lawyer would try, as data: a deal, a file as a clerk heads it, and the right verdict. Each row stands for its kind and is named by
 * its number and by the rows of the law on which the verdict rests.
 */

export const TODAY = '2026-11-20';
export const PURPOSE = '继续提供家政服务';

/** A deal as the two firms write it; a scenario changes what it is about. */
export type Deal = Record<string, unknown> & {
  kind: string;
  effective: string;
  purposes: { id: string; zh: string; en: string }[];
  resources: { name: string; fields: Record<string, string>[] }[];
  retention: { seller: Record<string, string>; buyer: Record<string, string> };
  complaints: { contact: string; phone: string };
  confidentiality: { title: string; sha256: string; signed: string };
  assessment: { title: string; sha256: string; date: string };
  notice: { sha256: string; sent: string };
};
export type Change = (deal: Deal) => void;

/** A customer's row by the headings of the file. */
export type Row = Readonly<Record<string, string>>;

export const GOOD: Row = {
  客户编号: 'C001',
  姓名: '张三',
  手机号: '13800000001',
  服务地址: '上海市浦东新区张江路1弄2号301室',
  最近服务: '2026-09-01',
  是否同意: '同意',
  接收方: BUYER,
  同意用途: PURPOSE,
  同意时间: daysBefore(TODAY, 50),
  同意方式: '短信回复',
  凭证: 'DX-000001',
  通知送达时间: daysBefore(TODAY, 60),
};
const BALANCE: Row = { ...GOOD, 剩余次数: '8' };
const GUARDIAN: Row = {
  监护人同意: '同意',
  监护人姓名: '张父',
  监护人关系: '父亲',
  监护人同意时间: daysBefore(TODAY, 40),
  监护人同意凭证: 'JH-1',
};
const SENSITIVE: Row = {
  敏感信息单独同意: '同意',
  敏感信息同意时间: daysBefore(TODAY, 40),
  敏感信息同意凭证: 'MG-1',
};
const told = (row: Row): Row => ({
  ...row,
  是否同意: '',
  接收方: '',
  同意用途: '',
  同意时间: '',
  同意方式: '',
  凭证: '',
});

/** Of a file without a column for the delivery of the notice. */
const untold = ({ 通知送达时间: _, ...row }: Row): Row => row;

const kind =
  (name: string, opinion = false): Change =>
  (deal) => {
    deal.kind = name;
    if (opinion)
      deal['opinion'] = {
        sha256: 'd4'.repeat(4) + 'a7c91be0'.repeat(7),
        author: '某律师',
        date: daysBefore(TODAY, 90),
      };
  };
export const let_ =
  (name: string, fieldClass: string, necessity?: string, purpose = 'service'): Change =>
  (deal) => {
    deal.resources[0]?.fields.push({
      name,
      class: fieldClass,
      purpose,
      action: 'keep',
      ...(necessity === undefined ? {} : { necessity }),
    });
  };
const both =
  (...changes: readonly Change[]): Change =>
  (deal) => {
    for (const change of changes) change(deal);
  };
const ads: Change = (deal) => {
  deal.purposes.push({ id: 'ads', zh: '推荐贷款和保险', en: 'to recommend loans and insurance' });
  for (const field of deal.resources[0]?.fields ?? [])
    if (field['name'] === 'service') field['purpose'] = 'ads';
};
/** Both parties open the route of the contract. */
const byContract: Change = (deal) => {
  deal['routes'] = [{ basis: 'contract', reason: '买方接着上门服务，要知道去哪里、做什么' }];
};
const AGREED_CONTRACT: Row = {
  合同转让同意: '同意',
  合同转让同意时间: daysBefore(TODAY, 40),
  合同转让同意凭证: 'HT-1',
};
/** An identity number with this day of birth. */
function childNumber(birth: string): string {
  const body = `110105${birth}002`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, i) => total + weight * Number(body[i]), 0);
  return `${body}${'10X98765432'[sum % 11]}`;
}
const NEED = '护理员要知道病史和过敏史才能备餐用药';
const SERVICE: Row = { 服务项目: '日常保洁' };

export interface Scenario {
  readonly name: string;
  readonly laws: string;
  readonly rows: readonly Row[];
  readonly deal?: Change;
  /** Rows of a consent ledger: number, purpose, recipient, event, time, method, evidence. */
  readonly ledger?: readonly (readonly string[])[];
  /** Of the first customer. */
  readonly verdict: string;
  /** Reasons of the verdict. */
  readonly reasons?: readonly string[];
  /** What stays although the person goes. */
  readonly stays?: readonly string[];
  /** What the buyer has of the first customer, by the deal's field. */
  readonly has?: Readonly<Record<string, string>>;
  /** What of the file the buyer must not have. */
  readonly lacks?: readonly string[];
  /** A later list of the same customers, taken in after the ledger. */
  readonly later?: readonly Row[];
  /** Set where something is held back although nothing is left out: a part of a cell is struck. */
  readonly struck?: true;
}

export const SCENARIOS: readonly Scenario[] = [
  {
    name: '1 a good consent',
    laws: 'PIPL-23 PIPL-14 PIPL-10 PIPL-13 PIPL-17 PIPL-19 PIPL-69 CPR-23',
    rows: [GOOD],
    verdict: 'transfer',
    has: { name: '张三' },
  },
  {
    name: '2 consent at ten, withdrawal dated by that day only',
    laws: 'PIPL-15',
    rows: [{ ...GOOD, 同意时间: `${daysBefore(TODAY, 5)} 10:00` }],
    ledger: [['C001', PURPOSE, BUYER, '撤回', daysBefore(TODAY, 5), '电话', 'LY-1']],
    verdict: 'withhold',
    reasons: ['CONSENT_WITHDRAWN'],
  },
  {
    name: '4 consent, withdrawal, later new good consent',
    laws: 'PIPL-15',
    rows: [GOOD],
    ledger: [
      ['C001', PURPOSE, BUYER, '撤回', daysBefore(TODAY, 30), '电话录音', 'LY-1'],
      ['C001', PURPOSE, BUYER, '同意', daysBefore(TODAY, 10), '短信', 'DX-2'],
    ],
    verdict: 'transfer',
  },
  {
    name: '5 consent, nobody knows when the notice arrived',
    laws: 'PIPL-23 PIPL-17',
    rows: [{ ...GOOD, 通知送达时间: '' }],
    verdict: 'ask',
    reasons: ['NOTICE_MISSING'],
  },
  {
    name: '5 a file that says of nobody when the notice arrived',
    laws: 'PIPL-23 PIPL-17',
    rows: [untold(GOOD)],
    verdict: 'ask',
    reasons: ['NOTICE_MISSING'],
  },
  {
    name: '5 such a file, and both parties signed why it is taken as delivered',
    laws: 'PIPL-23 PIPL-17',
    rows: [untold(GOOD)],
    deal: (deal) => Object.assign(deal.notice, { taken_as_delivered: '挂号信逐户寄出，有存根' }),
    verdict: 'transfer',
  },
  {
    name: '5 such a file, and the consent names the text',
    laws: 'PIPL-23 PIPL-14',
    rows: [{ ...untold(GOOD), 告知书版本: daysBefore(TODAY, 100) }],
    verdict: 'transfer',
  },
  {
    name: '6 blank method',
    laws: 'CPR-23',
    rows: [{ ...GOOD, 同意方式: '' }],
    verdict: 'ask',
    reasons: ['CONSENT_NOT_EXPLICIT'],
  },
  {
    name: '7 consent to an older text of the notice',
    laws: 'PIPL-14',
    rows: [{ ...GOOD, 告知书版本: '2025年第一版' }],
    verdict: 'ask',
    reasons: ['CONSENT_OTHER_NOTICE'],
  },
  {
    name: '7 the same by ledger',
    laws: 'PIPL-14',
    rows: [told(GOOD)],
    ledger: [['C001', PURPOSE, BUYER, '同意', daysBefore(TODAY, 10), '短信', 'DX-2', 'a'.repeat(64)]],
    verdict: 'ask',
    reasons: ['CONSENT_OTHER_NOTICE'],
  },
  ...(
    [
      ['8 dissolution', kind('dissolution')],
      ['9 bankruptcy', kind('bankruptcy')],
      ['9 operator-change with opinion', kind('operator-change', true)],
    ] as const
  ).map(
    ([name, deal]): Scenario => ({
      name: `${name}: contract refused, eight sessions left`,
      laws: 'CC-551 CC-555 CC-67',
      rows: [{ ...told(BALANCE), 合同转让同意: '不同意' }],
      deal,
      verdict: 'transfer',
      stays: ['prepaid'],
      has: { name: '张三', remaining_sessions: '' },
    }),
  ),
  ...(['merger', 'division'] as const).map(
    (name): Scenario => ({
      name: `10 ${name}: goes with the balance`,
      laws: 'CC-67 PIPL-22',
      rows: [{ ...told(BALANCE), 合同转让同意: '不同意' }],
      deal: kind(name),
      verdict: 'transfer',
      has: { name: '张三', remaining_sessions: '8' },
    }),
  ),
  {
    name: '11 balance, the file has no answer about the contract',
    laws: 'CC-551',
    rows: [BALANCE],
    verdict: 'transfer',
    stays: ['prepaid'],
    has: { remaining_sessions: '' },
  },
  {
    name: '11 balance, the contract agreed',
    laws: 'CC-551 CC-555 SPC-PP-13',
    rows: [{ ...BALANCE, 合同转让同意: '同意' }],
    verdict: 'transfer',
    has: { remaining_sessions: '8' },
  },
  {
    name: '11 the contract agreed, without evidence',
    laws: 'CC-551',
    rows: [
      { ...BALANCE, 合同转让同意: '同意', 合同转让同意时间: daysBefore(TODAY, 40), 合同转让同意凭证: '口头' },
    ],
    verdict: 'transfer',
    stays: ['prepaid'],
    has: { remaining_sessions: '' },
  },
  {
    name: '11 contract refused, data agreed: no refusal of data',
    laws: 'CC-551 PIPL-23',
    rows: [{ ...BALANCE, 合同转让同意: '不同意' }],
    verdict: 'transfer',
    stays: ['prepaid'],
  },
  {
    name: "14 nine years old, a guardian's bare cell",
    laws: 'PIPL-31',
    rows: [{ ...GOOD, 年龄: '9', 监护人同意: '是' }],
    verdict: 'ask',
    reasons: ['GUARDIAN_MISSING'],
  },
  {
    name: '14 nine years old, a guardian who is known',
    laws: 'PIPL-31',
    rows: [{ ...GOOD, ...GUARDIAN, 年龄: '9' }],
    verdict: 'transfer',
  },
  {
    name: '15 sixteen years old, own consent to the contract',
    laws: 'CC-19',
    rows: [{ ...BALANCE, 年龄: '16', 合同转让同意: '同意' }],
    verdict: 'transfer',
    stays: ['prepaid'],
    has: { name: '张三', remaining_sessions: '' },
  },
  {
    name: '15 seven years old, own consent to everything',
    laws: 'CC-20 PIPL-31',
    rows: [{ ...BALANCE, 年龄: '7', 合同转让同意: '同意' }],
    verdict: 'ask',
    reasons: ['GUARDIAN_MISSING'],
  },
  {
    name: '15 sixteen years old, with a guardian',
    laws: 'CC-19 CC-20',
    rows: [{ ...BALANCE, ...GUARDIAN, 年龄: '16', 合同转让同意: '同意' }],
    verdict: 'transfer',
    has: { remaining_sessions: '8' },
  },
  {
    name: "16 the employer's daughter in the notes",
    laws: 'PIPL-31',
    rows: [{ ...GOOD, 备注: '雇主9岁女儿 接送，喜欢安静' }],
    deal: let_('notes', 'free-text', '交代上门时要注意的事情'),
    verdict: 'transfer',
    has: { notes: '雇主9岁▇ ▇，喜欢安静' },
    struck: true,
  },
  {
    name: '17 one sensitive consent, for health',
    laws: 'PIPL-29',
    rows: [
      {
        ...GOOD,
        ...SENSITIVE,
        敏感信息同意范围: '健康',
        健康状况: '青霉素过敏',
        身份证号: '11010519491231002X',
      },
    ],
    deal: both(let_('health', 'sensitive', NEED), let_('id_no', 'sensitive', '劳务合同备案要登记身份证号')),
    verdict: 'transfer',
    stays: ['identity'],
    has: { health: '青霉素过敏', id_no: '' },
  },
  {
    name: '17 a sensitive yes that names nothing, of two kinds',
    laws: 'PIPL-29',
    rows: [{ ...GOOD, ...SENSITIVE, 健康状况: '青霉素过敏', 身份证号: '11010519491231002X' }],
    deal: both(let_('health', 'sensitive', NEED), let_('id_no', 'sensitive', '劳务合同备案要登记身份证号')),
    verdict: 'transfer',
    stays: ['identity', 'health'],
    has: { health: '', id_no: '' },
  },
  {
    name: '17 a bare sensitive yes',
    laws: 'PIPL-29',
    rows: [{ ...GOOD, 敏感信息单独同意: '是', 健康状况: '青霉素过敏' }],
    deal: let_('health', 'sensitive', NEED),
    verdict: 'transfer',
    stays: ['health'],
    has: { health: '' },
  },
  {
    name: '18 a door code in notes that are kept',
    laws: 'PIPL-28',
    rows: [{ ...GOOD, 备注: '门禁密码1234#，糖尿病，女儿李梅13911112222，喜欢安静' }],
    deal: let_('notes', 'free-text', '交代上门时要注意的事情'),
    verdict: 'transfer',
    stays: ['health'],
  },
  {
    name: '18 a door code in the address',
    laws: 'PIPL-28',
    rows: [{ ...GOOD, 服务地址: '上海市浦东新区张江路1弄2号301室 门禁密码1234#' }],
    verdict: 'transfer',
    has: { address: '上海市浦东新区张江路1弄2号301室 ▇' },
    struck: true,
  },
  {
    name: '18 health in notes, with consent to it',
    laws: 'PIPL-28 PIPL-29',
    rows: [{ ...GOOD, ...SENSITIVE, 敏感信息同意范围: '健康', 备注: '糖尿病，备用钥匙在鞋柜' }],
    deal: let_('notes', 'free-text', '交代上门时要注意的事情'),
    verdict: 'transfer',
    struck: true,
  },
  {
    name: '20 no recipient is written',
    laws: 'PIPL-23',
    rows: [{ ...GOOD, 接收方: '' }],
    verdict: 'ask',
    reasons: ['CONSENT_NO_RECIPIENT'],
  },
  {
    name: '9 a merger with a new purpose: its fields stay',
    laws: 'PIPL-22',
    rows: [{ ...told(GOOD), ...SERVICE }],
    deal: both(kind('merger'), ads),
    verdict: 'transfer',
    stays: ['purpose:ads'],
    has: { name: '张三', service: '' },
  },
  {
    name: '9 a merger for a new purpose alone',
    laws: 'PIPL-22',
    rows: [told(GOOD)],
    deal: both(kind('merger'), (deal) => {
      deal.purposes = [{ id: 'service', zh: '推荐贷款和保险', en: 'to recommend loans and insurance' }];
    }),
    verdict: 'ask',
    reasons: ['CONSENT_MISSING'],
  },
  {
    name: '11 two purposes, consent to one',
    laws: 'PIPL-14 PIPL-23',
    rows: [{ ...GOOD, ...SERVICE }],
    deal: ads,
    verdict: 'transfer',
    stays: ['purpose:ads'],
    has: { name: '张三', service: '' },
  },
  ...['口头', '聊天记录已删除', '老板代签', '客户妻子说可以'].map(
    (evidence): Scenario => ({
      name: `12 ${evidence} is no evidence`,
      laws: 'PIPL-14 PIPL-69',
      rows: [{ ...GOOD, 凭证: evidence }],
      verdict: 'ask',
      reasons: ['CONSENT_NO_EVIDENCE'],
    }),
  ),
  {
    name: '12 a mother who is cared for',
    laws: 'PIPL-13 PIPL-28',
    rows: [{ ...GOOD, 服务对象: '母亲83岁阿尔茨海默' }],
    deal: let_('care_recipient', 'third-party', NEED),
    verdict: 'transfer',
    stays: ['care', 'health'],
    has: { care_recipient: '' },
  },
  {
    name: '12 children on a line of necessity',
    laws: 'PIPL-31',
    rows: [{ ...GOOD, ...SENSITIVE, 敏感信息同意范围: '孩子', 小孩情况: '女儿李梅9岁' }],
    deal: let_('children', 'sensitive', '接送孩子要知道学校和时间'),
    verdict: 'transfer',
    stays: ['children'],
    has: { children: '' },
  },
  {
    name: '12 one person under two numbers, one no',
    laws: 'PIPL-8 PIPL-15',
    rows: [GOOD, { ...GOOD, 客户编号: 'C002', 是否同意: '拒绝', 凭证: 'DX-000002' }],
    verdict: 'ask',
    reasons: ['SAME_PERSON_REFUSED'],
  },
  {
    name: '1 the same consent, said by a ledger',
    laws: 'PIPL-23 PIPL-14 CSL-44 CC-1038 SPC-CR-3 NDSR-62-7',
    rows: [told(GOOD)],
    ledger: [['C001', PURPOSE, BUYER, '同意', daysBefore(TODAY, 10), '短信', 'DX-2']],
    verdict: 'transfer',
  },
  {
    name: '1 nobody has asked',
    laws: 'PIPL-10 PIPL-13 CSL-44 CC-1038 SPC-CR-3 NDSR-62-7 STD-35273-5.4',
    rows: [told(GOOD)],
    verdict: 'ask',
    reasons: ['CONSENT_MISSING'],
  },
  {
    name: '1 a consent to another buyer',
    laws: 'PIPL-23 NDSR-62-7',
    rows: [{ ...GOOD, 接收方: '上海丙家政服务有限公司' }],
    verdict: 'ask',
    reasons: ['CONSENT_OTHER_RECIPIENT'],
  },
  {
    name: '1 a consent older than the notice',
    laws: 'PIPL-14 PIPL-23',
    rows: [{ ...GOOD, 同意时间: daysBefore(TODAY, 150) }],
    verdict: 'ask',
    reasons: ['CONSENT_BEFORE_NOTICE'],
  },
  {
    name: '1 a box that was ticked in advance',
    laws: 'CPR-23 STD-35273-5.4 PIPL-14',
    rows: [{ ...GOOD, 同意方式: '默认勾选' }],
    verdict: 'ask',
    reasons: ['CONSENT_NOT_EXPLICIT'],
  },
  {
    name: '1 a refusal',
    laws: 'NDSR-22 PIPL-10',
    rows: [{ ...GOOD, 是否同意: '拒绝' }],
    verdict: 'withhold',
    reasons: ['CONSENT_REFUSED'],
  },
  {
    name: '1 a consent that has run out',
    laws: 'NDSR-22 PIPL-19',
    rows: [{ ...GOOD, 同意有效期至: daysBefore(TODAY, 1) }],
    verdict: 'ask',
    reasons: ['CONSENT_EXPIRED'],
  },
  {
    name: '1 a consent that has not run out',
    laws: 'NDSR-22 CPR-23 STD-35273-5.4 PIPL-10',
    rows: [{ ...GOOD, 同意有效期至: daysBefore(TODAY, -1) }],
    verdict: 'transfer',
  },
  {
    name: '1 last served more than three years ago',
    laws: 'PIPL-19',
    rows: [{ ...GOOD, 最近服务: daysBefore(TODAY, 1200) }],
    verdict: 'withhold',
    reasons: ['RETENTION_OVER'],
  },
  {
    name: '1 columns that the deal does not name',
    laws: 'PIPL-6 STD-35273-5.2',
    rows: [{ ...GOOD, 微信号: 'wx_zhangsan', 客户性格: '难缠' }],
    verdict: 'transfer',
    lacks: ['wx_zhangsan', '难缠'],
  },
  {
    name: '2 the day of the withdrawal in a column',
    laws: 'PIPL-15',
    rows: [{ ...GOOD, 同意时间: `${daysBefore(TODAY, 5)} 10:00`, 撤回时间: daysBefore(TODAY, 5) }],
    verdict: 'withhold',
    reasons: ['CONSENT_WITHDRAWN'],
  },
  {
    name: '2 a withdrawal at the very minute of the consent',
    laws: 'PIPL-15',
    rows: [{ ...GOOD, 同意时间: `${daysBefore(TODAY, 5)} 10:00` }],
    ledger: [['C001', PURPOSE, BUYER, '撤回', `${daysBefore(TODAY, 5)} 10:00`, '电话', 'LY-1']],
    verdict: 'withhold',
    reasons: ['CONSENT_WITHDRAWN'],
  },
  {
    name: '2 a withdrawal without any date',
    laws: 'PIPL-15',
    rows: [GOOD],
    ledger: [['C001', PURPOSE, BUYER, '撤回', '', '电话', 'LY-1']],
    verdict: 'withhold',
    reasons: ['CONSENT_WITHDRAWN'],
  },
  {
    name: '2 a withdrawal of the day before the consent',
    laws: 'PIPL-15',
    rows: [{ ...GOOD, 同意时间: `${daysBefore(TODAY, 5)} 10:00` }],
    ledger: [['C001', PURPOSE, BUYER, '撤回', daysBefore(TODAY, 6), '电话', 'LY-1']],
    verdict: 'transfer',
  },
  {
    name: '3 a later list with the old consent',
    laws: 'PIPL-15',
    rows: [GOOD],
    ledger: [['C001', PURPOSE, BUYER, '撤回', daysBefore(TODAY, 5), '电话', 'LY-1']],
    later: [{ ...GOOD, 最近服务: '2026-10-01' }],
    verdict: 'withhold',
    reasons: ['CONSENT_WITHDRAWN'],
  },
  {
    name: '3 a later list without the column of the withdrawal',
    laws: 'PIPL-15',
    rows: [{ ...GOOD, 撤回时间: daysBefore(TODAY, 5) }],
    later: [{ ...GOOD, 最近服务: '2026-10-01' }],
    verdict: 'withhold',
    reasons: ['CONSENT_WITHDRAWN'],
  },
  ...(['merger', 'division', 'dissolution', 'bankruptcy'] as const).map(
    (name): Scenario => ({
      name: `5 ${name}: nobody knows when the notice arrived`,
      laws: 'PIPL-22',
      rows: [{ ...told(GOOD), 通知送达时间: '' }],
      deal: kind(name),
      verdict: 'ask',
      reasons: ['NOTICE_MISSING'],
    }),
  ),
  {
    name: '5 merger: told, and asked nothing',
    laws: 'PIPL-22 PIPL-13 PIPL-17',
    rows: [told(GOOD)],
    deal: kind('merger'),
    verdict: 'transfer',
    has: { name: '张三' },
  },
  {
    name: '5 merger: told, and refused',
    laws: 'PIPL-15 NDSR-22',
    rows: [{ ...told(GOOD), 是否同意: '拒绝' }],
    deal: kind('merger'),
    verdict: 'withhold',
    reasons: ['CONSENT_REFUSED'],
  },
  {
    name: '9 operator-change without an opinion',
    laws: 'SOHO-13 PIPL-23',
    rows: [told(GOOD)],
    deal: kind('operator-change'),
    verdict: 'ask',
    reasons: ['CONSENT_MISSING'],
  },
  {
    name: '9 operator-change with an opinion, told',
    laws: 'SOHO-13',
    rows: [told(GOOD)],
    deal: kind('operator-change', true),
    verdict: 'transfer',
  },
  ...(
    [
      ['no name', '监护人姓名'],
      ['no relation', '监护人关系'],
      ['no date', '监护人同意时间'],
      ['no evidence', '监护人同意凭证'],
    ] as const
  ).map(
    ([what, column]): Scenario => ({
      name: `14 nine years old, a guardian with ${what}`,
      laws: 'PIPL-31',
      rows: [{ ...GOOD, ...GUARDIAN, 年龄: '9', [column]: '' }],
      verdict: 'ask',
      reasons: ['GUARDIAN_MISSING'],
    }),
  ),
  {
    name: '14 thirteen by the identity number',
    laws: 'PIPL-31',
    rows: [{ ...GOOD, 身份证号: childNumber('20130601') }],
    verdict: 'ask',
    reasons: ['GUARDIAN_MISSING'],
  },
  {
    name: '14 nine years old, the guardian refuses',
    laws: 'PIPL-31',
    rows: [{ ...GOOD, ...GUARDIAN, 年龄: '9', 监护人同意: '不同意' }],
    verdict: 'withhold',
    reasons: ['CONSENT_REFUSED'],
  },
  {
    name: '17 health, with its necessity and its consent',
    laws: 'PIPL-28 PIPL-29 STD-35273-5.4',
    rows: [{ ...GOOD, ...SENSITIVE, 敏感信息同意范围: '健康', 健康状况: '青霉素过敏' }],
    deal: let_('health', 'sensitive', NEED),
    verdict: 'transfer',
    has: { health: '青霉素过敏' },
  },
  {
    name: '17 health, the consent is spoken only',
    laws: 'PIPL-29',
    rows: [
      { ...GOOD, ...SENSITIVE, 敏感信息同意凭证: '口头', 敏感信息同意范围: '健康', 健康状况: '青霉素过敏' },
    ],
    deal: let_('health', 'sensitive', NEED),
    verdict: 'transfer',
    stays: ['health'],
    has: { health: '' },
  },
  {
    name: '12 whoever is cared for agrees as well',
    laws: 'PIPL-13 PIPL-28 PIPL-29',
    rows: [
      {
        ...GOOD,
        ...SENSITIVE,
        敏感信息同意范围: '健康',
        服务对象: '母亲83岁阿尔茨海默',
        服务对象同意: '同意',
        服务对象同意时间: daysBefore(TODAY, 40),
        服务对象同意凭证: 'FW-1',
      },
    ],
    deal: let_('care_recipient', 'third-party', NEED),
    verdict: 'transfer',
    has: { care_recipient: '母亲83岁阿尔茨海默' },
  },
  {
    name: '11 nothing said of the data, the contract runs and was agreed, and the deal names that route',
    laws: 'PIPL-13 CC-551 CC-555',
    rows: [{ ...told(BALANCE), ...AGREED_CONTRACT, 邮箱: 'zhang@example.cn' }],
    deal: both(byContract, let_('email', 'contact')),
    verdict: 'transfer',
    stays: ['beyond-contract'],
    has: { name: '张三', remaining_sessions: '8' },
    lacks: ['zhang@example.cn'],
  },
  {
    name: '11 the same, and the deal names no route',
    laws: 'PIPL-13 PIPL-23',
    rows: [{ ...told(BALANCE), ...AGREED_CONTRACT }],
    verdict: 'ask',
    reasons: ['CONSENT_MISSING'],
  },
  {
    name: '11 that route, and silence about the contract',
    laws: 'PIPL-13 CC-551',
    rows: [told(BALANCE)],
    deal: byContract,
    verdict: 'ask',
    reasons: ['CONSENT_MISSING'],
  },
  {
    name: '11 that route, and a no to the data',
    laws: 'PIPL-13 PIPL-15 NDSR-22',
    rows: [{ ...BALANCE, ...AGREED_CONTRACT, 是否同意: '不同意' }],
    deal: byContract,
    verdict: 'withhold',
    reasons: ['CONSENT_REFUSED'],
  },
  {
    name: '12 a row of whoever is cared for, with the yes of the one who pays',
    laws: 'GD-11 PIPL-13',
    rows: [{ ...GOOD, 客户角色: '服务对象' }],
    verdict: 'ask',
    reasons: ['CONSENT_MISSING'],
  },
  {
    name: '12 a row of whoever is cared for, who agreed as well',
    laws: 'GD-11 PIPL-13',
    rows: [
      {
        ...GOOD,
        客户角色: '服务对象',
        服务对象同意: '同意',
        服务对象同意时间: daysBefore(TODAY, 40),
        服务对象同意凭证: 'FW-2',
      },
    ],
    verdict: 'transfer',
    has: { name: '张三' },
  },
  {
    name: '14 nine years old by the name',
    laws: 'PIPL-31',
    rows: [{ ...GOOD, 姓名: '李乐乐（9岁）' }],
    verdict: 'ask',
    reasons: ['GUARDIAN_MISSING'],
  },
  {
    name: '12 one person under two numbers, both agree',
    laws: 'PIPL-8',
    rows: [GOOD, { ...GOOD, 客户编号: 'C002', 凭证: 'DX-000002' }],
    verdict: 'transfer',
  },
  {
    name: '11 two purposes, consent to both',
    laws: 'PIPL-14 PIPL-23 PIPL-6',
    rows: [{ ...GOOD, ...SERVICE, 同意用途: `${PURPOSE}、推荐贷款和保险` }],
    deal: ads,
    verdict: 'transfer',
    has: { service: '日常保洁' },
  },
  {
    name: '11 the contract agreed by silence',
    laws: 'CC-551 SPC-PP-13',
    rows: [{ ...BALANCE, 合同转让同意: '未回复' }],
    verdict: 'transfer',
    stays: ['prepaid'],
    has: { remaining_sessions: '' },
  },
  {
    name: '11 money on the card, the contract not agreed',
    laws: 'CC-551 CC-555 SPC-PP-13',
    rows: [{ ...GOOD, 余额: '320.50' }],
    deal: let_('prepaid_balance', 'transaction'),
    verdict: 'transfer',
    stays: ['prepaid'],
    has: { prepaid_balance: '' },
  },
  ...['办卡时一揽子授权', '服务协议条款', '随合同一并签署'].map(
    (method): Scenario => ({
      name: `6 ${method} is no separate consent`,
      laws: 'CPR-23 NDSR-62-7 PIPL-14',
      rows: [{ ...GOOD, 同意方式: method }],
      verdict: 'ask',
      reasons: ['CONSENT_NOT_EXPLICIT'],
    }),
  ),
  ...['丈夫微信回复', '家属短信', '店长确认'].map(
    (method): Scenario => ({
      name: `12 ${method} is the word of somebody else`,
      laws: 'PIPL-14 PIPL-69',
      rows: [{ ...GOOD, 同意方式: method }],
      verdict: 'ask',
      reasons: ['CONSENT_NOT_EXPLICIT'],
    }),
  ),
  ...['丈夫微信截图', '女儿短信DX-9', '口头同意，没有录音'].map(
    (evidence): Scenario => ({
      name: `12 ${evidence} does not prove it`,
      laws: 'PIPL-14 PIPL-69',
      rows: [{ ...GOOD, 凭证: evidence }],
      verdict: 'ask',
      reasons: ['CONSENT_NO_EVIDENCE'],
    }),
  ),
  {
    name: '12 spoken, and recorded',
    laws: 'PIPL-14 PIPL-69',
    rows: [{ ...GOOD, 凭证: '口头同意，有通话录音' }],
    verdict: 'transfer',
  },
  ...['不给', '先不要', '不让转', '撤', '撤消同意', '反悔了'].map(
    (word): Scenario => ({
      name: `2 ${word} is a no`,
      laws: 'PIPL-15 NDSR-22',
      rows: [{ ...GOOD, 是否同意: word }],
      verdict: 'withhold',
    }),
  ),
  {
    name: '11 two purposes, one of them withdrawn',
    laws: 'PIPL-15 PIPL-23',
    rows: [{ ...GOOD, ...SERVICE, 同意用途: `${PURPOSE}、推荐贷款和保险` }],
    ledger: [['C001', '推荐贷款和保险', BUYER, '撤回', daysBefore(TODAY, 5), '短信', 'DX-2']],
    deal: ads,
    verdict: 'transfer',
    stays: ['purpose:ads'],
    has: { name: '张三', service: '' },
  },
  {
    name: '2 a consent in universal time is of the next day in Shanghai',
    laws: 'PIPL-15',
    rows: [told(GOOD)],
    ledger: [
      ['C001', PURPOSE, BUYER, '撤回', daysBefore(TODAY, 10), '短信', 'DX-2'],
      ['C001', PURPOSE, BUYER, '同意', `${daysBefore(TODAY, 10)}T16:30:00Z`, '短信', 'DX-1'],
    ],
    verdict: 'transfer',
  },
  ...(
    [
      ['in the state of the customer', { 合同状态: '客户已去世' }],
      ['beside the name', { 姓名: '张三（已故）' }],
      ['in a remark', { 备注: '客户本人去年已去世，女儿联系' }],
    ] as const
  ).map(
    ([where, cells]): Scenario => ({
      name: `12 the customer has died, ${where}`,
      laws: 'PIPL-13 PIPL-14',
      rows: [{ ...GOOD, ...cells }],
      verdict: 'ask',
      reasons: ['CONSENT_UNKNOWN'],
    }),
  ),
  {
    name: '12 a husband has died, in a remark',
    laws: 'PIPL-13',
    rows: [{ ...GOOD, 备注: '老伴去年去世，一个人住' }],
    verdict: 'transfer',
  },
  {
    name: '14 fourteen today, thirteen when agreeing',
    laws: 'PIPL-31',
    rows: [{ ...GOOD, 出生日期: '2012-11-01' }],
    verdict: 'ask',
    reasons: ['GUARDIAN_MISSING'],
  },
  {
    name: '14 fourteen today, a guardian agreed before',
    laws: 'PIPL-31',
    rows: [{ ...GOOD, ...GUARDIAN, 出生日期: '2012-11-01' }],
    verdict: 'transfer',
  },
  {
    name: '14 fourteen today, agreeing today',
    laws: 'PIPL-31',
    rows: [{ ...GOOD, 出生日期: TODAY.replace('2026', '2012'), 同意时间: TODAY }],
    verdict: 'transfer',
  },
  {
    name: '14 thirteen today, fourteen when the deal takes effect',
    laws: 'PIPL-31',
    rows: [{ ...GOOD, 出生日期: '2012-11-25' }],
    deal: (deal) => Object.assign(deal, { effective: daysBefore(TODAY, -20) }),
    verdict: 'ask',
    reasons: ['GUARDIAN_MISSING'],
  },
  ...['十三', '13周岁', '18个月'].map(
    (age): Scenario => ({
      name: `14 the age is ${age}`,
      laws: 'PIPL-31',
      rows: [{ ...GOOD, 年龄: age }],
      verdict: 'ask',
      reasons: ['GUARDIAN_MISSING'],
    }),
  ),
  ...['被监护人', '限制民事行为能力人', '未成年人'].map(
    (role): Scenario => ({
      name: `14 ${role}, of unknown age`,
      laws: 'PIPL-31 CC-20',
      rows: [{ ...GOOD, 客户身份: role }],
      verdict: 'ask',
      reasons: ['GUARDIAN_MISSING'],
    }),
  ),
  {
    name: '14 an adult who has a guardian, and the guardian says no',
    laws: 'PIPL-31 CC-20',
    rows: [{ ...GOOD, ...GUARDIAN, 年龄: '45', 监护人同意: '不同意' }],
    verdict: 'withhold',
    reasons: ['CONSENT_REFUSED'],
  },
  {
    name: "14 nine years old, the guardian has the child's name",
    laws: 'PIPL-31',
    rows: [{ ...GOOD, ...GUARDIAN, 年龄: '9', 监护人姓名: '张三' }],
    verdict: 'ask',
    reasons: ['GUARDIAN_MISSING'],
  },
  {
    name: "14 nine years old, a mother's signature",
    laws: 'PIPL-31',
    rows: [{ ...GOOD, ...GUARDIAN, 年龄: '9', 监护人关系: '母亲', 监护人同意凭证: '母亲签字的同意书' }],
    verdict: 'transfer',
  },
  {
    name: '15 eighteen today, seventeen when agreeing to the contract',
    laws: 'CC-19',
    rows: [{ ...BALANCE, ...AGREED_CONTRACT, 出生日期: '2008-11-10' }],
    verdict: 'transfer',
    stays: ['prepaid'],
    has: { name: '张三', remaining_sessions: '' },
  },
  {
    name: '14 fifteen years old, under the rules of the European Union',
    laws: 'PIPL-31',
    rows: [{ ...GOOD, 年龄: '15' }],
    deal: (deal) => Object.assign(deal, { policy: { pack: 'eu-gdpr', version: '2026-12' } }),
    verdict: 'ask',
    reasons: ['GUARDIAN_MISSING'],
  },
  ...['健康（不含身份证）', '健康，身份证除外', '仅健康，不同意身份证', 'health, excluding ID number'].map(
    (scope): Scenario => ({
      name: `17 a sensitive yes to ${scope.replaceAll(',', '')}`,
      laws: 'PIPL-29',
      rows: [
        {
          ...GOOD,
          ...SENSITIVE,
          敏感信息同意范围: scope.replaceAll(',', ''),
          身份证号: '11010519491231002X',
        },
      ],
      deal: let_('id_no', 'sensitive', '劳务合同备案要登记身份证号'),
      verdict: 'transfer',
      stays: ['identity'],
      has: { id_no: '' },
    }),
  ),
  ...(
    [
      ['女儿李梅周末来，婆婆叫王秀英', 'a daughter and a mother-in-law by name', ['李梅', '王秀英']],
      ['夫妻经常吵架，欠高利贷', 'discord and debts', ['高利贷']],
      ['密碼鎖1234，鎖匙喺鞋櫃', 'traditional characters', ['鞋櫃']],
      ['daughter Lily; key is with the doorman', 'English', ['Lily', 'doorman']],
    ] as const
  ).map(
    ([notes, what, lacks]): Scenario => ({
      name: `18 others and their affairs in notes: ${what}`,
      laws: 'PIPL-28 PIPL-31',
      rows: [{ ...GOOD, 备注: notes }],
      deal: let_('notes', 'free-text', '交代上门时要注意的事情'),
      verdict: 'transfer',
      lacks,
      struck: true,
    }),
  ),
  ...['脑出血后遗症，坐轮椅', '白血病，每周去医院', 'diabetic; in hospital'].map(
    (notes): Scenario => ({
      name: `18 health in notes in other words: ${notes}`,
      laws: 'PIPL-28 PIPL-29',
      rows: [{ ...GOOD, 备注: notes }],
      deal: let_('notes', 'free-text', '交代上门时要注意的事情'),
      verdict: 'transfer',
      stays: ['health'],
    }),
  ),
];
