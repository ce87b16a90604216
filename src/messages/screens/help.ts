import type { Lang } from '../lang.js';

/** Where the help of each language is: one file each, loaded only where it is shown. cli/help.ts proves their keys by type. */
export const helpFiles = {
  zh: async () => (await import('./help-zh.js')).helpZh,
  en: async () => (await import('./help-en.js')).helpEn,
} satisfies Readonly<Record<Lang, () => Promise<unknown>>>;
