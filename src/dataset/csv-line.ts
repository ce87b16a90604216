/** What spreadsheets take for the begin of a formula, also behind blanks (OWASP, "CSV Injection"). */
const FORMULA = /^[\s'"]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20|]/;

/** Longer runs of digits lose their end in a spreadsheet, which keeps 15 digits, and mobile numbers become 1.38E+10 in narrow columns. */
const LONG_NUMBER = /^\d{12,}$/;

/**
 * One line of CSV for a spreadsheet, CRLF included: cells that would run as a formula or lose digits are marked as text with an
 * apostrophe, which import takes off again.
 */
export function csvLine(cells: readonly (string | null)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(cell: string | null): string {
  if (cell === null || cell === '') return '';
  const safe = FORMULA.test(cell) || LONG_NUMBER.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
