import { fail } from '../messages/error.js';
import { forEachRow } from './rows.js';

const DELIMITERS = [',', '\t', ';', '|'] as const;
type Delimiter = (typeof DELIMITERS)[number];

/** How the cells of a file are separated. Quotes are `"`, doubled inside; records end with LF, CRLF or CR. */
export interface Dialect {
  readonly delimiter: Delimiter;
  /** Lines before the first record: 1 where the file begins with Excel's `sep=;`, else 0. */
  readonly skip: 0 | 1;
}

/** Records that are looked at. */
const SAMPLE = 50;
/** Lines and characters that are looked at: a header of thousands of columns is refused later, not split here. */
const SAMPLE_LINES = 4 * SAMPLE;
const SAMPLE_LENGTH = 200_000;

/**
 * Tells the delimiter from the first records: the one that gives the most columns in the most records. A full-width comma is not a
 * delimiter: where it alone could be one, the file is refused with that explanation.
 *
 * @throws HandoverError CSV_FULLWIDTH_COMMA
 */
export function detectDialect(headText: string): Dialect {
  const named = /^sep=([,;\t|])\r?[\n\r]/i.exec(headText)?.[1];
  const delimiter = DELIMITERS.find((d) => d === named);
  if (delimiter !== undefined) return { delimiter, skip: 1 };

  const sample = firstLines(headText.slice(0, SAMPLE_LENGTH));
  let best: Delimiter = ',';
  let bestScore = 0;
  for (const candidate of DELIMITERS) {
    const score = consistency(sample, candidate);
    if (score > bestScore) {
      best = candidate;
      bestScore = score;
    }
  }
  if (bestScore === 0 && /^[^\r\n\uff0c]+\uff0c[^\r\n\uff0c]+\uff0c/.test(sample))
    fail({ code: 'CSV_FULLWIDTH_COMMA' });
  return { delimiter: best, skip: 0 };
}

/** Columns beyond the first, weighted by the square of the share of records that have exactly as many. */
function consistency(sample: string, delimiter: Delimiter): number {
  const widths = new Map<number, number>();
  let records = 0;
  forEachRow(sample, { delimiter, kind: 'irregular', firstLine: 1 }, (cells, _line, stray) => {
    if (records >= SAMPLE || cells.every((cell) => cell === '')) return;
    records++;
    // A quote in the wrong place is what quoted cells look like under the wrong delimiter.
    if (stray === 0) widths.set(cells.length, (widths.get(cells.length) ?? 0) + 1);
  });
  let best = 0;
  for (const [width, count] of widths) best = Math.max(best, (width - 1) * (count / records) ** 2);
  return best;
}

/** Leaves off the last, perhaps cut, line where there is more than one, and an odd quote's tail never matters for counting. */
function firstLines(text: string): string {
  const ends = /\r\n?|\n/g;
  for (let line = 0; line < SAMPLE_LINES && ends.test(text); line++);
  const end =
    ends.lastIndex > 0 ? ends.lastIndex : Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1;
  return end > 0 ? text.slice(0, end) : text;
}
