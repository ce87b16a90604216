import { plural, screen } from './screen.js';

/** Page one of the report: who signed, and what of the customers stayed with the seller. */
export const reportFirstWords = screen(
  {
    signatures: '双方签署',
    signed: (party: string, day: string) => `${party} ${day} 签署`,
    dayUnknown: (party: string) => `${party}已签署（日期不在本方日志里）`,
    unsigned: (party: string) => `${party}尚未签署`,
    kept: '客户保留的',
    notJudged: '尚未判定',
    persons: (ask: string, withhold: string, gone: string) =>
      gone === '0'
        ? `${ask} 位没有明确同意，${withhold} 位不同意或不应移交：资料未移交，留在卖方`
        : `${ask} 位没有明确同意，${withhold} 位不同意或不应移交；其中 ${gone} 位此前已经移交，其余的资料未移交，留在卖方`,
    everybody: '没有客户留下：全部有依据移交',
    fields: (names: string) => `未移交的内容：${names}`,
    rights: (total: string, open: string) =>
      total === '0'
        ? '查询、更正、撤回、删除的权利不变，没有登记过客户请求'
        : `查询、更正、撤回、删除的权利不变：提出 ${total} 件，未办结 ${open} 件`,
  },
  {
    signatures: 'Signed by',
    signed: (party: string, day: string) => `${party} on ${day}`,
    dayUnknown: (party: string) => `${party} (the day is not in this log)`,
    unsigned: (party: string) => `${party} has not signed yet`,
    kept: 'Customers kept',
    notJudged: 'not judged yet',
    persons: (ask: string, withhold: string, gone: string) =>
      gone === '0'
        ? `${plural(ask, 'customer')} who did not clearly agree and ${withhold} who refused or may not go: nothing of them left the seller`
        : `${plural(ask, 'customer')} who did not clearly agree and ${withhold} who refused or may not go; ${gone} of them had been handed over before, nothing of the others left the seller`,
    everybody: 'nobody stayed: all may go, with a basis',
    fields: (names: string) => `never handed over: ${names}`,
    rights: (total: string, open: string) =>
      total === '0'
        ? 'the rights to know, correct, withdraw and be erased; no request is on file'
        : `the rights to know, correct, withdraw and be erased: used ${plural(total, 'time')}, ${open} still open`,
  },
);
