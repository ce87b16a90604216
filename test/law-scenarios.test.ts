import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BUYER } from '../fixtures/customers/generate.js';
import { daysBefore } from '../fixtures/customers/days.js';
import { Answer, endOf, Firms } from './kit/firms.js';

/*
 * What a lawyer would try, through the real program: a deal, a file as a clerk heads it, check and explanation, export, and what the buyer
 * then has. Each row stands for its kind and is named by its number and by the rows of the law on which the verdict rests.
 */

const TODAY = '2026-11-20';
const PURPOSE = '继续提供家政服务';

/** A deal as the two firms write it; a scenario changes what it is about. */
type Deal = Record<string, unknown> & {
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
type Change = (deal: Deal) => void;

/** A customer's row by the headings of the file. */
type Row = Readonly<Record<string, string>>;

const GOOD: Row = {
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
const let_ =
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
const NEED = '护理员要知道病史和过敏史才能备餐用药';
const SERVICE: Row = { 服务项目: '日常保洁' };

interface Scenario {
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
}

const SCENARIOS: readonly Scenario[] = [
  {
    name: '1 a good consent',
    laws: 'PIPL-23 PIPL-14',
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
      laws: 'CC-551 CC-555',
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
      laws: 'CC-67',
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
    laws: 'CC-551 CC-555',
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
  },
  {
    name: '18 health in notes, with consent to it',
    laws: 'PIPL-28 PIPL-29',
    rows: [{ ...GOOD, ...SENSITIVE, 敏感信息同意范围: '健康', 备注: '糖尿病，备用钥匙在鞋柜' }],
    deal: let_('notes', 'free-text', '交代上门时要注意的事情'),
    verdict: 'transfer',
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
];

describe('verdicts', () => {
  test.each(SCENARIOS.map((scenario) => [`${scenario.name} (${scenario.laws})`, scenario] as const))(
    '%s',
    async (_, scenario) => {
      const firms = base.copy();
      try {
        await agree(firms, scenario.deal ?? (() => undefined));
        await takeIn(firms, scenario);
        const explained = await firms.done('check', '--explain', 'C001', '--workspace', 'jia');
        const found = explained.at('explanations.0');
        expect(found).toMatchObject({ verdict: scenario.verdict, stays: [...(scenario.stays ?? [])] });
        if (scenario.reasons !== undefined)
          for (const code of scenario.reasons) expect(JSON.stringify(found)).toContain(`"${code}"`);
        const checked = new Answer(
          JSON.parse((await firms.run('check', '--workspace', 'jia', '--json')).stdout),
        );
        expect(checked.number(`accounting.${scenario.verdict}`)).toBeGreaterThan(0);
        for (const what of scenario.stays ?? [])
          expect(checked.at('accounting.partly')).toMatchObject({ [what]: 1 });
        if (scenario.verdict !== 'transfer') return;
        const [first] = await handedOver(firms);
        expect(JSON.stringify(first)).not.toMatch(/1234#|钥匙|13911112222|女儿/);
        expect(first).toMatchObject(scenario.has ?? {});
      } finally {
        firms.remove();
      }
    },
  );
});

test('2 the explanation names the no that stands and the yes that lost (PIPL-15)', async () => {
  const firms = base.copy();
  try {
    await agree(firms, () => undefined);
    await takeIn(firms, {
      name: '',
      laws: '',
      verdict: 'withhold',
      rows: [{ ...GOOD, 同意时间: `${daysBefore(TODAY, 5)} 10:00` }],
      ledger: [['C001', PURPOSE, BUYER, '撤回', daysBefore(TODAY, 5), '电话', 'LY-1']],
    });
    const explained = await firms.done('check', '--explain', 'C001', '--workspace', 'jia');
    expect(explained.at('explanations.0.steps.3')).toMatchObject({
      step: 'refusal',
      decided_by: [{ source: 'ledger', entry: '1' }],
      lost: [
        {
          source: 'column',
          entry: 'consent_status',
          facts: { buyer: 'this', method: 'sms', evidence: true },
        },
      ],
    });
    const { stdout } = await firms.run('check', '--explain', 'C001', '--workspace', 'jia', '--lang', 'zh');
    expect(stdout).toContain('没有算数');
    expect(stdout).toContain('《个人信息保护法》第十五条');
    expect((await firms.run('check', '--workspace', 'jia')).exit).toBe(3);
  } finally {
    firms.remove();
  }
});

describe('gates', () => {
  const T = (days: number) => daysBefore(TODAY, -days);

  test.each<[string, string, Change, string]>([
    [
      '12 an assessment of next week',
      'PIPL-55',
      (deal) => Object.assign(deal.assessment, { date: T(3) }),
      '4 GATE_ASSESSMENT_LATER',
    ],
    [
      '13 a confidentiality agreement of next week',
      'CC-501',
      (deal) => Object.assign(deal.confidentiality, { signed: T(3) }),
      '4 GATE_CONFIDENTIALITY_LATER',
    ],
    [
      'a notice of next week',
      'PIPL-17',
      (deal) => Object.assign(deal.notice, { sent: T(3) }),
      '4 GATE_NOTICE_LATER',
    ],
  ])('%s stops the export before anything is sealed (%s)', async (_, __, change, end) => {
    const firms = base.copy();
    try {
      await agree(firms, (deal) => {
        deal.effective = T(10);
        change(deal);
      });
      const path = write(firms, 'customers.csv', [GOOD]);
      await firms.done('import', path, '--workspace', 'jia');
      await firms.run('check', '--workspace', 'jia');
      const status = await firms.done('status', '--workspace', 'jia');
      expect(JSON.stringify(status.at('deals.0.gates'))).toContain(end.slice(2));
      expect(endOf(await firms.run('export', '--workspace', 'jia', '--json'))).toBe(end);
      firms.time = `${T(4)}T04:00:00Z`;
      if (!end.includes('NOTICE')) await firms.done('export', '--workspace', 'jia');
    } finally {
      firms.remove();
    }
  });

  test.each<[string, string, Change, string]>([
    ['19 necessity 要', 'PIPL-28', let_('notes', 'free-text', '要'), '4 DEAL_NECESSITY_THIN'],
    [
      '19 necessity 业务需要',
      'PIPL-28',
      let_('notes', 'free-text', '因公司业务发展需要使用'),
      '4 DEAL_NECESSITY_THIN',
    ],
    [
      '13 to be kept for 99 years',
      'PIPL-19',
      (deal) => Object.assign(deal.retention.buyer, { after_effective: 'P99Y' }),
      '4 DEAL_PERIOD_LONG',
    ],
    [
      '13 the purpose 其他用途',
      'PIPL-6 PIPL-17',
      (deal) => void deal.purposes.splice(0, 1, { id: 'service', zh: '其他用途', en: 'other purposes' }),
      '4 DEAL_PURPOSE_VAGUE',
    ],
    [
      '13 the complaint phone 无',
      'PIPL-50',
      (deal) => Object.assign(deal.complaints, { phone: '无' }),
      '4 DEAL_CONTACT_EMPTY',
    ],
    [
      '13 one digest for three papers',
      'PIPL-55',
      (deal) => Object.assign(deal.assessment, { sha256: deal.notice.sha256 }),
      '4 GATE_PAPERS_SAME',
    ],
    [
      '5 a deal without the digest of a notice',
      'PIPL-23 PIPL-17',
      (deal) => Reflect.deleteProperty(deal.notice, 'sha256'),
      '2 DEAL_FIELD_MISSING',
    ],
    [
      '5 a digest that is a placeholder',
      'PIPL-17',
      (deal) => Object.assign(deal.notice, { sha256: '0'.repeat(64) }),
      '4 GATE_PAPER_EMPTY',
    ],
  ])('%s is refused before it is signed (%s)', async (_, __, change, end) => {
    const firms = base.copy();
    try {
      const path = await drafted(firms, change);
      const checked = await firms.run('deal', 'check', path, '--json');
      expect(`${checked.exit} ${checked.stdout}`).toMatch(new RegExp(`^${end.replace(' ', ' [^]*"')}"`));
      expect((await firms.run('deal', 'sign', path, '--workspace', 'jia', '--json')).exit).toBe(
        Number(end.slice(0, 1)),
      );
    } finally {
      firms.remove();
    }
  });

  const USCC = '91310000MA1FL0000N';

  test.each<[string, string, readonly string[], readonly string[], string]>([
    [
      '8 a buyer with a telephone in Hong Kong',
      'PIPL-38',
      [],
      ['--phone', '+852 2345 6789'],
      '4 GATE_BUYER_ABROAD',
    ],
    [
      '8 a buyer with an address in Hong Kong',
      'PIPL-38',
      [],
      ['--phone', '021-5550100', '--address', '香港九龙弥敦道1号'],
      '4 GATE_BUYER_ABROAD',
    ],
    ['8 a buyer of whom nobody can tell', 'PIPL-38', [], ['--phone', '2345 6789'], '4 GATE_BUYER_UNCLEAR'],
    [
      '8 a buyer in a road after Macau',
      'PIPL-38',
      [],
      ['--phone', '021-5550100', '--address', '上海市普陀区澳门路1号'],
      '0',
    ],
    [
      '8 one credit code on both sides',
      'PIPL-23',
      ['--uscc', USCC],
      ['--phone', '021-5550100', '--uscc', USCC],
      '4 GATE_ONE_ENTERPRISE',
    ],
  ])('%s (%s)', async (_, __, ofSeller, ofBuyer, end) => {
    const firms = await Firms.empty();
    try {
      const init = ['--unprotected', '--classic'];
      await firms.done(
        'init',
        'jia',
        '--role',
        'seller',
        '--name',
        '上海甲家政服务有限公司',
        '--phone',
        '021-5550100',
        ...ofSeller,
        ...init,
      );
      await firms.done('init', 'yi', '--role', 'buyer', '--name', BUYER, ...ofBuyer, ...init);
      await firms.acquaint('jia', 'yi');
      const path = await drafted(firms, () => undefined);
      expect(endOf(await firms.run('deal', 'sign', path, '--yes', '--workspace', 'jia', '--json'))).toBe(end);
    } finally {
      firms.remove();
    }
  });
});

let base: Firms;
beforeAll(async () => {
  base = await Firms.meet();
});
afterAll(() => base.remove());

/** Writes the deal with a change, and gives its path. */
async function drafted(firms: Firms, change: Change): Promise<string> {
  const path = await firms.draft();
  const deal: Deal = JSON.parse(readFileSync(path, 'utf8'));
  change(deal);
  writeFileSync(path, JSON.stringify(deal, null, 1));
  return path;
}

async function agree(firms: Firms, change: Change): Promise<void> {
  const path = await drafted(firms, change);
  await firms.agreeTo(path, 'D-1');
}

/** A file with every column that any of the rows has. */
function write(firms: Firms, name: string, rows: readonly Row[]): string {
  const headers = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = [headers, ...rows.map((row) => headers.map((header) => row[header] ?? ''))];
  const path = firms.post(name);
  writeFileSync(path, `${lines.map((cells) => cells.join(',')).join('\n')}\n`);
  return path;
}

async function takeIn(firms: Firms, { rows, ledger }: Scenario): Promise<void> {
  await firms.done('import', write(firms, 'customers.csv', rows), '--workspace', 'jia');
  if (ledger === undefined) return;
  const path = firms.post('ledger.csv');
  const head = '客户编号,用途,接收方,事件,时间,方式,凭证,告知文本';
  writeFileSync(
    path,
    `${[head, ...ledger.map((cells) => (cells.length < 8 ? [...cells, ''] : cells).join(','))].join('\n')}\n`,
  );
  await firms.done('import', '--consents', path, '--workspace', 'jia');
}

/** What the buyer then has, by the deal's fields. */
async function handedOver(firms: Firms): Promise<readonly Readonly<Record<string, string>>[]> {
  const exported = await firms.done('export', '--workspace', 'jia');
  await firms.done('receive', exported.text('bundle.path'), '--workspace', 'yi');
  const out = firms.post('extract.ndjson');
  await firms.done('extract', '--workspace', 'yi', '--yes', '--format', 'ndjson', '--out', out);
  return readFileSync(out, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => {
      const row: Record<string, string | null> = JSON.parse(line);
      return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value ?? '']));
    });
}
