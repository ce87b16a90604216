import { plural, screen } from './screen.js';

/** The catalogue of laws. `sources` has the keys of policy/laws.ts, which the command proves by type. */
export const lawsWords = screen(
  {
    columns: { id: '编号', inForce: '施行', source: '核实', title: '名称' },
    sources: { read: '读过原文', secondary: '据他人介绍', recalled: '凭记忆' },
    summary: (count: number, date: string) => `共 ${count} 部，目录核实于 ${date}。不构成法律意见。`,
    old: (date: string, days: number) =>
      `法律目录核实于 ${date}，已经过去 ${days} 天：法律可能有变，请更新程序或者请人核对。`,
    law: '法律',
    cited: '引用',
    made: '通过',
    inForce: '施行',
    verified: '核实',
    verifiedText: (date: string, source: string) => `${date}（${source}）`,
    former: '旧条文号',
    formerText: (article: string, date: string) => `${date} 以前为${article}`,
    renumbered: (now: string, before: string) => `${now}（原${before}）`,
    supersedes: '取代',
    does: '本程序',
    leftToPeople: '本程序没有专门的处理，由人负责。',
    requirements: '涉及条款',
    questions: '待定问题',
    next: '查看某一条',
  },
  {
    columns: { id: 'Id', inForce: 'In force', source: 'Known', title: 'Title' },
    sources: { read: 'read', secondary: 'second hand', recalled: 'from memory' },
    summary: (count: number, date: string) =>
      `${plural(count, 'law or standard', 'laws and standards')}, catalogue verified on ${date}. No legal advice.`,
    old: (date: string, days: number) =>
      `The catalogue of laws was verified on ${date}, ${plural(days, 'day')} ago: laws may have changed. Update the program, or have somebody compare it.`,
    law: 'Law',
    cited: 'Cited as',
    made: 'Made',
    inForce: 'In force',
    verified: 'Verified',
    verifiedText: (date: string, source: string) => `${date} (${source})`,
    former: 'Formerly',
    formerText: (article: string, date: string) => `${article} until ${date}`,
    renumbered: (now: string, before: string) => `${now} (was ${before})`,
    supersedes: 'Replaces',
    does: 'Program',
    leftToPeople: 'The program does nothing of its own about it: it is left to people.',
    requirements: 'Met here',
    questions: 'Open',
    next: 'look at one requirement',
  },
);
