import type { Exits } from '../exit.js';
import type { Bilingual } from '../lang.js';

export type BundleProblem = { readonly code: 'BUNDLE_PLACEHOLDER' };

export const bundleExits: Exits<BundleProblem> = {
  BUNDLE_PLACEHOLDER: 'fault',
};

export const bundleSentences: Bilingual<BundleProblem> = {
  zh: {
    BUNDLE_PLACEHOLDER: () => ({ what: '', fix: '' }),
  },
  en: {
    BUNDLE_PLACEHOLDER: () => ({ what: '', fix: '' }),
  },
};
