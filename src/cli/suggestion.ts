/** The nearest of `words` to what was typed, if it is near enough to be meant; otherwise empty. */
export function nearestOf(given: string, words: readonly string[]): string {
  const typed = given.toLowerCase();
  let best = '';
  let least = Number.POSITIVE_INFINITY;
  for (const word of words) {
    const distance = editDistance(typed, word);
    if (distance < least) [best, least] = [word, distance];
  }
  const longest = Math.max(typed.length, best.length);
  return least <= Math.max(1, Math.floor(longest * 0.4)) && least < longest ? best : '';
}

/** Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment). Long input is not worth a table. */
function editDistance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 4) return Number.POSITIVE_INFINITY;
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      const at = (cells: readonly number[], k: number): number => cells[k] ?? Number.POSITIVE_INFINITY;
      let cost = Math.min(at(row, j) + 1, at(next, j - 1) + 1, at(row, j - 1) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, at(before, j - 2) + 1);
      next.push(cost);
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? Number.POSITIVE_INFINITY;
}
