import { type Block, type Draft, type DraftLine, emptyRows, known } from './blocks.js';
import type { DraftFacts, DraftPerson } from './facts.js';

/* Papers of the firm itself, in Chinese. */

const named = ({ people }: DraftFacts, is: DraftPerson['is'], hint: string) => {
  const found = people.filter((person) => person.is === is);
  return known(
    found.length === 0
      ? null
      : found.map(({ name, contact }) => (contact === null ? name : `${name}（${contact}）`)).join('、'),
    hint,
  );
};

const columns = (facts: DraftFacts): readonly DraftLine[] => {
  const { data } = facts;
  if (data === null) return [['收集的种类：', { blank: '姓名、电话、地址、服务记录……' }]];
  return [
    [`收集的种类：${data.general.join('、')}。`],
    ...(data.sensitive.length === 0
      ? []
      : [[`其中敏感个人信息：${data.sensitive.join('、')}。只在确有必要、本人另行同意时收集。`]]),
    ...(data.safety.length === 0
      ? []
      : [[`${data.safety.join('、')}：只供当次上门使用，用完即删，不移交给任何人。`]]),
    ...(data.children.length === 0 ? [] : [[`${data.children.join('、')}：不满十四周岁的，由监护人同意。`]]),
    ...(data.care.length === 0
      ? []
      : [
          [
            `${data.care.join('、')}：涉及老人、病人等服务对象的，由服务对象本人或者监护人同意，客户代替不了。`,
          ],
        ]),
  ];
};

/** 业务转让时客户会怎样，按交易类型说：要逐位同意的、只须告知的、公司不变的。 */
function comingZh(demands: DraftFacts['deal']['demands'], buyer: string): string {
  if (demands === 'nothing')
    return `本公司的股权将转让给 ${buyer}，公司不变，仍由本公司处理您的资料，不因此移交给他人。`;
  if (demands === 'notice')
    return `本公司的业务将由 ${buyer} 承接。移交之前，会逐位告知承接方的名称和联系方式，由承接方继续履行本规则的义务；您可以提出异议或者要求删除。改变原来的目的、方式的，承接方须重新取得您的同意。`;
  return `本公司拟把业务转给 ${buyer}。您单独同意之前，您的资料不会移交；不同意不影响您要求继续服务或者退款。`;
}

/** 对外公示的处理规则。 */
export function publicRulesZh(facts: DraftFacts): Draft {
  const { firm, deal, today, cite } = facts;
  return {
    title: '个人信息处理规则',
    blocks: [
      { heading: '一、我们是谁' },
      {
        text: [
          `${firm.name}，统一社会信用代码 `,
          known(firm.uscc, '代码'),
          `，电话 ${firm.phone}，地址 `,
          known(firm.address, '地址'),
          '。个人信息保护负责人：',
          named(facts, 'lead', '姓名和电话'),
          '。',
        ],
      },
      { heading: '二、收集什么，为什么' },
      { items: columns(facts) },
      { text: ['用于：安排和提供您预约的服务、结算、售后和投诉处理。其他用途另行征得同意。'] },
      { heading: '三、怎样保存，保存多久' },
      {
        text: [
          '加密存放在境内，只让需要的员工接触。服务结束后保存',
          { blank: '多久' },
          '；发票、合同等法律另有规定的，按规定保存，期间不作他用。到期删除。',
        ],
      },
      { heading: '四、会不会给别人' },
      {
        text: [
          '不出售，不公开，不提供到境外。委托他人处理的：',
          named(facts, 'entrusted', '受托方名称和事项；没有的写“没有”'),
          '。',
        ],
      },
      ...(deal.buyer === null || firm.role === 'buyer'
        ? []
        : [
            {
              text: [comingZh(deal.demands, deal.buyer)],
            },
          ]),
      { heading: '五、您的权利' },
      {
        text: [
          '您可以查阅、复制、更正、删除自己的信息，撤回同意，要求解释规则，也可以投诉。我们在三十天内答复；拒绝的，说明理由。撤回同意不影响撤回之前的处理。',
        ],
      },
      { heading: '六、怎样找我们' },
      {
        text: [
          '受理人：',
          known(deal.contact, '受理人'),
          '　电话：',
          known(deal.phone ?? firm.phone, '电话'),
        ],
      },
      { text: ['对答复不满意的，可以向网信、公安、市场监管部门投诉举报。'] },
      { note: `依据：${cite('PIPL-7', 'PIPL-17', 'PIPL-48', 'NDSR-21')}。草稿制作日期：${today}。` },
      { text: ['公布日期：', { blank: '日期' }] },
    ],
  };
}

/** 张贴版。 */
export function posterZh(facts: DraftFacts): Draft {
  const { firm, deal, data } = facts;
  return {
    title: '您的个人信息',
    isPoster: true,
    blocks: [
      { text: [firm.name] },
      { heading: '我们记什么' },
      {
        text: [
          data === null
            ? { blank: '姓名、电话、地址、服务记录' }
            : `${data.general.slice(0, 8).join('、')}${data.general.length > 8 || data.sensitive.length > 0 ? '等' : ''}`,
        ],
      },
      { heading: '用来做什么' },
      { text: ['上门服务、结算、售后。不出售，不公开。'] },
      { heading: '保存多久' },
      { text: [{ blank: '服务结束后多久' }, '，到期删除。'] },
      { heading: '您可以' },
      { text: ['查看、更正、删除、撤回同意、投诉。三十天内答复。'] },
      { heading: '找谁' },
      { text: [known(deal.contact, '受理人'), '　', known(deal.phone ?? firm.phone, '电话')] },
      { note: '《个人信息处理规则》全文可向前台索取。' },
      { text: ['张贴日期：', { blank: '日期' }] },
    ],
  };
}

/** 管理制度：收集、使用与审批、存储与备份、销毁。 */
export function handlingRulesZh(facts: DraftFacts): Draft {
  const { firm, deal, today, cite } = facts;
  return {
    title: '客户资料管理制度',
    blocks: [
      {
        text: [
          `${firm.name}。负责人：`,
          named(facts, 'lead', '姓名'),
          '。自',
          { blank: '生效日期' },
          '起执行。',
        ],
      },
      { heading: '第一章　收集' },
      {
        items: [
          ['只收集服务用得着的；先告诉客户收集什么、为什么、保存多久，再收集。'],
          ...columns(facts),
          ['不收集民族、宗教信仰；备注里不写对客户的评价和骂人的话。'],
          ['从其他来源得到的资料，先问清来源是否合法，问不清的不收。'],
        ],
      },
      { heading: '第二章　使用与审批' },
      {
        items: [
          ['谁的工作需要，谁才能看；离职当天收回账号、钥匙和资料。'],
          [
            '导出、打印、对外提供、查看未成年人资料，由负责人或复核人批准，并留下记录。经办人不能自己批准自己。',
          ],
          ['不用私人手机、私人微信保存和传送客户资料。'],
          ['客户说了不要推销的，不再推销；撤回同意的，立即停用。'],
        ],
      },
      {
        table: {
          head: ['姓名或单位', '身份', '联系方式', '保密承诺', '最近培训'],
          widths: [26, 22, 22, 15, 15],
          rows:
            facts.people.length === 0
              ? emptyRows(4, 5)
              : facts.people.map(({ name, role, contact, promised, trained }) => [
                  [name],
                  [role],
                  [contact ?? ''],
                  [known(promised, '日期')],
                  [known(trained, '日期')],
                ]),
        },
      },
      { heading: '第三章　存储与备份' },
      {
        items: [
          ['客户资料存放在加密的工作区，口令不与他人共用，不写在纸上。'],
          [
            '每',
            { blank: '多久' },
            '备份一次，备份同样加密，放在',
            { blank: '地点' },
            '，由',
            { blank: '姓名' },
            '保管；登记在备份清单里。',
          ],
          ['每半年试一次能否恢复。销毁时，备份一并销毁。'],
        ],
      },
      { heading: '第四章　销毁' },
      {
        items: [
          ['目的已经实现、期限届满、客户撤回同意或者要求删除的，及时销毁；法律要求保存的，封存到期再销毁。'],
          ['移交给买方的，自回执确认起保存', known(deal.sellerKeeps, '期限'), '，到期销毁。'],
          ['销毁由另一人批准，出具销毁证明。程序够不到的地方（手机、微信、纸张等）逐处清理并签字。'],
          ['纸质资料用碎纸机销毁，不卖给废品站。'],
        ],
      },
      { heading: '第五章　检查与责任' },
      {
        items: [
          ['每年自查一次、培训一次、演练一次；发现的问题写明负责人和期限。'],
          ['违反本制度的，按劳动合同和公司规定处理；造成损失的依法赔偿；涉嫌犯罪的移送公安机关。'],
        ],
      },
      { note: `依据：${cite('PIPL-9', 'PIPL-51', 'PIPL-47', 'NDSR-9')}。草稿制作日期：${today}。` },
      { sign: ['负责人（签字、盖章）：', '日期：'] },
    ],
  };
}

/** 应急预案。 */
export function emergencyPlanZh(facts: DraftFacts): Draft {
  const { firm, today, cite } = facts;
  return {
    title: '个人信息安全事件应急预案',
    blocks: [
      { heading: '一、哪些算事件' },
      {
        text: [
          '交接包或资料发错、丢失，电脑或手机丢失，口令被他人知道，系统被入侵，资料被篡改、毁损；怀疑有的，也按事件办。',
        ],
      },
      { heading: '二、谁负责' },
      {
        table: {
          head: ['职责', '姓名和电话'],
          widths: [40, 60],
          rows: [
            [['总负责：决定处置、对外告知'], [named(facts, 'incident-lead', '应急负责人')]],
            [['个人信息保护负责人'], [named(facts, 'lead', '姓名和电话')]],
            [['技术处置：停用账号、断网、保留证据'], [{ blank: '姓名和电话' }]],
            [['联系客户、接听来电'], [{ blank: '姓名和电话' }]],
          ],
        },
      },
      { heading: '三、怎样办' },
      {
        items: [
          ['发现的人立即告诉总负责，不拖延、不自行掩盖。'],
          ['立即止损：停用账号、改口令、撤回文件、找回设备；保留现场和记录。'],
          ['登记：handover incident open，程序算出涉及多少人、哪些字段、各项时限。'],
          ['判断等级：一般、较大、重大、特别重大。较大以上的，按规定在四小时内报告；涉嫌犯罪的，同时报警。'],
          [
            '可能伤害客户的，用电话、短信、即时通信、邮件或者公告告诉客户：发生了什么、可能的后果、已采取的措施、客户自己可以怎样做、找谁。',
          ],
          ['资料来自或已移交给对方公司的，同时告诉对方。'],
          ['查明原因，写明责任人和改进措施，办结：handover incident close。'],
        ],
      },
      { heading: '四、联系电话' },
      {
        table: {
          head: ['单位', '电话'],
          widths: [60, 40],
          rows: [
            [['报警'], ['110']],
            [['属地网信部门'], [{ blank: '电话' }]],
            [['属地公安网安部门'], [{ blank: '电话' }]],
            [['律师'], [{ blank: '姓名、电话' }]],
          ],
        },
      },
      { heading: '五、演练' },
      { text: ['每年至少演练一次，填写演练记录，签字后登记（handover papers add 文件 --as drill）。'] },
      {
        note: `${firm.name}。依据：${cite('PIPL-51', 'PIPL-57', 'NDSR-11', 'INC-4', 'CSL-27')}。草稿制作日期：${today}。`,
      },
      { sign: ['负责人（签字、盖章）：', '日期：'] },
    ],
  };
}

/** 演练记录。 */
export function drillZh({ firm, today, cite }: DraftFacts): Draft {
  return {
    title: '应急演练记录',
    blocks: [
      {
        table: {
          head: ['项目', '内容'],
          widths: [28, 72],
          rows: [
            [['单位'], [firm.name]],
            [['演练日期'], [{ blank: '日期' }]],
            [['设定的情形'], [{ blank: '例如：存有客户表的笔记本电脑丢失' }]],
            [['参加人员'], [{ blank: '姓名' }]],
            [['从发现到止损用了多久'], [{ blank: '时间' }]],
            [['能不能在四小时内说清涉及多少人、哪些字段'], [{ blank: '能 / 不能，差在哪里' }]],
            [['能不能联系到客户'], [{ blank: '用什么方式，多少人联系不上' }]],
            [['发现的问题'], [{ blank: '问题' }]],
            [['改进、负责人、期限'], [{ blank: '内容' }]],
          ],
        },
      },
      { sign: ['组织人（签字）：', '日期：'] },
      {
        note: `依据：${cite('PIPL-51')}。草稿制作日期：${today}。签字后登记：handover papers add 文件 --as drill。`,
      },
    ],
  };
}

/** 培训：要点、两个短案例、签到。 */
export function trainingZh({ people, firm, today, cite }: DraftFacts): Draft {
  const staff = people.filter(({ is }) => is !== 'entrusted' && is !== 'broker');
  return {
    title: '个人信息保护培训记录',
    blocks: [
      { text: [`${firm.name}　培训日期：`, { blank: '日期' }, '　讲授人：', { blank: '姓名' }] },
      { heading: '一、记住六条' },
      {
        items: [
          ['只看、只记服务用得着的；不拍客户家里，不发朋友圈。'],
          ['门锁密码、钥匙存放处，当次用完就删，不抄、不转告。'],
          ['客户资料不存私人手机、私人微信，不带走。'],
          ['客户说不要推销、撤回同意、要求删除，当天告诉公司。'],
          ['老人、病人、孩子的情况只对照护需要的人说。'],
          ['丢了手机、发错文件，马上说；早说早止损，隐瞒要追究。'],
        ],
      },
      { heading: '二、两个例子（虚构）' },
      {
        text: [
          '例一：转让时把客户表发到微信群。某家政店转让，老板把两千多位客户的表发到微信群里谈价。群里有人转手卖给了装修公司。问题：没有保密协议，没有客户同意，没有加密。应当：签约前只看汇总数，逐位征求同意，用加密的交接包移交。',
        ],
      },
      {
        text: [
          '例二：离职阿姨带走通讯录。一位服务人员离职时，手机里存着三十几位客户的电话和门锁密码，后来私下接单。问题：公司让员工用私人手机存客户资料，离职时没有清理。应当：用工号和派单记录，离职当天清理并签字。',
        ],
      },
      { heading: '三、考一考' },
      { text: ['客户的门锁密码可以移交给买方吗？（不可以）客户没有回复，能当作同意吗？（不能）'] },
      { heading: '四、签到' },
      {
        table: {
          head: ['姓名', '身份', '考核结果', '签名'],
          widths: [26, 26, 20, 28],
          rows: [
            ...staff.map(({ name, role }): readonly DraftLine[] => [[name], [role], [''], ['']]),
            ...emptyRows(Math.max(2, 8 - staff.length), 4),
          ],
        },
      },
      {
        note: `依据：${cite('PIPL-51')}。草稿制作日期：${today}。培训后记到每个人：handover people update 姓名 --trained 日期。`,
      },
    ],
  };
}

/** 上门服务人员保密承诺书。 */
export function promiseZh({ firm, today, cite }: DraftFacts): Draft {
  return {
    title: '上门服务人员保密承诺书',
    blocks: [
      { text: [`致：${firm.name}`] },
      { text: ['我在上门服务中会知道客户家里的情况。我承诺：'] },
      {
        items: [
          ['客户的姓名、电话、地址、门锁密码、钥匙、作息、家庭成员和健康情况，只用于当次服务，不告诉别人。'],
          ['不拍照、不录音、不录像、不发到网上；服务需要拍照的，先问客户，只拍工作部位。'],
          ['不用私人手机保存客户资料；确有必要的，服务结束当天删除。'],
          ['不私下联系客户接单、推销，不把客户介绍给别人。'],
          ['看到老人、孩子、病人需要帮助的，告诉公司和家属，不对外说。'],
          ['钥匙、门卡用完当天交回，签收。'],
          ['丢失或者泄露的，马上告诉公司。'],
          ['离职时交回、删除全部客户资料。离职以后仍然保密。'],
        ],
      },
      { text: ['违反承诺的，承担公司制度和法律规定的责任。'] },
      { sign: ['承诺人（签字）：', '工号：', '日期：'] },
      {
        note: `依据：${cite('PIPL-51', 'CC-1032', 'CC-1038')}。草稿制作日期：${today}。签字后：handover papers add 文件 --as promise，再 handover people update 姓名 --paper 编号。`,
      },
    ],
  };
}

/** 委托处理记录：软件、代账、短信平台等。 */
export function entrustedZh(facts: DraftFacts): Draft {
  const parties = facts.people.filter(({ is }) => is === 'entrusted');
  return {
    title: '委托处理个人信息记录',
    blocks: [
      { text: [`委托方：${facts.firm.name}`] },
      {
        table: {
          head: [
            '受托方',
            '联系方式',
            '合同日期',
            '目的、期限、方式',
            '资料种类',
            '保护措施',
            '结束后返还或删除',
          ],
          widths: [18, 14, 11, 17, 14, 13, 13],
          rows: [
            ...parties.map(({ name, contact, promised }): readonly DraftLine[] => [
              [name],
              [known(contact, '联系方式')],
              [known(promised, '日期')],
              [{ blank: '填写' }],
              [{ blank: '填写' }],
              [{ blank: '填写' }],
              [{ blank: '日期' }],
            ]),
            ...emptyRows(Math.max(1, 4 - parties.length), 7),
          ],
        },
      },
      { heading: '合同里要写明' },
      {
        items: [
          ['委托的目的、期限、方式，资料的种类，保护措施，双方的权利义务；'],
          ['超出约定的不处理；不经同意不转委托；'],
          ['合同不生效、无效、撤销、终止的，返还或者删除，不保留；'],
          ['我方可以检查；出了事立即通知。'],
        ],
      },
      { text: ['常见的受托方：门店软件、小程序、短信平台、代账公司、电脑维修、交接包的受托保管人。'] },
      { sign: ['负责人（签字）：', '日期：'] },
      { note: `依据：${facts.cite('PIPL-21', 'PIPL-59', 'NDSR-12')}。草稿制作日期：${facts.today}。` },
    ],
  };
}

/** 交接后的三个问题，不署名。 */
export function surveyZh({ firm, deal, today }: DraftFacts): Draft {
  return {
    title: '三个问题',
    blocks: [
      {
        text: [
          '您好！您的服务已由 ',
          known(deal.buyer, '接手的公司'),
          ' 接手。请用一分钟回答三个问题，不用写姓名和电话。',
        ],
      },
      {
        items: [
          ['服务是否照常？　□ 是　□ 否'],
          ['满意度（1 最低，5 最高）：　□ 1　□ 2　□ 3　□ 4　□ 5'],
          ['是否愿意继续？　□ 愿意　□ 不愿意'],
        ],
      },
      {
        text: [
          '有投诉的，请直接找我们：',
          known(deal.contact, '受理人'),
          '　',
          known(deal.phone ?? firm.phone, '电话'),
        ],
      },
      {
        note: `制作日期：${today}。收回后做成表格（列名照抄三个问题），handover feedback import 只留汇总数。`,
      },
    ],
  };
}

/** 备份和存放地点清单。 */
export function backupsZh({ firm, places, today, cite }: DraftFacts): Draft {
  const backups: Block = {
    table: {
      head: ['备份', '存放地点', '是否加密', '保管人', '最近一次', '最近试过恢复', '销毁日期'],
      widths: [16, 18, 12, 14, 14, 14, 12],
      rows: emptyRows(5, 7),
    },
  };
  return {
    title: '备份和存放地点清单',
    blocks: [
      { text: [`${firm.name}。销毁资料时，逐项清理本表。`] },
      { heading: '一、备份' },
      backups,
      { heading: '二、程序够不到的地方' },
      {
        table: {
          head: ['地方', '登记的情况', '经手人', '日期'],
          widths: [34, 36, 16, 14],
          rows: places.map(({ name, said }) => [[name], [known(said, '有没有存放；怎样清理')], [''], ['']]),
        },
      },
      { sign: ['负责人（签字）：', '日期：'] },
      {
        note: `依据：${cite('PIPL-47', 'PIPL-51', 'NDSR-9')}。制作日期：${today}。“登记的情况”来自 handover purge attest。`,
      },
    ],
  };
}
