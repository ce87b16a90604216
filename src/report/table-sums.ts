import type { Sums } from '../bundle/accounting.js';
import type { Lang } from '../messages/lang.js';
import { tableScreen } from '../messages/screens/tables.js';
import { type FurtherTable, tableWords } from '../messages/tables.js';
import { grouped, yuan } from './numbers.js';

/** What rows of a table add up to, in one line. */
export function sumsText(table: FurtherTable, { rows, persons, fen, sessions }: Sums, lang: Lang): string {
  const words = tableScreen[lang];
  return [
    words.rows(grouped(rows)),
    ...(persons === 0 ? [] : [words.persons(grouped(persons))]),
    ...(fen === null ? [] : [words.amount(tableWords[lang][table].amount, yuan(fen))]),
    ...(sessions === null ? [] : [words.sessions(sessionsText(sessions))]),
  ].join(' · ');
}

/** Hundredths of a session as a number. */
function sessionsText(hundredths: number): string {
  return String(hundredths / 100);
}
