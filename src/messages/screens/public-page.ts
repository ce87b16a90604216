import { plural, screen } from './screen.js';

/** The page of whole counts for everybody, and the totals that a buyer may see before anything is signed. */
export const publicWords = screen(
  {
    title: (firm: string) => `${firm} 个人信息保护情况`,
    until: (day: string) => `截至 ${day}`,
    judged: '逐位核对过的客户',
    transferred: '经同意或告知后移交的客户',
    kept: '没有同意或者拒绝、资料留下的客户',
    requests: '客户请求和投诉',
    incidents: '登记的安全事件',
    purged: '已经销毁的资料',
    persons: (count: string) => `${count} 位`,
    answered: (all: string, done: string) => `${all} 件，已答复 ${done} 件`,
    cases: (count: string) => `${count} 件`,
    records: (count: string) => `${count} 条`,
    ask: (phone: string) => `想查看、更正、删除自己的信息，或者投诉，请致电 ${phone}。`,
    written: (path: string) => `已写到 ${path}`,
    write: '写成网页',
    example: '公示.html',
    totals: {
      total: '客户',
      about: (count: string) => `约 ${count} 位`,
      dimensions: { district: '地区', service: '服务项目', month: '最近往来月份', band: '消费（元）' },
      suppressed: (count: string) => `另有 ${count} 组不足十位或会泄露不足十位的，不显示`,
      note: '签署交接协议之前，只能给对方看这样的汇总数；不要给名单、样本或截图。',
      held: (figures: string) =>
        `有 ${figures} 个数字沿用以前给人看过的：与上次相差不到十人，两次一减就能看出是谁。`,
      forBuyer: '要给买方看，请加 --for-buyer：给人看过的数字会记下来，以后的不会与它相减。',
      none: '还没有导入客户清单。',
      shown: (to: string) => `已记入日志：给 ${to} 看过以上汇总数`,
      sample: (path: string) => `虚构的样本已写到 ${path}：没有一行是真实的客户，各列互不相关。`,
      number: '编号（虚构）',
    },
  },
  {
    title: (firm: string) => `${firm}: personal data`,
    until: (day: string) => `As of ${day}`,
    judged: 'Customers looked at one by one',
    transferred: 'Handed over after consent or notice',
    kept: 'Stayed, because they did not agree or refused',
    requests: 'Requests and complaints',
    incidents: 'Incidents on record',
    purged: 'Purged',
    persons: (count: string) => plural(count, 'person'),
    answered: (all: string, done: string) => `${all}, ${done} answered`,
    cases: (count: string) => count,
    records: (count: string) => plural(count, 'record'),
    ask: (phone: string) => `To see, correct or delete your data, or to complain, call ${phone}.`,
    written: (path: string) => `Written to ${path}`,
    write: 'write it as a page',
    example: 'public.html',
    totals: {
      total: 'Customers',
      about: (count: string) => `about ${count}`,
      dimensions: {
        district: 'District',
        service: 'Service',
        month: 'Month of last contact',
        band: 'Paid (RMB)',
      },
      suppressed: (count: string) =>
        `${plural(count, 'more group')}, of fewer than ten or giving such a one away, not shown`,
      note: 'Before the deal is signed, totals like these are all that the other party may see: no list, no sample, no screenshot.',
      held: (figures: string) =>
        `${plural(figures, 'figure')} as shown before: the change is of fewer than ten persons, and the two together would speak of them.`,
      forBuyer:
        'To show them to a buyer add --for-buyer: what was shown is remembered, and nothing later can be subtracted from it.',
      none: 'No customer list was imported yet.',
      shown: (to: string) => `In the log: ${to} was shown these totals`,
      sample: (path: string) =>
        `A made-up sample is written to ${path}: no row is a customer, and its columns do not belong together.`,
      number: 'no. (made up)',
    },
  },
);
