import type { Exits } from '../exit.js';
import type { Bilingual } from '../lang.js';

export type IdentityProblem = { readonly code: 'IDENTITY_PLACEHOLDER' };

export const identityExits: Exits<IdentityProblem> = {
  IDENTITY_PLACEHOLDER: 'fault',
};

export const identitySentences: Bilingual<IdentityProblem> = {
  zh: {
    IDENTITY_PLACEHOLDER: () => ({ what: '', fix: '' }),
  },
  en: {
    IDENTITY_PLACEHOLDER: () => ({ what: '', fix: '' }),
  },
};
