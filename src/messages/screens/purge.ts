import { plural, screen } from './screen.js';

/** The end of the data: the plan, its approval, the run. What a certificate says is in certificate.ts. */
export const purgeWords = screen(
  {
    purge: '销毁编号',
    planned: '已存为销毁计划',
    wouldPlan: '将会存为销毁计划',
    until: (day: string | null) => (day === null ? '没有期限' : `保存至 ${day}`),
    gone: '会销毁',
    goneText: (count: string) => `${count} 条记录`,
    stays: '会留下',
    staysText: (stays: string, held: string, frozen: string) =>
      `${stays} 条未到期   保全 ${held}   封存 ${frozen}`,
    part: '部分',
    end: '保存至',
    law: '依据',
    restraints: '不得销毁',
    restraint: (kind: string, id: string, records: string) => `${kind} ${id.slice(-12)}：${records} 条`,
    files: '明文文件',
    drafts: '没写完的明文',
    draftsText: '命令中断时留下的，删不掉；销毁证明会写明，请自行删除',
    fileStays: (why: string) => `（会留下：${why}）`,
    deals: '协议',
    approvals: '批准',
    approvalsText: (given: number, needed: number) => `需要 ${needed} 人，已批准 ${given} 人`,
    plan: '计划摘要',
    reason: '原因',
    statistics: '统计',
    statisticsText: '只留下按区县、服务、月份的匿名统计，每格不少于十人（个人信息保护法第七十三条）',
    override: (count: string) =>
      `特批：其中 ${count} 条已导出的记录还没有收到买方回执。必须由第二个人批准，销毁证明和以后的报告都会写明。`,
    approve: '请第二个人查看并批准',
    run: '执行销毁（无法恢复）',
    proofs: (count: string) =>
      `其中 ${count} 位已移交客户的同意写在客户表里：同意的凭证（客户编号，以及同意、监护人、通知送达各栏；其他各栏不留）会另行加密保存，到最后一次移交满三年为止（《民法典》第一百八十八条、《个人信息保护法》第六十九条）。`,
    runFiles: '执行销毁（无法恢复）；明文文件要保留的，改用 --keep-files',
    approveQuestion: (count: string) => `批准销毁以上 ${count} 条记录？`,
    signedPlan: '已签字批准销毁',
    wouldSign: '将会签字批准销毁',
    question: (records: string, files: number) =>
      files === 0
        ? `销毁 ${records} 条记录？之后无法恢复。`
        : `销毁 ${records} 条记录，并覆盖删除 ${files} 个明文文件？之后无法恢复。`,
    wouldPurge: (records: string, files: number) => `将会销毁 ${records} 条记录、${files} 个明文文件`,
    again: '这次销毁以前已经完成，证明与当时相同。',
    purged: '销毁',
    keep: '请保存好证明，并把它（连同 .minisig）交给对方一份',
    report: '查看审计报告',
    failed: '仍能在下列文件里找到明文或密钥：请处理这些文件，并不要把证明当作已销毁的依据。',
  },
  {
    purge: 'Purge',
    planned: 'Kept as a plan',
    wouldPlan: 'Would be kept as a plan',
    until: (day: string | null) => (day === null ? 'no date' : `until ${day}`),
    gone: 'Gone',
    goneText: (count: string) => plural(count, 'record'),
    stays: 'Stays',
    staysText: (stays: string, held: string, frozen: string) =>
      `${stays} not due   held ${held}   frozen ${frozen}`,
    part: 'Part',
    end: 'Kept until',
    law: 'By',
    restraints: 'Kept back',
    restraint: (kind: string, id: string, records: string) =>
      `${kind} ${id.slice(-12)}: ${plural(records, 'record')}`,
    files: 'In clear',
    drafts: 'Half-written',
    draftsText:
      'left in clear by commands that were cut short, and cannot be removed: the certificate will say so; remove them yourself',
    fileStays: (why: string) => `(stays: ${why})`,
    deals: 'Deals',
    approvals: 'Approval',
    approvalsText: (given: number, needed: number) => `${given} of ${needed}`,
    plan: 'Plan',
    reason: 'Reason',
    statistics: 'Counts',
    statisticsText:
      'anonymous counts by district, service and month are kept, none below ten (PIPL Article 73)',
    override: (count: string) =>
      `Override: for ${plural(count, 'exported record')} the buyer's receipt has not come. A second person must approve; the certificate and every later report will say so.`,
    approve: 'have a second person look at it and approve',
    run: 'carry it out (it cannot be undone)',
    proofs: (count: string) =>
      `The consents of ${plural(count, 'customer')} who went stand in the customer file: what proves them (the customer number and the columns of consent, guardian and delivery; no other column) is kept sealed apart until three years after the last handover (Civil Code Article 188, PIPL Article 69).`,
    runFiles: 'carry it out (it cannot be undone); with --keep-files instead, the files in clear stay',
    approveQuestion: (count: string) => `Approve that these ${plural(count, 'record')} are purged?`,
    signedPlan: 'Approved the purge',
    wouldSign: 'Would approve the purge',
    question: (records: string, files: number) =>
      files === 0
        ? `Purge ${plural(records, 'record')}? It cannot be undone.`
        : `Purge ${plural(records, 'record')} and shred ${plural(files, 'file')} in clear? It cannot be undone.`,
    wouldPurge: (records: string, files: number) =>
      `Would purge ${plural(records, 'record')} and shred ${plural(files, 'file')} in clear`,
    again: 'This purge was done before; the certificate is the same.',
    purged: 'Purged',
    keep: 'keep the certificate, and give the other party a copy with its .minisig',
    report: 'see the report',
    failed:
      'Plaintext or a key can still be found in the files below: deal with them, and do not take the certificate for proof of erasure.',
  },
);
