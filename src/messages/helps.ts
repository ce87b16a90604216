import type { Lang } from './lang.js';

/** What would let a customer go who does not go yet. */
export const HELPS = ['ask', 'tell', 'prove', 'correct', 'guardian', 'wait', 'settle', 'nothing'] as const;
export type Help = (typeof HELPS)[number];

export const helpNames: Readonly<Record<Lang, Readonly<Record<Help, string>>>> = {
  zh: {
    ask: '征求客户同意',
    tell: '把通知送到客户',
    prove: '找到凭证或时间，找不到就重新征求',
    correct: '在客户表里更正',
    guardian: '由监护人同意',
    wait: '等异议期满',
    settle: '先查清是不是同一个人',
    nothing: '留在卖方，不要再问',
  },
  en: {
    ask: 'ask the customer',
    tell: 'get the notice to the customer',
    prove: 'find the evidence or the time, or ask again',
    correct: 'correct the customer file',
    guardian: "get the guardian's consent",
    wait: 'wait until the time to object is over',
    settle: 'find out first whether this is one person',
    nothing: 'stays with the seller; do not ask again',
  },
};
