import { plural, screen } from './screen.js';

/** The report's section on people, papers, feedback, follow-up and findings, and its appendix on liability. */
export const reportHouseWords = screen(
  {
    title: '人员、文件、反馈、后续和问题',
    people: '人员',
    peopleNone: '没有登记接触客户资料的人员。',
    peopleText: (present: string, unpromised: string, untrained: string) =>
      `登记 ${present} 位（家），没有承诺或合同的 ${unpromised} 位（家），一年内没有培训的 ${untrained} 位`,
    outsiders: '中介和受托方',
    identified: (name: string, role: string, how: string) => `${name}（${role}，${how}）`,
    papers: '签好的文件',
    papersNone: '没有登记过签好的文件。',
    paperText: (id: string, name: string, day: string) => `${id} ${name} ${day}`,
    feedback: '客户反馈',
    feedbackNone: '没有导入过投诉或问卷。',
    complaints: (day: string, count: string) => `${day} 投诉 ${count} 件，已列入客户请求`,
    survey: (day: string, answers: string) => `${day} 问卷 ${answers} 份`,
    followup: '后续事项',
    followupNone: '没有列出交接之后要办的事。',
    followupText: (open: string, overdue: string, done: string) =>
      `未办 ${open} 件，过期 ${overdue} 件，办完 ${done} 件`,
    task: (due: string, what: string, owner: string) => `${due} ${what}（${owner}）`,
    nobody: '没有定负责人',
    findings: '问题',
    findingsNone: '没有登记过问题。',
    findingsText: (open: string, overdue: string, closed: string) =>
      `未解决 ${open} 个，过期 ${overdue} 个，解决 ${closed} 个`,
    trend: (fresh: string, standing: string, gone: string) =>
      `与上次自查相比：新增 ${fresh}，仍在 ${standing}，了结 ${gone}`,
    liability: '附录：法律责任',
    liabilityLead: '只转述法律规定，不对任何人作结论。',
    kind: '责任',
    text: '内容',
    law: '依据和施行日期',
    paperless: '节约',
    paperlessText: (documents: string, records: string, files: string, bytes: string) =>
      `以签名的电子文件代替纸质 ${documents} 份；销毁资料 ${records} 条，清除明文文件 ${files} 个，腾出 ${bytes}`,
  },
  {
    title: 'People, papers, feedback, follow-up, findings',
    people: 'People',
    peopleNone: 'Nobody who handles customer data is listed.',
    peopleText: (present: string, unpromised: string, untrained: string) =>
      `${present} listed, ${unpromised} without a promise or contract, ${untrained} not trained within a year`,
    outsiders: 'Brokers and entrusted parties',
    identified: (name: string, role: string, how: string) => `${name} (${role}, ${how})`,
    papers: 'Signed papers',
    papersNone: 'No signed paper was taken in.',
    paperText: (id: string, name: string, day: string) => `${id} ${name} ${day}`,
    feedback: 'Feedback',
    feedbackNone: 'No complaints and no survey were imported.',
    complaints: (day: string, count: string) =>
      `${day} ${plural(count, 'complaint')}, in the register of requests`,
    survey: (day: string, answers: string) => `${day} ${plural(answers, 'answer')} to the survey`,
    followup: 'Follow-up',
    followupNone: 'What follows a handover was not drawn up.',
    followupText: (open: string, overdue: string, done: string) =>
      `${open} open, ${overdue} overdue, ${done} done`,
    task: (due: string, what: string, owner: string) => `${due} ${what} (${owner})`,
    nobody: 'nobody',
    findings: 'Findings',
    findingsNone: 'No findings are on record.',
    findingsText: (open: string, overdue: string, closed: string) =>
      `${open} open, ${overdue} overdue, ${closed} closed`,
    trend: (fresh: string, standing: string, gone: string) =>
      `since the self-audit before: ${fresh} new, ${standing} standing, ${gone} gone`,
    liability: 'Appendix: liability',
    liabilityLead: 'This repeats the law and judges nobody.',
    kind: 'Liability',
    text: 'What the law says',
    law: 'Law, and in force from',
    paperless: 'Saved',
    paperlessText: (documents: string, records: string, files: string, bytes: string) =>
      `${plural(documents, 'signed file')} in place of paper; ${plural(records, 'record')} purged, ${plural(files, 'file')} in the clear shredded, ${bytes} freed`,
  },
);
