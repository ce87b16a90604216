import type { Lang } from '../../messages/lang.js';
import { checkWords } from '../../messages/screens/check.js';
import { grouped } from '../../report/numbers.js';
import type { Fact } from '../../report/screen.js';
import type { UndatedNo } from '../../steps/check/consent-ledger.js';
import type { Unmatched } from '../../steps/check/unmatched.js';

/** Rows that are shown one by one. */
const ROWS = 10;

/**
 * Ledger rows that match nobody, and what was matched by other means than the number.
 *
 * @param of - how many events there are
 * @param file - what is said of the file that has them all
 */
export function unmatchedFacts(
  unmatched: Unmatched,
  of: number,
  lang: Lang,
  file: string | null = null,
): readonly Fact[] {
  const words = checkWords[lang];
  const { events, noes, near, byContact, decision, rows, unread } = unmatched;
  return [
    ...(byContact === 0 ? [] : [[words.ledger, words.byContact(grouped(byContact))] as const]),
    ...(events === 0
      ? []
      : [
          [
            words.unmatched,
            words.unmatchedText(grouped(events), grouped(of), grouped(noes)),
            ...(near === 0 ? [] : [words.nearText(grouped(near))]),
            ...rows
              .slice(0, ROWS)
              .map((row) => words.unmatchedRow(row.file, row.row, row.number, row.isNo, row.near)),
            ...(events > ROWS ? [words.unmatchedMore(grouped(events - ROWS))] : []),
            ...(file === null ? [] : [file]),
            ...(decision === null ? [] : [words.decided[decision]]),
          ] as const,
        ]),
    ...(unread.rows === 0
      ? []
      : [
          [
            words.unread,
            words.unreadText(grouped(unread.rows)),
            ...unread.places.slice(0, ROWS).map(({ file: name, line }) => words.unreadRow(name, line)),
            ...(unread.rows > ROWS ? [words.unmatchedMore(grouped(unread.rows - ROWS))] : []),
            ...(decision === null ? [] : [words.unreadDecided]),
          ] as const,
        ]),
  ];
}

/** Ledger rows that match nobody, counted, as the documents of --json have them. */
export function unmatchedJson({ events, noes, near, byContact, decision, rows, unread }: Unmatched) {
  return {
    events,
    noes,
    near,
    by_contact: byContact,
    decision,
    rows: rows.map(({ file, row, number, isNo, near: customers }) => ({
      file,
      row,
      number,
      no: isNo,
      near: customers.length > 0,
      customers,
    })),
    unread: { rows: unread.rows, places: unread.places.map((place) => ({ ...place })) },
  };
}

/** Who said no at a time that nobody can read is held back: the lines that say so. */
export function undatedFacts(undated: readonly UndatedNo[], lang: Lang): readonly Fact[] {
  if (undated.length === 0) return [];
  const words = checkWords[lang];
  return [
    [
      words.undated,
      words.undatedText(grouped(undated.length)),
      ...undated.slice(0, ROWS).map(({ file, row }) => words.undatedRow(file, row)),
      ...(undated.length > ROWS ? [words.unmatchedMore(grouped(undated.length - ROWS))] : []),
    ],
  ];
}
