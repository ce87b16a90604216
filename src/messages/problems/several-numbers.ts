/** So many numbers fit on a line or two; the document of --json has all of them. */
const NAMED = 12;

/** The first of several numbers, for a sentence. */
export function severalNumbers(numbers: readonly number[], separator: string): string {
  return `${numbers.slice(0, NAMED).join(separator)}${numbers.length > NAMED ? `${separator}…` : ''}`;
}
