import type { Lang } from './lang.js';

/** What is between the parts of a sentence that is put together, with the spaces that the language wants. */
export interface Punctuation {
  /** Between the items of a list. */
  readonly list: string;
  /** Between what is spoken of and what is said of it. */
  readonly colon: string;
  readonly open: string;
  readonly close: string;
}

export const punctuation: Readonly<Record<Lang, Punctuation>> = {
  zh: { list: '、', colon: '：', open: '（', close: '）' },
  en: { list: ', ', colon: ': ', open: ' (', close: ')' },
};
