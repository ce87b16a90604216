import type { Exits } from '../exit.js';
import type { Bilingual } from '../lang.js';

/** Problems of single persons, notices about them, and incidents. `request`, `notice` and `incident` are ids. */
export type SubjectProblem =
  | { readonly code: 'SUBJECT_UNKNOWN' }
  | { readonly code: 'SUBJECT_TAGS_GONE'; readonly bundle: number };

export const subjectExits: Exits<SubjectProblem> = {
  SUBJECT_UNKNOWN: 'usage',
  SUBJECT_TAGS_GONE: 'refused',
};

export const subjectSentences: Bilingual<SubjectProblem> = {
  zh: {
    SUBJECT_UNKNOWN: () => ({
      what: '这个工作区里没有这个客户编号。',
      fix: '请核对客户编号，与客户表里的完全一样（大小写、前导零）。',
    }),
    SUBJECT_TAGS_GONE: (p) => ({
      what: `第 ${p.bundle} 个交接包是旧版程序接收的，没有留下查找客户用的密钥，现在无法在其中查找。`,
      fix: '请找到原来的交接包，再运行一次 handover receive：资料不会重复，密钥会补上。',
    }),
  },
  en: {
    SUBJECT_UNKNOWN: () => ({
      what: 'No customer of this number is in this workspace.',
      fix: 'Check the customer number: it has to be exactly as in the file, with its case and leading zeros.',
    }),
    SUBJECT_TAGS_GONE: (p) => ({
      what: `Bundle ${p.bundle} was received by an older version, which did not keep the key by which customers are found in it.`,
      fix: 'Run handover receive on the same bundle once more: nothing is stored twice, and the key is made up for.',
    }),
  },
};
