import { plural, screen } from './screen.js';

/** Customers of a verdict, one by one. */
export const listedWords = screen(
  {
    sheet: '客户名单',
    customerNo: '客户编号',
    name: '姓名',
    mobile: '手机号',
    reason: '原因',
    help: '怎样才能移交',
    objection: '可以反对到',
    waitUntil: (day: string) => `等到 ${day} 之后`,
    staying: '留下的部分',
    and: '；',
    titles: {
      transfer: (count: string) => `可以移交的客户：${count} 位`,
      ask: (count: string) => `需要询问的客户：${count} 位`,
      withhold: (count: string) => `不得移交的客户：${count} 位`,
    },
    stays: (what: string) => `${what}留下`,
    none: '没有这样的客户。',
    more: (count: string) => `还有 ${count} 位没有列出。`,
    question: (count: string, path: string) => `把 ${count} 位客户的编号、姓名、手机号以明文写到 ${path}？`,
    written: (count: string, path: string) => `已写出 ${count} 位客户  ${path}`,
    would: (count: string, path: string) => `将会把 ${count} 位客户写到 ${path}`,
    purpose: '用途',
    clear: '这是明文文件：用完请立即删除。路径、用途和摘要已记入日志。',
    whole: '写出完整名单（明文，记入日志）',
    wholeCommand: (deal: string, verdict: string) =>
      `handover check --deal ${deal} --list ${verdict} --out 名单.xlsx --purpose "逐位联系"`,
    ask: '征求他们的意见',
  },
  {
    sheet: 'customers',
    customerNo: 'customer no.',
    name: 'name',
    mobile: 'mobile',
    reason: 'why',
    help: 'what would help',
    objection: 'may object until',
    waitUntil: (day: string) => `wait until ${day} is over`,
    staying: 'what stays',
    and: '; ',
    titles: {
      transfer: (count: string) => `Customers who may go: ${count}`,
      ask: (count: string) => `Customers to be asked: ${count}`,
      withhold: (count: string) => `Customers who stay: ${count}`,
    },
    stays: (what: string) => `${what} stays`,
    none: 'There are none.',
    more: (count: string) => `${count} more are not shown.`,
    question: (count: string, path: string) =>
      `Write number, name and mobile of ${plural(count, 'customer')} in clear to ${path}?`,
    written: (count: string, path: string) => `Written: ${plural(count, 'customer')}  ${path}`,
    would: (count: string, path: string) => `Would write ${plural(count, 'customer')} to ${path}`,
    purpose: 'Purpose',
    clear: 'This file is in clear: delete it once it was used. Its path, purpose and digest are in the log.',
    whole: 'write the whole list (in clear, logged)',
    wholeCommand: (deal: string, verdict: string) =>
      `handover check --deal ${deal} --list ${verdict} --out list.xlsx --purpose "to call each of them"`,
    ask: 'ask them',
  },
);
