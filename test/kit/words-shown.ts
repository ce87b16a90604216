/*
 * Which figures in the words of screens were shown. A function of a table of words that gets a count has to be called with one that is not
 * zero by some script: what is only ever nothing could be read from the wrong place, and nobody would see it.
 */

/** How often a sentence was shown at all, and with a figure that is not zero. */
interface Shown {
  calls: number;
  figures: number;
}

const shown = new Map<string, Shown>();

/** Parameters that are figures, by their names in the tables. */
const FIGURE =
  /^(?:count|counts|total|records|rows|persons|events|files|size|days|number|left|more|customers|needed|given|found|columns|cells|values|keys|keyCount|dated|parts|pages|bundles|datasets|sent|purged|held|frozen|stays|stored|present|refused|received|transfer|ask|withhold|rejected|deals|minutes|hours|years|bytes)$/;

/** Wraps every function of a table so that what it is called with is remembered. @param where names the table */
export function watched<T>(table: T, where: string): T {
  if (typeof table === 'function') {
    const names = /^\(?([^)=]*)\)?\s*=>/.exec(String(table))?.[1]?.split(',') ?? [];
    const at = names.flatMap((name, i) => (FIGURE.test(name.trim().split(/\s*=/)[0] ?? '') ? [i] : []));
    if (at.length === 0) return table;
    if (!shown.has(where)) shown.set(where, { calls: 0, figures: 0 });
    const real: (...args: readonly unknown[]) => unknown = table as never;
    const watching = (...args: readonly unknown[]): unknown => {
      const counted = shown.get(where);
      if (counted !== undefined) {
        counted.calls += 1;
        if (at.some((i) => !/^(?:0|null|undefined|)$/.test(String(args[i])))) counted.figures += 1;
      }
      return real(...args);
    };
    return watching as T;
  }
  if (Array.isArray(table) || typeof table !== 'object' || table === null) return table;
  return Object.fromEntries(
    Object.entries(table).map(([key, value]) => [key, watched(value, `${where}.${key}`)]),
  ) as T;
}

/** Sentences with a figure that nobody showed with one that is not zero, in order. */
export function unshown(): readonly string[] {
  return [...shown].flatMap(([where, { figures }]) => (figures === 0 ? [where] : [])).sort();
}

/** How many sentences with a figure there are. */
export function watchedCount(): number {
  return shown.size;
}
