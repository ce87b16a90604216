import type { Exits } from '../exit.js';
import type { Bilingual } from '../lang.js';

export type DatasetProblem = { readonly code: 'DATASET_PLACEHOLDER' };

export const datasetExits: Exits<DatasetProblem> = {
  DATASET_PLACEHOLDER: 'fault',
};

export const datasetSentences: Bilingual<DatasetProblem> = {
  zh: {
    DATASET_PLACEHOLDER: () => ({ what: '', fix: '' }),
  },
  en: {
    DATASET_PLACEHOLDER: () => ({ what: '', fix: '' }),
  },
};
