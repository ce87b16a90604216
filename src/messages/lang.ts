/**
 * The languages of the product. Everything that is said exists in each of them: with one more in this list, nothing compiles that has no
 * words for it (test/messages/third-language.test.ts).
 */
export const LANGS = ['zh', 'en'] as const;
export type Lang = (typeof LANGS)[number];

/** What a language is called in HTML (BCP 47). */
export const LANGUAGE_TAG: Readonly<Record<Lang, string>> = { zh: 'zh-CN', en: 'en' };

/** The locales that each language serves. */
const LOCALES: Readonly<Record<Lang, RegExp>> = { zh: /^zh/i, en: /^en/i };

/** The language for a locale such as `zh_CN.UTF-8`; English for one that no language serves. */
export function langOfLocale(locale: string): Lang {
  return LANGS.find((lang) => LOCALES[lang].test(locale)) ?? 'en';
}

/** The same in each language. */
export function eachLang<T>(of: (lang: Lang) => T): Readonly<Record<Lang, T>> {
  return { zh: of('zh'), en: of('en') };
}

/** One sentence per code of `P`, in one language. A missing or misspelt code does not compile. */
export type Sentences<P extends { readonly code: string }> = {
  readonly [C in P['code']]: (problem: Extract<P, { readonly code: C }>) => Sentence;
};

/**
 * What a person reads about one problem.
 * `what` says in one line what happened; `fix` says what to do about it. Neither ever holds a customer's value.
 */
export interface Sentence {
  readonly what: string;
  readonly fix: string;
}

/** One area's problems in every language. */
export type Bilingual<P extends { readonly code: string }> = Readonly<Record<Lang, Sentences<P>>>;
