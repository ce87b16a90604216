import type { Exits } from '../exit.js';
import type { Bilingual } from '../lang.js';

export type DealProblem = { readonly code: 'DEAL_PLACEHOLDER' };

export const dealExits: Exits<DealProblem> = {
  DEAL_PLACEHOLDER: 'fault',
};

export const dealSentences: Bilingual<DealProblem> = {
  zh: {
    DEAL_PLACEHOLDER: () => ({ what: '', fix: '' }),
  },
  en: {
    DEAL_PLACEHOLDER: () => ({ what: '', fix: '' }),
  },
};
