import type { Lang, LANGS } from '../lang.js';

/** An English count with its noun: `1 customer`, `1,503 customers`. */
export function plural(count: string | number, one: string, many = `${one}s`): string {
  return `${count} ${String(count) === '1' ? one : many}`;
}

/** One `T` for each language behind the first. */
type ForOthers<T, All extends readonly Lang[] = typeof LANGS> = All extends readonly [Lang, ...infer Others]
  ? { readonly [I in keyof Others]: NoInfer<T> }
  : never;

/**
 * The words of one screen, in the order of {@link LANGS}. Each language has exactly the keys of Chinese, with the same parameters: a
 * missing language, a missing sentence, a superfluous one or a different parameter does not compile.
 */
export function screen<T>(zh: T, ...others: ForOthers<T>): Readonly<Record<Lang, T>> {
  const [en] = others;
  return { zh, en };
}
