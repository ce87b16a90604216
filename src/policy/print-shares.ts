/** Fingerprints that are looked for together: four mebibytes of them. */
const AT_ONCE = 2 ** 19;

/** A share of all the fingerprints that there can be. */
export interface PrintShare {
  holds(print: number): boolean;
  /** About how many of those that are looked for are in it. */
  readonly expected: number;
}

/**
 * The shares in which fingerprints are looked for, one after another where they are many: so that a list of ten million takes no more memory
 * than one of a million.
 *
 * @param count of those that are looked for
 * @param atOnce how many of them together
 */
export function printShares(count: number, atOnce = AT_ONCE): readonly PrintShare[] {
  const shares = 2 ** Math.min(16, Math.max(0, Math.ceil(Math.log2(count / atOnce))));
  if (shares === 1) return [{ holds: () => true, expected: count }];
  const expected = Math.ceil((1.02 * count) / shares);
  // Of the 52 bits the highest, because a set of them tells them apart by the lowest.
  return Array.from({ length: shares }, (_, share) => ({
    holds: (print) => (Math.floor(print / 2 ** 32) & (shares - 1)) === share,
    expected,
  }));
}

/**
 * The fingerprints of one share.
 *
 * @param each calls its visitor for all of them
 */
export function printsIn(share: PrintShare, each: (visit: (print: number) => void) => void): Float64Array {
  let prints = new Float64Array(share.expected);
  let filled = 0;
  each((print) => {
    if (!share.holds(print)) return;
    if (filled === prints.length) {
      const larger = new Float64Array(2 * filled + 1);
      larger.set(prints);
      prints = larger;
    }
    prints[filled++] = print;
  });
  return prints.subarray(0, filled);
}
