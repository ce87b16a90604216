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
    'feedback import': {
      summary: '导入客户反馈：投诉逐件登记，问卷只留汇总数',
      about:
        '有“客户编号”一列的是投诉，每行登记成一件客户请求，开始计时；没有的是问卷，数“服务是否照常”“满意度”“是否愿意继续”三个问题的答案。文字意见不保存。',
      examples: [
        'handover feedback import 投诉.xlsx --verified callback',
        'handover feedback import 问卷结果.csv',
      ],
      arguments: { file: '投诉表或问卷结果（csv、xlsx）' },
      options: { requester: '投诉人是谁；不写就是客户本人', verified: '怎样核实了投诉人的身份' },
    },
    'feedback list': {
      summary: '列出导入过的反馈',
      examples: ['handover feedback list'],
      arguments: {},
      options: {},
    },
    'followup set': {
      summary: '列出交接之后要办的事：余额、未完的服务、请求，以及第 30 天和第 90 天的回访',
      about:
        '从第一次移交算起。逐条看现有资料，数出还有余额或次数的客户、合同未到期的客户。再运行一次会重新计数，已定的负责人和期限不变。',
      examples: ['handover followup set', 'handover followup set 2026-JX-014 --owner 王芳'],
      arguments: { deal: '协议编号；只有一份协议时不用写' },
      options: { owner: '由谁负责（新列出的各项）' },
    },
    'followup update': {
      summary: '改一件后续事项的负责人、期限，或者记下已经办完',
      examples: [
        'handover followup update T-1 --owner 李梅 --due 2026-12-20',
        'handover followup update T-1 --done "余额已全部退清"',
      ],
      arguments: { task: '事项编号（例如 T-1）' },
      options: { owner: '负责人', due: '期限', done: '办得怎样（不要写个人信息）' },
    },
    'followup note': {
      summary: '交接引起的法定时限：记下从哪一天起算，或者已经办完',
      about:
        '时限的名称见 handover followup list。从作出决议（resolution）、事项变更（registration）起算的，先记下那一天。不适用的，用 --done 说明为什么。',
      examples: [
        'handover followup note premises --done "已在门店张贴公告"',
        'handover followup note registration --on 2026-12-01',
      ],
      arguments: {
        clock: '时限的名称，或者起算的日子：resolution、registration',
        deal: '协议编号；只有一份协议时不用写',
      },
      options: {
        on: '起算的日子是哪一天，或者哪一天办完的（不写就是今天）',
        done: '办得怎样，或者为什么不适用（不要写个人信息）',
      },
    },
    'followup list': {
      summary: '列出没有办完的后续事项和法定时限，可以只看一个人的',
      examples: ['handover followup list', 'handover followup list --owner 王芳'],
      arguments: {},
      options: { owner: '只看这位负责人的', all: '包括已经办完的' },
    },
    'findings collect': {
      summary: '做一次自查，把发现的问题登记下来，和上一次比较',
      about: '按自查表的 24 点。有不利证据、或者没有记录的，登记为问题；下次自查不再发现的，自动了结。',
      examples: ['handover findings collect'],
      arguments: {},
      options: {},
    },
    'findings add': {
      summary: '登记别人发现的问题，例如外部审计、主管部门',
      examples: ['handover findings add "前台电脑没有锁屏" --owner 王芳 --due 2026-12-15'],
      arguments: { text: '问题（不要写个人信息）' },
      options: { owner: '负责人', due: '期限' },
    },
    'findings update': {
      summary: '定负责人和期限，或者记下怎样解决的',
      examples: [
        'handover findings update F-3 --owner 王芳 --due 2026-12-15',
        'handover findings update F-3 --closed "已装锁屏，设两分钟"',
      ],
      arguments: { finding: '问题编号（例如 F-3）' },
      options: { owner: '负责人', due: '期限', closed: '怎样解决的（不要写个人信息）' },
    },
    'findings list': {
      summary: '列出没有解决的问题，以及与上次自查相比的变化',
      examples: ['handover findings list', 'handover findings list --owner 王芳'],
      arguments: {},
      options: { owner: '只看这位负责人的', all: '包括已经解决的' },
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
    'feedback import': {
      summary: 'take in feedback: complaints one by one, the survey as counts',
      about:
        'A file with a column "customer no." is of complaints: each becomes a request with its clock. Any other is of the survey: the answers to its three questions are counted. Words are not stored.',
      examples: [
        'handover feedback import complaints.xlsx --verified callback',
        'handover feedback import survey.csv',
      ],
      arguments: { file: 'complaints or answers (csv, xlsx)' },
      options: {
        requester: 'who complains; the customer unless said',
        verified: 'how it was made sure who that is',
      },
    },
    'feedback list': {
      summary: 'list the feedback that was imported',
      examples: ['handover feedback list'],
      arguments: {},
      options: {},
    },
    'followup set': {
      summary:
        'draw up what follows a handover: balances, open services, requests, and the 30th and 90th day',
      about:
        'Counted from the first handover. Looks at every present record for customers with a balance, sessions left or a running contract. Run again it counts anew; owners and days stay.',
      examples: ['handover followup set', 'handover followup set 2026-JX-014 --owner "Wang Fang"'],
      arguments: { deal: 'id of the deal; the only one unless said' },
      options: { owner: 'who does the tasks that are new' },
    },
    'followup update': {
      summary: 'say who does a task and until when, or that it is done',
      examples: [
        'handover followup update T-1 --owner "Li Mei" --due 2026-12-20',
        'handover followup update T-1 --done "all balances are paid back"',
      ],
      arguments: { task: 'id of the task, such as T-1' },
      options: { owner: 'who does it', due: 'until when', done: 'what came of it (no personal data)' },
    },
    'followup note': {
      summary: 'deadlines that the law sets around a closing: from which day one counts, or that it is met',
      about:
        'Their names are in handover followup list. For those that count from a resolution or from a change of particulars (registration), say that day first. For one that does not apply, say why behind --done.',
      examples: [
        'handover followup note premises --done "the notice is on the door"',
        'handover followup note registration --on 2026-12-01',
      ],
      arguments: {
        clock: 'name of the deadline, or the day from which it counts: resolution, registration',
        deal: 'id of the deal; not needed if there is only one',
      },
      options: {
        on: 'which day it counts from, or on which day it was met (today unless given)',
        done: 'what came of it, or why it does not apply (no personal data)',
      },
    },
    'followup list': {
      summary: 'list tasks and deadlines that are still open, of one person if you like',
      examples: ['handover followup list', 'handover followup list --owner "Wang Fang"'],
      arguments: {},
      options: { owner: 'the tasks of this person alone', all: 'done ones as well' },
    },
    'findings collect': {
      summary: 'run the self-audit, keep what it found, compare it with the last one',
      about:
        'The 24 points of the form. A point with evidence against it, or with nothing on record, is a finding until a later run no longer finds it.',
      examples: ['handover findings collect'],
      arguments: {},
      options: {},
    },
    'findings add': {
      summary: 'add what somebody else found, such as an auditor or an authority',
      examples: ['handover findings add "the front desk does not lock" --owner "Wang Fang" --due 2026-12-15'],
      arguments: { text: 'what was found (no personal data)' },
      options: { owner: 'who puts it right', due: 'until when' },
    },
    'findings update': {
      summary: 'say who puts a finding right and until when, or how it was put right',
      examples: [
        'handover findings update F-3 --owner "Wang Fang" --due 2026-12-15',
        'handover findings update F-3 --closed "locks after two minutes"',
      ],
      arguments: { finding: 'id of the finding, such as F-3' },
      options: {
        owner: 'who puts it right',
        due: 'until when',
        closed: 'how it was put right (no personal data)',
      },
    },
    'findings list': {
      summary: 'list open findings, and what changed since the audit before',
      examples: ['handover findings list', 'handover findings list --owner "Wang Fang"'],
      arguments: {},
      options: { owner: 'the findings of this person alone', all: 'closed ones as well' },
    },
  },
} as const satisfies Readonly<Record<Lang, unknown>>;
