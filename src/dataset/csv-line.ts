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

/** A number that stays what it is: at most eleven digits, no zero before them. Longer ones are shown, and then saved, as 1.38E+11. */
const PLAIN_NUMBER = /^(?:0|[1-9]\d{0,10})$/;

/**
 * What a spreadsheet may take for a number, a date, a time, a share or a truth value, and write back in its own way: digits of any script and
 * width, and the signs between them. Two patterns, so that a long cell is read once.
 */
const CHANGEABLE = /^[\p{Nd}.,:/\\年月日时分秒上下午%¥$€\sEeTZAPM()+-]*$/iu;
const DIGIT = /\p{Nd}/u;
const TRUTH = /^\s*(?:true|false)\s*$/i;

function isChangeable(cell: string): boolean {
  const plain = cell.normalize('NFKC');
  return TRUTH.test(plain) || (DIGIT.test(plain) && CHANGEABLE.test(plain));
}

/** `="138…"`: how Excel is told to leave a number alone. */
const EXCEL_TEXT = /^="([^"]*)"$/;

/**
 * A cell that a person corrects in a spreadsheet and gives back: marked as text with an apostrophe where opening and saving would change it
 * or run it, which import takes off again. One that is marked already stays as it is.
 */
export function textCell(cell: string): string {
  const first = cell.charCodeAt(0);
  if (isSafeStart(first)) return cell;
  if (first >= 0x30 && first <= 0x39) {
    const isMarked = isNumberLike(cell);
    if (isMarked !== null) return isMarked ? `'${cell}` : cell;
  }
  const inner = EXCEL_TEXT.exec(cell.trim())?.[1];
  if (inner !== undefined) return textCell(inner);
  if (cell.trimStart().startsWith("'") || PLAIN_NUMBER.test(cell)) return cell;
  return FORMULA.test(cell) || isChangeable(cell) ? `'${cell}` : cell;
}

/**
 * Of a cell that begins with a digit: whether a spreadsheet would change it. One look at each character does what four patterns do, for a file
 * whose every row is written out.
 *
 * @returns null where there is more than ASCII in it
 */
function isNumberLike(cell: string): boolean | null {
  let onlyDigits = true;
  let isChanged = true;
  for (let i = 0; i < cell.length; i++) {
    const unit = cell.charCodeAt(i);
    if (unit >= 0x80) return null;
    if (unit >= 0x30 && unit <= 0x39) continue;
    onlyDigits = false;
    if (NUMBER_SIGNS[unit] !== 1) isChanged = false;
  }
  return onlyDigits ? !PLAIN_NUMBER.test(cell) : isChanged;
}
/** The characters of {@link CHANGEABLE} in ASCII. */
const NUMBER_SIGNS = Uint8Array.from({ length: 0x80 }, (_, unit) =>
  CHANGEABLE.test(String.fromCharCode(unit)) ? 1 : 0,
);

/** A letter or Hanzi with which nothing begins that a spreadsheet takes for a number, a date or a formula: most cells begin so. */
function isSafeStart(first: number): boolean {
  if (first >= 0x3400 && first <= 0x9fff) return !UNIT_STARTS.has(first);
  const letter = first | 0x20;
  return letter >= 0x61 && letter <= 0x7a && !LETTER_STARTS.has(letter);
}
/** 年月日时分秒 may begin what looks like a date; e, t, z and f a number, a time, or true and false. */
const UNIT_STARTS = new Set([...'年月日时分秒'].map((char) => char.charCodeAt(0)));
const LETTER_STARTS = new Set([...'etzf'].map((char) => char.charCodeAt(0)));

/** Whether a cell has the mark that {@link textCell} would give it. */
export function isMarkedText(cell: string): boolean {
  const bare = cell.slice(1);
  return cell.startsWith("'") && !bare.startsWith("'") && textCell(bare) === cell;
}
