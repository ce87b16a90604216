import { type Blank, type Block, type Draft, type DraftLine, known } from './blocks.js';
import type { DraftDeal, DraftFacts } from './facts.js';

/* Papers of a deal, in Chinese: what is known is filled in, and what nobody knows yet is a blank. */

const seller = ({ seller: name }: DraftDeal) => known(name, '卖方全称');
const buyer = ({ buyer: name }: DraftDeal) => known(name, '买方全称');
const listed = (texts: readonly string[], hint: string) =>
  known(texts.length === 0 ? null : texts.join('、'), hint);

function fieldsTable({ fields }: DraftDeal): Block {
  return {
    table: {
      head: ['移交的字段', '怎样处理', '用途', '是否敏感', '必要性'],
      widths: [18, 14, 26, 12, 30],
      rows:
        fields.length === 0
          ? [[[{ blank: '字段' }], [''], [{ blank: '用途' }], [''], ['']]]
          : fields.map(({ label, action, purpose, isSensitive, necessity }) => [
              [label],
              [action],
              [purpose],
              [isSensitive ? '敏感' : '一般'],
              [isSensitive ? known(necessity, '必要性') : '—'],
            ]),
    },
  };
}

/** 保密协议。 */
export function ndaZh({ deal, today, cite }: DraftFacts): Draft {
  return {
    title: '保密协议',
    blocks: [
      { text: ['甲方（卖方）：', seller(deal)] },
      { text: ['乙方（买方）：', buyer(deal)] },
      {
        text: [
          '双方正在洽谈',
          known(deal.kind, '交易类型'),
          '。洽谈和交接中，乙方会接触甲方的经营信息和客户个人信息。双方约定如下：',
        ],
      },
      { heading: '一、保密的内容' },
      {
        items: [
          ['客户的姓名、联系方式、地址、服务和预付记录，以及其他能识别到个人的信息；'],
          ['甲方的价格、合同、员工和经营数据；'],
          ['本次洽谈本身，以及双方往来的文件。'],
        ],
      },
      { heading: '二、签约之前只看汇总数' },
      {
        text: [
          '交接协议由双方签署、客户资料按约定移交之前，甲方只提供不能识别到个人的汇总数（例如各区、各项服务的客户数，不足十位的不列）。乙方不索取客户名单、样本或截图。',
        ],
      },
      { heading: '三、乙方的义务' },
      {
        items: [
          ['只为本次交易使用，不用于招揽客户或其他目的；'],
          ['只让必须知道的人接触，并让这些人书面承诺保密；'],
          ['不复制、不转发，不存进私人手机、私人微信和网盘；'],
          ['发生或可能发生泄露、丢失的，立即通知甲方，并采取补救措施；'],
          ['交易不成的，自甲方要求之日起七日内退还或者销毁，并书面说明。'],
        ],
      },
      { heading: '四、期限' },
      {
        text: [
          '自签署之日起生效。经营信息保密',
          { blank: '年数' },
          '年；客户个人信息在任何时候都保密，不因交易不成、协议终止而解除。',
        ],
      },
      { heading: '五、违约责任' },
      {
        text: [
          '违反本协议的，停止侵害、消除影响，赔偿对方和客户因此受到的损失；违约金',
          { blank: '数额或计算方法' },
          '。另有法律责任的，依法承担。',
        ],
      },
      { heading: '六、依据' },
      { text: [cite('CC-501', 'CC-509', 'CC-1038', 'PIPL-10', 'NDSR-12')] },
      { heading: '七、争议' },
      { text: ['协商解决；协商不成的，由', { blank: '约定的法院或仲裁机构' }, '处理。本协议一式两份。'] },
      { sign: ['甲方（盖章）及经办人：', '日期：', '乙方（盖章）及经办人：', '日期：'] },
      { note: `草稿制作日期：${today}。签署后用 handover papers add 登记（--as nda）。` },
    ],
  };
}

/** 移交之前逐位核对什么。 */
const CHECKED: Readonly<Record<DraftFacts['deal']['demands'], string>> = {
  consent: '逐位核对客户是否单独同意，没有同意的不移交。',
  notice: '逐位核对通知是否送达，没有送达的和已经拒绝、提出异议的不移交。',
  nothing: '公司不变，不制作交接包，客户资料不移交给其他公司。',
};

/** 影响评估表：五种情形，每种三问。 */
export function piaZh(facts: DraftFacts): Draft {
  const { deal, firm, data, today, cite } = facts;
  const sensitive = deal.fields.filter((field) => field.isSensitive);
  const measures = `交接包加密并由双方签名，只有约定的接收方能打开；只移交协议列出的字段，其余留下；${
    (deal.approvals ?? 0) > 0 ? '移交前由另一人批准；' : ''
  }全程记入防篡改日志`;
  const provision: readonly DraftLine[] = [
    [
      '向',
      buyer(deal),
      '提供，用于',
      listed(deal.purposes, '用途'),
      '；移交',
      known(deal.fields.length === 0 ? null : `${deal.fields.length} 个字段`, '字段数'),
      `。${CHECKED[deal.demands]}目的、方式是否合法、正当、必要：`,
      { blank: '结论' },
    ],
    ['接收方用于约定以外的目的、重复联系、再次泄露。对客户的影响和风险高低：', { blank: '评估' }],
    [
      measures,
      '。买方自生效之日起保存 ',
      known(deal.buyerKeeps, '期限'),
      '。措施是否与风险相适应：',
      { blank: '结论' },
    ],
  ];
  const unknown: readonly DraftLine[] = [
    [{ blank: '有没有；有的写明' }],
    [{ blank: '评估' }],
    [{ blank: '结论' }],
  ];
  const strict: readonly DraftLine[] =
    deal.fields.length === 0
      ? unknown
      : sensitive.length === 0
        ? [['协议没有列入敏感字段。'], ['不移交，风险留在本公司。'], [keptLine(facts)]]
        : [
            [
              `移交 ${sensitive.map(({ label }) => label).join('、')}。必要性：`,
              listed(
                sensitive.flatMap(({ necessity }) => (necessity === null ? [] : [necessity])),
                '逐项写明必要性',
              ),
              '。结论：',
              { blank: '结论' },
            ],
            ['泄露后容易导致人格尊严受侵害或人身、财产受损。评估：', { blank: '评估' }],
            ['另取单独同意，没有的留空；加密移交。措施是否相适应：', { blank: '结论' }],
          ];
  const escrow: readonly DraftLine[] =
    deal.escrow.length === 0 ? [] : [[`另有受托人能打开交接包：${deal.escrow.join('；')}。应有委托合同。`]];
  const situations: readonly (readonly [string, readonly DraftLine[]])[] = [
    ['处理敏感个人信息', strict],
    ['利用个人信息进行自动化决策', unknown],
    ['委托处理、向其他处理者提供、公开个人信息', provision],
    ['向境外提供个人信息', deal.id === null ? unknown : [['协议约定不向境外提供。'], ['—'], ['—']]],
    ['其他对个人权益有重大影响的处理', unknown],
  ];
  const heads = [
    '处理目的、处理方式等是否合法、正当、必要',
    '对个人权益的影响及安全风险',
    '所采取的保护措施是否合法、有效并与风险程度相适应',
  ];
  return {
    title: '个人信息保护影响评估表',
    blocks: [
      { text: ['评估单位：', firm.name, '　统一社会信用代码：', known(firm.uscc, '代码')] },
      {
        text: [
          '评估事项：',
          known(deal.title, '把客户资料移交给谁、为什么'),
          '　协议编号：',
          known(deal.id, '编号'),
        ],
      },
      {
        text: [
          '涉及的客户：',
          known(data === null ? null : `现有清单 ${data.persons} 位`, '人数'),
          '，最终移交的人数以批准时的计划为准。',
        ],
      },
      ...escrow.map((text) => ({ text })),
      {
        table: {
          head: ['序号', '评估情形', '评估内容', '评估结论', '备注'],
          merged: 2,
          widths: [7, 18, 24, 39, 12],
          rows: situations.flatMap(([name, answers], i) =>
            heads.map((head, j) => [
              [j === 0 ? String(i + 1) : ''],
              [j === 0 ? name : ''],
              [head],
              answers[j] ?? [''],
              [''],
            ]),
          ),
        },
      },
      { heading: '移交的字段' },
      fieldsTable(deal),
      { heading: '总的结论' },
      { text: [{ blank: '可以移交 / 采取下列措施后可以移交 / 不移交' }] },
      {
        text: [
          `依据：${cite('PIPL-55', 'PIPL-56', 'SPI-A2')}。本表和处理情况记录至少保存三年。填表人声明：以上内容真实、完整。`,
        ],
      },
      { sign: ['评估负责人（签字）：', '日期：'] },
      {
        note: `草稿制作日期：${today}。填好的内容来自协议和现有清单，结论须由人填写。签字后用 handover papers add 登记（--as pia）。`,
      },
    ],
  };
}

function keptLine({ data }: DraftFacts): string | Blank {
  if (data === null) return { blank: '还没有导入清单，请写明怎样保护' };
  const kept = [...data.sensitive, ...data.safety];
  return kept.length === 0 ? '清单里没有敏感列。' : `清单里的 ${kept.join('、')} 一律留下。`;
}

/** 买方承诺书。 */
export function undertakingZh({ deal, today, cite }: DraftFacts): Draft {
  return {
    title: '买方承诺书',
    blocks: [
      { text: ['致：', seller(deal)] },
      {
        text: [
          '我方（',
          buyer(deal),
          '）接收贵方移交的客户资料（协议编号 ',
          known(deal.id, '编号'),
          '），承诺如下：',
        ],
      },
      {
        items: [
          ['只用于：', listed(deal.purposes, '用途'), '。要改变目的或者方式，先重新取得客户同意。'],
          ['只使用协议列出的字段，见下表；收到以外的内容，立即通知贵方并删除。'],
          ['自移交生效之日起保存 ', known(deal.buyerKeeps, '期限'), '。到期删除或者匿名化，并留下证明。'],
          ['收到贵方转来的撤回同意、更正、删除、反对，按通知函上的期限办结并回复。'],
          [
            `继续履行${deal.contractsPass ? '依法一并转来的' : '客户已同意转让的'}合同和预付款项，条件不低于原来。`,
          ],
          [
            `尊重客户的免打扰选择；${deal.demands === 'consent' ? '拒绝或者没有答复的' : '拒绝或者提出异议的'}客户，不以其他途径取得其资料，也不联系。`,
          ],
          ['加密存放，只让必须知道的人接触；不转卖、不再提供给他人，不提供到境外。'],
          ['发生安全事件，立即补救，并同时告诉贵方。'],
          ['使用之前，以自己的名义告诉客户：名称、联系方式、目的、方式、种类、保存期限和行使权利的办法。'],
          ['移交后第三十天、第九十天，向贵方书面说明遵守情况。'],
        ],
      },
      fieldsTable(deal),
      { text: ['客户找我方：', known(deal.contact, '受理人'), '　电话：', known(deal.phone, '电话')] },
      { text: [`依据：${cite('PIPL-17', 'PIPL-22', 'PIPL-23', 'NDSR-12', 'NDSR-14')}。`] },
      { sign: ['买方（盖章）及负责人：', '日期：'] },
      { note: `草稿制作日期：${today}。签署后用 handover papers add 登记（--as undertaking）。` },
    ],
  };
}

/** GDPR 第14条告知书：资料不是从本人那里取得的。 */
export function gdprZh({ deal, firm, today, cite }: DraftFacts): Draft {
  return {
    title: '个人信息告知书（GDPR 第14条）',
    blocks: [
      {
        text: [
          '尊敬的客户：您的资料不是您直接交给我们的。依照欧盟《通用数据保护条例》第14条，告诉您下列事项。',
        ],
      },
      {
        table: {
          head: ['事项', '内容'],
          widths: [30, 70],
          rows: [
            [['控制者'], [known(deal.buyer, '买方全称'), '，', { blank: '联系地址和电子邮箱' }]],
            [['在欧盟的代表、数据保护官'], [{ blank: '姓名和联系方式；没有的写“没有”' }]],
            [['资料从哪里来'], [seller(deal), '，', known(deal.effective, '移交日期'), ' 起移交']],
            [['目的'], [listed(deal.purposes, '目的')]],
            [['依据'], [{ blank: '同意、履行合同、正当利益中的哪一项；正当利益要写明是什么' }]],
            [
              ['资料的种类'],
              [
                listed(
                  deal.fields.map(({ label }) => label),
                  '种类',
                ),
              ],
            ],
            [
              ['还会给谁'],
              [known(deal.escrow.length === 0 ? null : deal.escrow.join('；'), '接收人；没有的写“没有”')],
            ],
            [['传到第三国'], [{ blank: '有没有；有的写明保障措施' }]],
            [['保存多久'], ['自移交生效之日起 ', known(deal.buyerKeeps, '期限')]],
            [['自动化决策'], [{ blank: '有没有；有的写明逻辑和后果' }]],
            [
              ['您的权利'],
              [
                '查阅、更正、删除、限制处理、反对、取得副本；随时撤回同意；向监管机构投诉：',
                { blank: '监管机构名称' },
              ],
            ],
            [['怎样行使'], [known(deal.contact, '受理人'), '，', known(deal.phone, '电话')]],
          ],
        },
      },
      { text: ['最迟在收到资料后一个月内告知；与您联系的，最迟在第一次联系时。'] },
      { note: `${firm.name}，草稿制作日期：${today}。依据：${cite('GDPR-14')}。` },
    ],
  };
}
