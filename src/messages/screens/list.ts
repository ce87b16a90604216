import { plural, screen } from './screen.js';

/** The customer list: what files make it, what an import does to it, what is covered and what is left out. */
export const listWords = screen(
  {
    list: '客户清单',
    covered: (customers: string, files: number, replaced: string, gone: string) =>
      `${customers} 位客户，来自 ${files} 个文件；${replaced} 行已被后来的行代替，${gone} 位已不在清单里`,
    leftOut: (files: number) =>
      `只看了这一个文件；清单里另外 ${files} 个文件的客户不在其中，交接包仍按整份清单生成`,
    relations: {
      list: '新清单',
      correction: '更正',
      addition: '增补',
      newer: '新的导出',
    },
    first: '新清单，之前没有清单',
    relatesTo: (relation: string, file: string) => `${relation}（针对 ${file}）`,
    difference: (added: string, changed: string, unchanged: string) =>
      `新增 ${added} 位 · 有变动 ${changed} 位 · 没有变 ${unchanged} 位`,
    gone: {
      list: (gone: string) => `原清单里有 ${gone} 位不在这个文件里：新清单不再包括他们`,
      newer: (gone: string) => `原清单里有 ${gone} 位不在这个文件里：他们不再属于清单`,
      correction: (gone: string) => `原清单里其余 ${gone} 位不变`,
      addition: (gone: string) => `原清单里其余 ${gone} 位不变`,
    },
    orders: '一单一行',
    ordersText: (rows: string) =>
      `${rows} 行是同一位客户的另一张订单或合同：每位客户合成一行，服务项目、备注等几单都写上，金额相加，日期取最近的`,
    repeats: '重复',
    repeatsText: (same: string, different: string) =>
      `客户编号重复的行：内容相同 ${same} 行（只算一行），内容不同 ${different} 行（判定时相关的行全部退回）`,
    askIntro: '这个文件和现有客户清单的关系看不出来：',
    ask: {
      list: '新清单：只算这个文件里的客户，原清单不再使用',
      correction: '更正：只改这个文件里的这些客户，其余不变',
      addition: '增补：在清单上加上这些客户，其余不变',
      newer: '同一系统新的导出：不在文件里的，就不再是客户',
    },
    askNumbers: (added: string, changed: string, gone: string) =>
      `文件里有清单没有的 ${added} 位，内容有变动的 ${changed} 位；清单里有而文件里没有的 ${gone} 位`,
    question: '这个文件是（1–4）：',
    replacedRows: (count: string) => `这位客户在较早的文件里还有 ${count} 行，已被这一行代替。`,
    countsToday: '这条记录现在有效',
    replacedToday: '这条记录已被后来的文件代替，或不属于现在的清单',
    replaced: (count: string) => `被代替 ${count}`,
    handedOver: (count: string) => `已移交 ${count}`,
    before: '已移交',
    delta: '本次移交',
    deltaText: (added: string, corrected: string, before: string) =>
      `新客户 ${added} 位 · 更正 ${corrected} 位；以前已移交、没有变动的 ${before} 位不再重发`,
  },
  {
    list: 'List',
    covered: (customers: string, files: number, replaced: string, gone: string) =>
      `${plural(customers, 'customer')} of ${plural(files, 'file')}; ${plural(replaced, 'row')} replaced, ${gone} gone`,
    leftOut: (files: number) =>
      `only this file: the customers of ${plural(files, 'other file')} of the list are left out; a bundle covers the whole list`,
    relations: {
      list: 'a new list',
      correction: 'a correction',
      addition: 'an addition',
      newer: 'a newer export',
    },
    first: 'a new list, the first one',
    relatesTo: (relation: string, file: string) => `${relation} (of ${file})`,
    difference: (added: string, changed: string, unchanged: string) =>
      `${added} new · ${changed} changed · ${unchanged} unchanged`,
    gone: {
      list: (gone: string) => `${gone} of the former list are not in this file: the new list leaves them out`,
      newer: (gone: string) =>
        `${gone} of the former list are not in this file: gone, no part of the list any more`,
      correction: (gone: string) => `the other ${gone} of the list stay as they are`,
      addition: (gone: string) => `the other ${gone} of the list stay as they are`,
    },
    orders: 'Orders',
    ordersText: (rows: string) =>
      `${plural(rows, 'row is a further order or contract of a customer', 'rows are further orders or contracts of a customer')}: each customer is one row, with the services and notes of all orders, amounts added, the latest dates`,
    repeats: 'Repeated',
    repeatsText: (same: string, different: string) =>
      `rows that repeat a customer number: ${same} alike (count once), ${different} that differ (the check rejects all rows of these customers)`,
    askIntro: 'It does not show how this file stands to the customer list:',
    ask: {
      list: 'a new list: only the customers of this file; the former list is no longer used',
      correction: 'a correction: these customers change, the others stay as they are',
      addition: 'an addition: these customers join the list, the others stay as they are',
      newer: 'a newer export of the same system: who is not in it is no customer any more',
    },
    askNumbers: (added: string, changed: string, gone: string) =>
      `only in the file: ${added}; changed: ${changed}; only in the list: ${gone}`,
    question: 'What is this file (1–4)?',
    replacedRows: (count: string) =>
      `Earlier files hold ${plural(count, 'row')} of this customer; the one below stands in their place.`,
    countsToday: 'this record counts today',
    replacedToday: 'a later file stands in the place of this record, or it is no part of the list today',
    replaced: (count: string) => `replaced ${count}`,
    handedOver: (count: string) => `handed over before ${count}`,
    before: 'gone before',
    delta: 'This time',
    deltaText: (added: string, corrected: string, before: string) =>
      `${added} new · ${corrected} corrected; ${before} handed over before and unchanged, not sent again`,
  },
);
