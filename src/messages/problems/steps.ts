import type { Exits } from '../exit.js';
import type { Bilingual } from '../lang.js';

export type StepsProblem = { readonly code: 'STEPS_PLACEHOLDER' };

export const stepsExits: Exits<StepsProblem> = {
  STEPS_PLACEHOLDER: 'fault',
};

export const stepsSentences: Bilingual<StepsProblem> = {
  zh: {
    STEPS_PLACEHOLDER: () => ({ what: '', fix: '' }),
  },
  en: {
    STEPS_PLACEHOLDER: () => ({ what: '', fix: '' }),
  },
};
