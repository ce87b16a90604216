import type { Exits } from '../exit.js';
import type { Bilingual } from '../lang.js';

export type AuditProblem = { readonly code: 'AUDIT_PLACEHOLDER' };

export const auditExits: Exits<AuditProblem> = {
  AUDIT_PLACEHOLDER: 'fault',
};

export const auditSentences: Bilingual<AuditProblem> = {
  zh: {
    AUDIT_PLACEHOLDER: () => ({ what: '', fix: '' }),
  },
  en: {
    AUDIT_PLACEHOLDER: () => ({ what: '', fix: '' }),
  },
};
