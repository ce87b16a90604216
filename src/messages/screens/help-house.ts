import type { Lang } from '../lang.js';

/** The help of the commands about papers, people and what follows a handover. */
export const helpHouse = {
  zh: {
    'papers draft': {
      summary: '写出要签的文件（Word）：保密协议、影响评估、制度、预案等',
      about:
        '内容从交接协议、现有客户清单和登记的人员里填好，不知道的地方标黄留空。协议还没有填完也可以：写 deal.yaml 的文件名，已填的部分照用。文件里没有任何客户的资料。',
      examples: [
        'handover papers draft --deal deal.yaml --out 待签文件',
        'handover papers draft --deal 2026-JX-014 --only pia',
      ],
      arguments: {},
      options: {
        deal: '协议编号，或者 deal.yaml 文件（可以还没有填完）',
        only: '只写这一种',
        out: '写到哪个文件夹；不写则用当前文件夹',
        force: '覆盖已有的文件',
      },
    },
    'papers add': {
      summary: '登记签好的文件：保密协议、影响评估、承诺书等',
      about:
        '记下文件的摘要和日期，并加密保存一份副本。登记后有一个编号（例如 nda-1），协议文件 deal.yaml 里写编号就行，不用抄 64 位摘要。',
      examples: [
        'handover papers add 保密协议-已签.pdf --as nda --signed 2026-11-01',
        'handover papers add 影响评估.jpg --as pia --signed 2026-11-05 --signer 王芳 --deal 2026-JX-014',
      ],
      arguments: { file: '签好的扫描件、照片或电子文件' },
      options: {
        as: '这是哪一种文件',
        signed: '签署或生效的日期（2026-11-01）；不写就是今天',
        signer: '由谁签字',
        deal: '属于哪份交接协议（编号）；公司自己的文件不用写',
      },
    },
    'papers list': {
      summary: '列出登记过的文件',
      examples: ['handover papers list'],
      arguments: {},
      options: {},
    },
    'papers copy': {
      summary: '取出一份文件的副本',
      examples: ['handover papers copy nda-1', 'handover papers copy pia-1 影响评估-副本.pdf'],
      arguments: { paper: '文件编号', file: '写到哪里；不写则用登记时的文件名' },
      options: { force: '覆盖已有的文件' },
    },
    'people add': {
      summary: '登记接触客户资料的人，以及受托方、中介',
      about: '只登记员工和有往来的单位，不登记客户。受托方和中介要写明怎样核实了身份。',
      examples: [
        'handover people add 王芳 --role lead --contact 021-5550100',
        'handover people add 上海丙信息服务有限公司 --role broker --identified licence --contact 021-5550300',
      ],
      arguments: { name: '姓名或单位全称' },
      options: {
        role: '身份',
        since: '从哪天起；不写就是今天',
        contact: '联系方式',
        uscc: '统一社会信用代码',
        identified: '怎样核实了身份',
      },
    },
    'people update': {
      summary: '补记保密承诺、培训、联系方式，或者离开的日期',
      examples: [
        'handover people update 李梅 --paper promise-1',
        'handover people update 李梅 --trained 2026-11-18 --topic 客户信息保密',
        'handover people update 李梅 --gone 2026-12-31',
      ],
      arguments: { who: '姓名或单位名称；同名的写编号末尾一段' },
      options: {
        promised: '签署保密承诺的日期',
        paper: '签好的承诺书或委托合同的编号，日期从文件来',
        trained: '培训的日期',
        topic: '培训的内容（不要写个人信息）',
        contact: '联系方式',
        identified: '怎样核实了身份',
        gone: '离开或不再接触客户资料的日期',
      },
    },
    'people list': {
      summary: '列出接触客户资料的人，谁还没有承诺、没有培训',
      examples: ['handover people list', 'handover people list --all'],
      arguments: {},
      options: { all: '包括已经离开的' },
    },
  },
  en: {
    'papers draft': {
      summary: 'write the papers to be signed, as Word files: agreement, assessment, rules, plans',
      about:
        'Filled from the deal, the customer list and the registers; what nobody knows is a yellow blank. A deal.yaml that is not finished will do: what it says already is used. No customer is in any of them.',
      examples: [
        'handover papers draft --deal deal.yaml --out to-sign',
        'handover papers draft --deal 2026-JX-014 --only pia',
      ],
      arguments: {},
      options: {
        deal: 'id of the deal, or a deal.yaml, finished or not',
        only: 'this kind alone',
        out: 'folder for them; the current one unless said',
        force: 'overwrite files',
      },
    },
    'papers add': {
      summary: 'take in a signed paper: confidentiality agreement, assessment, promise …',
      about:
        'Keeps the digest and the day, and a sealed copy. The paper gets an id such as nda-1, which may stand in deal.yaml in place of a digest of 64 digits.',
      examples: [
        'handover papers add nda-signed.pdf --as nda --signed 2026-11-01',
        'handover papers add assessment.jpg --as pia --signed 2026-11-05 --signer "Wang Fang" --deal 2026-JX-014',
      ],
      arguments: { file: 'the signed scan, photograph or document' },
      options: {
        as: 'what kind of paper it is',
        signed: 'the day on which it was signed or took effect (2026-11-01); today unless said',
        signer: 'who signed it',
        deal: 'the deal that it belongs to; left out for a paper of the firm itself',
      },
    },
    'papers list': {
      summary: 'list the papers that were taken in',
      examples: ['handover papers list'],
      arguments: {},
      options: {},
    },
    'papers copy': {
      summary: 'write out the copy of a paper',
      examples: ['handover papers copy nda-1', 'handover papers copy pia-1 assessment-copy.pdf'],
      arguments: { paper: 'id of the paper', file: 'where to; the name of the file taken in unless said' },
      options: { force: 'overwrite a file' },
    },
    'people add': {
      summary: 'list who has to do with customer data: staff, entrusted parties, brokers',
      about:
        'Staff and firms only, never customers. Of an entrusted party or a broker it is said how it was made sure who that is.',
      examples: [
        'handover people add "Wang Fang" --role lead --contact 021-5550100',
        'handover people add "Bing Data Ltd" --role broker --identified licence --contact 021-5550300',
      ],
      arguments: { name: 'name of the person or firm' },
      options: {
        role: 'what they have to do with the data',
        since: 'from which day; today unless said',
        contact: 'how to reach them',
        uscc: 'unified social credit code',
        identified: 'how it was made sure who that is',
      },
    },
    'people update': {
      summary: 'note a promise of confidentiality, a training, a contact, or the day of leaving',
      examples: [
        'handover people update "Li Mei" --paper promise-1',
        'handover people update "Li Mei" --trained 2026-11-18 --topic "keeping customer data confidential"',
        'handover people update "Li Mei" --gone 2026-12-31',
      ],
      arguments: { who: 'name; where names repeat, the end of the id' },
      options: {
        promised: 'the day on which confidentiality was promised',
        paper: 'id of the signed promise or contract, which says its day',
        trained: 'the day of a training',
        topic: 'what it was about (no personal data)',
        contact: 'how to reach them',
        identified: 'how it was made sure who that is',
        gone: 'the day on which they left or ceased to handle the data',
      },
    },
    'people list': {
      summary: 'list who has to do with customer data, and who has not promised or was not trained',
      examples: ['handover people list', 'handover people list --all'],
      arguments: {},
      options: { all: 'those who left as well' },
    },
  },
} as const satisfies Readonly<Record<Lang, unknown>>;
