import { eachLang } from '../lang.js';
import { reportChapterWords } from './report-chapters.js';
import { plural, screen } from './screen.js';

/** What a sentence about a deal may need: counts as they are shown, names of the firms, the next date. */
export interface DealSaid {
  readonly seller: string;
  readonly buyer: string;
  readonly covered: string;
  readonly ask: string;
  readonly exported: string;
  readonly received: string;
  readonly purged: string;
  readonly until: string;
}

/** What a finding may need; '' where it has none. */
export interface FindingSaid {
  readonly count: string;
  readonly due: string;
  readonly about: string;
}

/** The page itself: its head, how the deal is, the tiles of the first page, what is open, the titles of the chapters. */
const page = screen(
  {
    title: '客户资料交接审计报告',
    of: (name: string) => `${name} 的审计报告`,
    made: (time: string) => `制作时间 ${time}（北京时间）`,
    rehearsal: '演练，不是正式资料',
    standing: {
      good: () => '没有未了事项',
      open: (tasks: string) => `进行中，还有 ${tasks} 件事要办`,
      closed: (tasks: string) => `交接已完成，还有 ${tasks} 件事要办`,
      alert: () => '有问题需要处理',
    },
    seller: '卖方',
    buyer: '买方',
    officer: '合规负责人',
    none: '无',
    no: '没有',
    yes: '有',
    unknown: '不详',
    page: (name: string) => `${name} · 审计报告`,
    noDeal: '还没有交接协议，也没有资料离开。',
    stages: {
      unsigned: () => '协议还没有双方签署，没有资料离开。',
      'no-data': () => '协议已签署，还没有导入客户资料，没有资料离开。',
      unchecked: () => '客户资料已导入，还没有按现在的情况判定，没有资料离开。',
      'to-ask': (s: DealSaid) => `判定完成：目前没有客户可以移交，${s.ask} 位要先征求意见。没有资料离开。`,
      nobody: () => '判定完成：没有客户可以移交，也没有还能征求意见的。没有资料离开。',
      unapproved: (s: DealSaid) => `判定完成：${s.covered} 位可以移交，等第二个人批准。没有资料离开。`,
      ready: (s: DealSaid) => `判定完成：${s.covered} 位可以移交，还没有导出。没有资料离开。`,
      sent: (s: DealSaid) => `${s.exported} 位客户的资料已交给${s.buyer}，对方还没有签回执。`,
      'partly-sent': (s: DealSaid) =>
        `${s.exported} 位客户的资料已交给${s.buyer}，对方为其中 ${s.received} 位签了回执，还有交接包没有签。`,
      'partly-refused': (s: DealSaid) =>
        `${s.exported} 位客户的资料已交给${s.buyer}，对方收下 ${s.received} 位，其余没有收。`,
      'awaiting-bundle': (s: DealSaid) => `协议已签署，等${s.seller}发来交接包。`,
      'handed-over': (s: DealSaid) =>
        s.until === ''
          ? `${s.received} 位客户的资料已交给${s.buyer}，对方签了回执。`
          : `${s.received} 位客户的资料已交给${s.buyer}，对方签了回执；卖方应在 ${s.until} 之后销毁原资料。`,
      holding: (s: DealSaid) =>
        `从${s.seller}收到 ${s.received} 位客户的资料，全部核验无误，可以保存至 ${s.until}。`,
      purged: (s: DealSaid) => `交接完成，已移交的资料已销毁（${s.purged} 条）。`,
      refused: (s: DealSaid) => `${s.buyer}拒收了交接包。`,
      aborted: () => '交接已终止。',
    },
    consent: {
      separate: '每位客户对买方的单独同意',
      none: '告知每位客户，客户可以反对',
    },
    glance: {
      deal: '协议',
      version: (number: number) => `第 ${number} 版（补充协议）`,
      former: (number: number) => `协议第 ${number} 版`,
      parties: '双方',
      kind: '交易类型',
      basis: '法律依据',
      coverage: '有依据可移交',
      coverageNote: (covered: string, records: string) => `${covered} / ${records} 位客户`,
      noCheck: '尚未判定',
      exposure: '没有依据的移交',
      exposureNote: '应为 0',
      log: '操作日志',
      logGood: '完整',
      logBad: '不完整',
      logNote: (count: string) => `${count} 个已签名的事件`,
      still: '本方仍保存',
      stillNote: '条客户记录',
      arrow: ' → ',
    },
    override: {
      opinion: (day: string, _records: string) =>
        `例外：依据 ${day} 的律师意见，按告知处理，没有逐一取得单独同意。`,
      'taken-as-delivered': (day: string, _records: string, reason: string) =>
        `例外：双方约定把 ${day} 发出的通知视为已经逐人送达，客户表里没有送达时间。理由：${reason}`,
      'contract-route': (day: string, records: string, reason: string) =>
        `例外：双方在 ${day} 生效的协议里约定，没有就资料单独同意、但同意由买方接手合同的客户，可以按履行合同移交必需的内容（个人信息保护法第十三条第一款第二项）：${records} 条。理由：${reason}`,
      'purge-without-receipt': (day: string, records: string) =>
        `例外：${day} 决定在没有买方回执的情况下销毁 ${records} 条记录。`,
    },
    open: {
      title: '待办事项',
      none: '没有待办事项。',
      what: '事项',
      who: '由谁',
      due: '到期日',
      how: '命令',
      noDate: '尽快',
    },
    findings: {
      LOG_BROKEN: () => '操作日志与检查点对不上：可能被改写或截断。保留现场，查明之前不要采信本报告。',
      CHECKPOINT_BROKEN: () => '日志的检查点签名不对。保留现场，查明之前不要采信本报告。',
      BASIS_MISSING: (s: FindingSaid) => `有 ${s.count} 条已移交的记录找不到合法依据的判定。查明原因。`,
      ACCOUNTING_UNBALANCED: () => '读入的行数与各去向之和对不上。重新判定。',
      PURGE_WITHOUT_RECEIPT: (s: FindingSaid) => `${s.about} 没有买方回执就决定销毁。说明理由并存档。`,
      PURGE_FAILED: () => '一次销毁没有成功。查看证明，重新计划。',
      CERTIFICATE_BROKEN: () => '一份销毁证明核验不通过：签名或数字不对。查明之前不要采信。',
      PURGE_OVERDUE: (s: FindingSaid) => `${s.count} 条记录超过保存期限（${s.due}），应当销毁。`,
      REQUEST_OVERDUE: (s: FindingSaid) => `客户请求 ${s.about} 已超过答复期限。立即答复。`,
      NOTICE_OVERDUE: (s: FindingSaid) => `通知函 ${s.about} 已超过办结期限。`,
      NOTICE_PENDING: (s: FindingSaid) =>
        `移交后得知 ${s.count} 位客户不同意，还没有告知买方。写出并发出通知函。`,
      WORDS_UNCLEAR: (s: FindingSaid) =>
        `${s.count} 位已移交的客户后来说的话看不明白，或可能与说过“不”的是同一人。问清楚；是“不”就登记，并告知买方。`,
      NOES_UNMATCHED: (s: FindingSaid) =>
        `${s.count} 条拒绝或撤回对不上任何客户。认出是谁；已移交的要告知买方。`,
      LEDGER_UNHEARD: () => '有新导入的同意记录还没有判定过，里面可能有已移交客户的“不”。重新判定。',
      INCIDENT_OPEN: (s: FindingSaid) => `安全事件 ${s.about} 还没有办结。`,
      TAKEN_AS_DELIVERED: (s: FindingSaid) =>
        `双方约定 ${s.about} 的通知视为已经送达。请保存寄送、发送的凭证。`,
      CONTRACT_ROUTE: (s: FindingSaid) =>
        `协议（${s.about} 生效）允许按履行合同移交。请保存每位客户同意合同转让的凭证。`,
      OPINION_RELIED_ON: (s: FindingSaid) => `依据 ${s.about} 的律师意见放宽了同意要求。核对意见原件。`,
      DEAL_UNSIGNED: () => '签署交接协议。',
      DATA_MISSING: () => '导入客户资料。',
      CHECK_MISSING: () => '按协议判定每一位客户。',
      APPROVAL_MISSING: () => '请第二个人查看并批准。',
      EXPORT_OPEN: (s: FindingSaid) => `${s.count} 位客户可以移交，生成交接包。`,
      EXPORT_UNFINISHED: () => '一次导出没有写完，重新运行导出。',
      NOBODY_MAY_GO: () => '按现在的判定，没有一位客户可以移交：查明原因，或者终止协议。',
      CUSTOMERS_TO_ASK: (s: FindingSaid) => `${s.count} 位客户缺少告知或同意，补齐之前不移交。`,
      RECEIPT_AWAITED: (s: FindingSaid) => `${s.count} 位客户的交接包已发出，等买方签回执。`,
      BUNDLE_AWAITED: () => '把交接包发给买方。',
      BUNDLE_REFUSED: (s: FindingSaid) => `买方拒收（${s.about}）。查明原因后重新导出。`,
      PURGE_AHEAD: (s: FindingSaid) => `销毁 ${s.count} 条到期的记录。`,
      PURGE_UNFINISHED: () => '销毁计划还没有执行完。',
      REQUEST_OPEN: (s: FindingSaid) => `答复客户请求 ${s.about}。`,
      NOTICE_OPEN: (s: FindingSaid) => `办结通知函 ${s.about}。`,
      FILES_IN_CLEAR: (s: FindingSaid) =>
        `电脑上还有 ${s.count} 个已知的明文文件（原始表、退回文件或导出文件），用完后粉碎。`,
      PLACES_OPEN: (s: FindingSaid) => `${s.count} 处程序以外的地方（手机、微信、纸张等）还没有人说明。`,
      PLACES_REMAIN: (s: FindingSaid) => `${s.count} 处地方声明仍有客户资料。清理后再次声明。`,
      LOG_TIME: (s: FindingSaid) => `日志里有 ${s.count} 处时间倒退，多半是电脑时钟被调过。记下原因。`,
      ANCHOR_NONE: () => '对方手里还没有本方日志的检查点；交换交接包和回执之后才有。',
      KEPT_BACK: (s: FindingSaid) => `未移交的 ${s.count} 条记录仍归卖方负责：履行完或退款后决定去留。`,
      NO_DEAL: () => '起草并签署交接协议。',
    },
    severities: { alert: '问题', open: '待办', note: '须知' },
    sections: {
      verdict: '结论',
      funnel: '客户资料去了哪里',
      fields: '哪些内容离开，敏感信息和未成年人',
      evidence: '同意与告知的凭据',
      persons: '通知、客户请求、安全事件',
      assessment: '影响评估与批准',
      provisions: '提供记录（交接包与回执）',
      calendar: '保存期限：什么时候必须结束',
      purges: '销毁情况及程序以外的留存',
      exposure: '没有合法依据的移交',
      log: '操作日志是否完整',
      laws: '依据的法律和规则',
      versions: '程序与格式',
      proof: '本页的自我核验',
    },
    versions: { program: '程序', formats: '格式' },
    evidencePart: '证据部分',
    evidenceLead: '以下供核对：编号、摘要、签名和日志。',
    next: '写成一页可以打印、能自我核验的报告',
    written: (path: string) => `报告已写出  ${path}`,
    digest: '报告摘要',
    giveIt: '报告不含客户资料，可以交给对方或主管部门；对方可以自己核验',
    fileName: '审计报告.html',
    verifyIt: '独立核验这份报告',
  },
  {
    title: 'Customer data handover: audit report',
    of: (name: string) => `Audit report of ${name}`,
    made: (time: string) => `made ${time} (Beijing time)`,
    rehearsal: 'a rehearsal, no production data',
    standing: {
      good: () => 'Nothing is open',
      open: (tasks: string) => `Under way; ${plural(tasks, 'thing')} to do`,
      closed: (tasks: string) => `Handed over; ${plural(tasks, 'thing')} to do`,
      alert: () => 'Needs attention',
    },
    seller: 'seller',
    buyer: 'buyer',
    officer: 'officer',
    none: 'none',
    no: 'no',
    yes: 'yes',
    unknown: 'unknown',
    page: (name: string) => `${name} · audit report`,
    noDeal: 'There is no deal yet, and no data has left.',
    stages: {
      unsigned: () => 'The deal is not signed by both parties. No data has left.',
      'no-data': () => 'The deal is signed; no customers were imported. No data has left.',
      unchecked: () => 'Customers were imported and are not judged as things stand now. No data has left.',
      'to-ask': (s: DealSaid) =>
        `Judged: nobody may go as yet; ${plural(s.ask, 'customer')} to be asked first. No data has left.`,
      nobody: () => 'Judged: nobody may go, and nobody is left to ask. No data has left.',
      unapproved: (s: DealSaid) =>
        `Judged: ${plural(s.covered, 'customer')} may go, once a second person approves. No data has left.`,
      ready: (s: DealSaid) =>
        `Judged: ${plural(s.covered, 'customer')} may go and were not exported. No data has left.`,
      sent: (s: DealSaid) =>
        `${plural(s.exported, 'customer')} went to ${s.buyer}, which has not signed a receipt yet.`,
      'partly-sent': (s: DealSaid) =>
        `${plural(s.exported, 'customer')} went to ${s.buyer}, which signed for ${s.received} of them; of some bundles the receipt has not come yet.`,
      'partly-refused': (s: DealSaid) =>
        `${plural(s.exported, 'customer')} went to ${s.buyer}, which took ${s.received} of them and refused the others.`,
      'awaiting-bundle': (s: DealSaid) => `The deal is signed; the bundle from ${s.seller} has not come yet.`,
      'handed-over': (s: DealSaid) =>
        s.until === ''
          ? `${plural(s.received, 'customer')} went to ${s.buyer}, which signed for them.`
          : `${plural(s.received, 'customer')} went to ${s.buyer}, which signed for them. The seller has to purge its own copy after ${s.until}.`,
      holding: (s: DealSaid) =>
        `${plural(s.received, 'customer')} came from ${s.seller}, every row verified; they may be kept until ${s.until}.`,
      purged: (s: DealSaid) =>
        `The handover is complete, and what was handed over has been purged (${plural(s.purged, 'record')}).`,
      refused: (s: DealSaid) => `${s.buyer} refused the bundle.`,
      aborted: () => 'The handover was called off.',
    },
    consent: {
      separate: "each customer's separate consent to this buyer",
      none: 'notice to each customer, who may object',
    },
    glance: {
      deal: 'Deal',
      version: (number: number) => `version ${number} (amended)`,
      former: (number: number) => `Deal, version ${number}`,
      parties: 'Parties',
      kind: 'Kind',
      basis: 'Legal basis',
      coverage: 'Lawful to transfer',
      coverageNote: (covered: string, records: string) => `${covered} of ${plural(records, 'customer')}`,
      noCheck: 'not judged yet',
      exposure: 'Sent without a basis',
      exposureNote: 'the target is 0',
      log: 'Log of actions',
      logGood: 'intact',
      logBad: 'broken',
      logNote: (count: string) => plural(count, 'signed event'),
      still: 'Still kept here',
      stillNote: 'records of customers',
      arrow: ' → ',
    },
    override: {
      opinion: (day: string, _records: string) =>
        `Exception: by counsel’s opinion of ${day} customers were told and not each asked for separate consent.`,
      'taken-as-delivered': (day: string, _records: string, reason: string) =>
        `Exception: both parties took the notice of ${day} as delivered to everybody, although the file does not say so. Reason: ${reason}`,
      'contract-route': (day: string, records: string, reason: string) =>
        `Exception: in the deal effective on ${day} both parties agreed that customers without separate consent to their data, who agreed that the buyer takes over their contract, may go with what performing it needs (PIPL art. 13(1)(2)): ${plural(records, 'record')}. Reason: ${reason}`,
      'purge-without-receipt': (day: string, records: string) =>
        `Exception: on ${day} it was decided to purge ${plural(records, 'record')} without the buyer's receipt.`,
    },
    open: {
      title: 'What is to be done',
      none: 'Nothing is to be done.',
      what: 'What',
      who: 'Who',
      due: 'By',
      how: 'Command',
      noDate: 'as soon as possible',
    },
    findings: {
      LOG_BROKEN: () =>
        'The log does not agree with its checkpoints: it may have been rewritten or cut. Keep everything as it is, and do not rely on this report before the cause is known.',
      CHECKPOINT_BROKEN: () =>
        'A checkpoint of the log has a wrong signature. Keep everything as it is, and do not rely on this report before the cause is known.',
      BASIS_MISSING: (s: FindingSaid) =>
        `${plural(s.count, 'record')} went without a verdict that says on what basis. Find out why.`,
      ACCOUNTING_UNBALANCED: () => 'The rows read are not the sum of where they went. Check again.',
      PURGE_WITHOUT_RECEIPT: (s: FindingSaid) =>
        `On ${s.about} a purge was ordered without the buyer's receipt. File the reason.`,
      PURGE_FAILED: () => 'A purge failed. Look at its certificate and plan again.',
      CERTIFICATE_BROKEN: () =>
        'A certificate of a purge does not verify: its signature or its sums are wrong. Do not rely on it.',
      PURGE_OVERDUE: (s: FindingSaid) =>
        `${plural(s.count, 'record')} are past their retention (${s.due}) and have to be purged.`,
      REQUEST_OVERDUE: (s: FindingSaid) => `Request ${s.about} is past its date. Answer it now.`,
      NOTICE_OVERDUE: (s: FindingSaid) => `Notice ${s.about} is past its date.`,
      NOTICE_PENDING: (s: FindingSaid) =>
        `After the handover ${plural(s.count, 'customer')} said no, and the buyer has not been told. Write and send the notice.`,
      WORDS_UNCLEAR: (s: FindingSaid) =>
        `Nobody understands what ${plural(s.count, 'customer')} said after the handover. Ask; if it is a no, record it and tell the buyer.`,
      NOES_UNMATCHED: (s: FindingSaid) =>
        `${plural(s.count, 'refusal')} of nobody known. Find out whose; of whoever was handed over, tell the buyer.`,
      LEDGER_UNHEARD: () =>
        'A ledger came in that no check has heard; it may hold a no of somebody who was handed over. Check again.',
      INCIDENT_OPEN: (s: FindingSaid) => `Incident ${s.about} is open.`,
      TAKEN_AS_DELIVERED: (s: FindingSaid) =>
        `Both parties took the notice of ${s.about} as delivered. Keep the proof of its sending.`,
      CONTRACT_ROUTE: (s: FindingSaid) =>
        `The deal effective on ${s.about} lets customers go by their contract. Keep the proof that each agreed to its transfer.`,
      OPINION_RELIED_ON: (s: FindingSaid) =>
        `Consent was eased by counsel’s opinion of ${s.about}. Compare the original.`,
      DEAL_UNSIGNED: () => 'Sign the deal.',
      DATA_MISSING: () => 'Import the customer file.',
      CHECK_MISSING: () => 'Judge each customer under the deal.',
      APPROVAL_MISSING: () => 'Have a second person look and approve.',
      EXPORT_OPEN: (s: FindingSaid) => `${plural(s.count, 'customer')} may go: write the bundle.`,
      EXPORT_UNFINISHED: () => 'An export was not finished: run it again.',
      NOBODY_MAY_GO: () => 'As judged now, not one customer may go: find out why, or call the deal off.',
      CUSTOMERS_TO_ASK: (s: FindingSaid) =>
        `${plural(s.count, 'customer')} lack notice or consent and stay until they have it.`,
      RECEIPT_AWAITED: (s: FindingSaid) =>
        `Sign the receipt for the bundle of ${plural(s.count, 'customer')} that was sent.`,
      BUNDLE_AWAITED: () => 'Send the bundle to the buyer.',
      BUNDLE_REFUSED: (s: FindingSaid) => `The buyer refused (${s.about}). Find the cause and export again.`,
      PURGE_AHEAD: (s: FindingSaid) => `Purge the ${plural(s.count, 'record')} whose retention ends.`,
      PURGE_UNFINISHED: () => 'A planned purge was not carried out to its end.',
      REQUEST_OPEN: (s: FindingSaid) => `Answer request ${s.about}.`,
      NOTICE_OPEN: (s: FindingSaid) => `Complete notice ${s.about}.`,
      FILES_IN_CLEAR: (s: FindingSaid) =>
        `${plural(s.count, 'file')} known to be in the clear on a computer (source, rejects or extracts): shred them after use.`,
      PLACES_OPEN: (s: FindingSaid) =>
        `Of ${plural(s.count, 'place')} that the program cannot reach (phones, chats, paper …) nobody has said anything.`,
      PLACES_REMAIN: (s: FindingSaid) =>
        `${plural(s.count, 'place')} still hold customers, it is said. Clear them and say so.`,
      LOG_TIME: (s: FindingSaid) =>
        `In ${plural(s.count, 'place')} of the log time runs backwards, most likely because a clock was set. Note why.`,
      ANCHOR_NONE: () =>
        'The other party holds no checkpoint of this log yet; it will once bundle and receipt are exchanged.',
      KEPT_BACK: (s: FindingSaid) =>
        `${plural(s.count, 'record')} that did not go remain the seller's duty: decide when their contracts are performed or refunded.`,
      NO_DEAL: () => 'Draft and sign a deal.',
    },
    severities: { alert: 'wrong', open: 'to do', note: 'note' },
    sections: {
      verdict: 'Verdict',
      funnel: 'Where the customer data went',
      fields: 'What left; sensitive data and minors',
      evidence: 'Evidence of consent and notice',
      persons: 'Notices, requests, incidents',
      assessment: 'Impact assessment and approvals',
      provisions: 'Record of provision (bundles and receipts)',
      calendar: 'Retention: what has to end when',
      purges: 'Purges, and what is still out there',
      exposure: 'Sent without a lawful basis',
      log: 'Is the log of actions intact?',
      laws: 'Laws and rules relied on',
      versions: 'Program and formats',
      proof: 'This page proves itself',
    },
    versions: { program: 'Program', formats: 'Formats' },
    evidencePart: 'Evidence',
    evidenceLead: 'For comparison: ids, digests, signatures and the log.',
    next: 'write it as one page that prints and proves itself',
    written: (path: string) => `Report written  ${path}`,
    digest: 'Digest',
    giveIt: 'it holds no customers and may be given away; whoever has it can verify it',
    fileName: 'audit-report.html',
    verifyIt: 'verify this report independently',
  },
);

/**
 * The audit report. `stages`, `findings`, `calendar` and the other tables have the keys of report/audit-report.ts, which the reporters prove
 * by type.
 */
export const reportWords = eachLang((lang) => ({ ...page[lang], ...reportChapterWords[lang] }));
