import type { Exits } from '../exit.js';
import type { Bilingual } from '../lang.js';

export type PolicyProblem = { readonly code: 'POLICY_PLACEHOLDER' };

export const policyExits: Exits<PolicyProblem> = {
  POLICY_PLACEHOLDER: 'fault',
};

export const policySentences: Bilingual<PolicyProblem> = {
  zh: {
    POLICY_PLACEHOLDER: () => ({ what: '', fix: '' }),
  },
  en: {
    POLICY_PLACEHOLDER: () => ({ what: '', fix: '' }),
  },
};
