import type { Exits } from '../exit.js';
import type { Bilingual } from '../lang.js';

/** Problems of single persons, notices about them, and incidents. `request`, `notice` and `incident` are ids. */
export type SubjectProblem = { readonly code: 'SUBJECT_UNKNOWN' };

export const subjectExits: Exits<SubjectProblem> = {
  SUBJECT_UNKNOWN: 'usage',
};

export const subjectSentences: Bilingual<SubjectProblem> = {
  zh: {
    SUBJECT_UNKNOWN: () => ({
      what: '这个工作区里没有这个客户编号。',
      fix: '请核对客户编号，与客户表里的完全一样（大小写、前导零）。',
    }),
  },
  en: {
    SUBJECT_UNKNOWN: () => ({
      what: 'No customer of this number is in this workspace.',
      fix: 'Check the customer number: it has to be exactly as in the file, with its case and leading zeros.',
    }),
  },
};
