/** The two languages of the product. Every sentence exists in both (docs/cli.md, "With every command"). */
export type Lang = 'zh' | 'en';

export const LANGS: readonly Lang[] = ['zh', 'en'];

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

/** Both languages of one area's problems. */
export type Bilingual<P extends { readonly code: string }> = Readonly<Record<Lang, Sentences<P>>>;
