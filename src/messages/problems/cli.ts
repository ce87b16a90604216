import type { Exits } from '../exit.js';
import type { Bilingual } from '../lang.js';

export type CliProblem = { readonly code: 'CLI_PLACEHOLDER' };

export const cliExits: Exits<CliProblem> = {
  CLI_PLACEHOLDER: 'fault',
};

export const cliSentences: Bilingual<CliProblem> = {
  zh: {
    CLI_PLACEHOLDER: () => ({ what: '', fix: '' }),
  },
  en: {
    CLI_PLACEHOLDER: () => ({ what: '', fix: '' }),
  },
};
