import type { Exits } from '../exit.js';
import type { Bilingual } from '../lang.js';

export type StoreProblem = { readonly code: 'STORE_PLACEHOLDER' };

export const storeExits: Exits<StoreProblem> = {
  STORE_PLACEHOLDER: 'fault',
};

export const storeSentences: Bilingual<StoreProblem> = {
  zh: {
    STORE_PLACEHOLDER: () => ({ what: '', fix: '' }),
  },
  en: {
    STORE_PLACEHOLDER: () => ({ what: '', fix: '' }),
  },
};
