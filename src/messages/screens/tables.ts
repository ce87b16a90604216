import { plural, screen } from './screen.js';

/** The tables beside the customer list, and what their rows add up to. */
export const tableScreen = screen(
  {
    sums: '合计',
    rows: (count: string) => `${count} 行`,
    persons: (count: string) => `${count} 位客户`,
    amount: (name: string, yuan: string) => `${name} ${yuan} 元`,
    sessions: (count: string) => `剩余 ${count} 次`,
    once: (rows: string) => `与另一行完全相同的 ${rows} 行不重复计算`,
    rejected: (sums: string) => `另有退回的：${sums}`,
    goes: (sums: string) => `移交 ${sums}`,
    ofAll: (sums: string) => `全部 ${sums}`,
    contract: (rows: string) => `客户没有同意转让合同，留下 ${rows} 行：由卖方继续履行或者退款`,
    repeated: (rows: string) => `同一笔有几行互相矛盾，留下 ${rows} 行：请核对后重新导入`,
    orphans: (rows: string) => `客户清单里没有这位客户，退回 ${rows} 行`,
    same: (rows: string) => `与另一行完全相同，不重复移交 ${rows} 行`,
    unread: (rows: string) => `读不出来，导入时已退回 ${rows} 行`,
    others: (rows: string) => `客户本人未移交，一起留下 ${rows} 行`,
    confirmed: { yes: '买方回执确认', no: '买方还没有确认' },
  },
  {
    sums: 'Sums',
    rows: (count: string) => plural(count, 'row'),
    persons: (count: string) => plural(count, 'customer'),
    amount: (name: string, yuan: string) => `${name} ${yuan} yuan`,
    sessions: (count: string) => `${plural(count, 'session')} left`,
    once: (rows: string) => `${plural(rows, 'row')} not counted twice: the same as another row`,
    rejected: (sums: string) => `besides, rejected: ${sums}`,
    goes: (sums: string) => `goes: ${sums}`,
    ofAll: (sums: string) => `of all: ${sums}`,
    contract: (rows: string) =>
      `${plural(rows, 'row')} kept back: the customer did not agree that the contract changes hands; the seller performs or refunds`,
    repeated: (rows: string) =>
      `${plural(rows, 'row')} kept back: rows of one account say different things; look at them and import again`,
    orphans: (rows: string) => `${plural(rows, 'row')} rejected: no such customer in the list`,
    same: (rows: string) => `${plural(rows, 'row')} not sent twice: the same as another row`,
    unread: (rows: string) => `${plural(rows, 'row')} rejected at import: not readable`,
    others: (rows: string) => `${plural(rows, 'row')} kept back with customers who do not go`,
    confirmed: { yes: 'confirmed by the buyer’s receipt', no: 'not confirmed by the buyer yet' },
  },
);
