/** Fingerprints that are looked for together: eight mebibytes of them. */
const AT_ONCE = 2 ** 20;

/** A share of all the fingerprints that there can be. */
export interface PrintShare {
  holds(print: number): boolean;
}

const ALL: PrintShare = { holds: () => true };

/**
 * The shares in which fingerprints are looked for, one after another where they are many: so that a list of ten million takes no more memory
 * than one of a million.
 *
 * @param count of those that are looked for
 * @param atOnce how many of them together
 */
export function printShares(count: number, atOnce = AT_ONCE): readonly PrintShare[] {
  const shares = 2 ** Math.min(16, Math.max(0, Math.ceil(Math.log2(count / atOnce))));
  if (shares === 1) return [ALL];
  // Of the 52 bits the highest, because a set of them tells them apart by the lowest.
  return Array.from({ length: shares }, (_, share) => ({
    holds: (print) => (Math.floor(print / 2 ** 32) & (shares - 1)) === share,
  }));
}
