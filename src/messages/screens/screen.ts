import type { Lang } from '../lang.js';

/** An English count with its noun: `1 customer`, `1,503 customers`. */
export function plural(count: string | number, one: string, many = `${one}s`): string {
  return `${count} ${String(count) === '1' ? one : many}`;
}

/**
 * The words of one screen in both languages. English has exactly the keys of Chinese, with the same parameters: a missing sentence, a
 * superfluous one or a different parameter does not compile.
 */
export function screen<T>(zh: T, en: NoInfer<T>): Readonly<Record<Lang, T>> {
  return { zh, en };
}
