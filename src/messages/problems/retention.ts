import type { Exits } from '../exit.js';
import type { Bilingual } from '../lang.js';

/** Problems of retention, holds and purges. `purge` and `hold` are ids, `date` a calendar day. */
export type RetentionProblem =
  | { readonly code: 'PURGE_NOTHING' }
  | { readonly code: 'PURGE_UNKNOWN'; readonly purge: string };

export const retentionExits: Exits<RetentionProblem> = {
  PURGE_NOTHING: 'refused',
  PURGE_UNKNOWN: 'usage',
};

export const retentionSentences: Bilingual<RetentionProblem> = {
  zh: {
    PURGE_NOTHING: () => ({
      what: '现在没有到期、可以销毁的资料。',
      fix: '用 handover retention list 查看每份资料保存到哪一天、为什么。',
    }),
    PURGE_UNKNOWN: (p) => ({
      what: `没有编号为 ${p.purge} 的销毁计划。`,
      fix: '用 handover status 查看现有的计划，或用 handover purge plan 重新拟定。',
    }),
  },
  en: {
    PURGE_NOTHING: () => ({
      what: 'Nothing is due to be purged now.',
      fix: 'Run handover retention list to see until when each part is kept, and why.',
    }),
    PURGE_UNKNOWN: (p) => ({
      what: `There is no purge plan ${p.purge}.`,
      fix: 'Run handover status to see the plans there are, or handover purge plan to make one.',
    }),
  },
};
