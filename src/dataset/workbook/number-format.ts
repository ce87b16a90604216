/*
 * What a number of a cell shows, as far as it matters for a customer's record (ECMA-376 part 1, 18.8.30 and 18.8.31). A sheet stores dates,
 * telephone numbers and percentages as plain numbers, and only the format says which is which.
 */

/** What the format of a cell makes of its number. */
export type NumberFormat =
  | { readonly kind: 'plain' }
  /** Digits in a pattern, such as `00000000000` or `"VIP"0000`. */
  | { readonly kind: 'digits'; readonly pattern: string }
  | { readonly kind: 'percent' }
  /** A date, a time of day, or both. */
  | { readonly kind: 'date'; readonly date: boolean; readonly time: boolean };

const PLAIN: NumberFormat = { kind: 'plain' };
const DATE: NumberFormat = { kind: 'date', date: true, time: false };
const TIME: NumberFormat = { kind: 'date', date: false, time: true };
const BOTH: NumberFormat = { kind: 'date', date: true, time: true };

/** The formats that are known by number alone, with those of a Chinese Excel (27 to 36 and 50 to 58). */
const BUILT_IN: Readonly<Record<number, NumberFormat>> = {
  9: { kind: 'percent' },
  10: { kind: 'percent' },
  14: DATE,
  15: DATE,
  16: DATE,
  17: DATE,
  18: TIME,
  19: TIME,
  20: TIME,
  21: TIME,
  22: BOTH,
  27: DATE,
  28: DATE,
  29: DATE,
  30: DATE,
  31: DATE,
  32: TIME,
  33: TIME,
  34: TIME,
  35: TIME,
  36: DATE,
  45: TIME,
  46: TIME,
  47: TIME,
  50: DATE,
  51: DATE,
  52: DATE,
  53: DATE,
  54: DATE,
  55: TIME,
  56: TIME,
  57: DATE,
  58: DATE,
};

/** The format with this number and, where the workbook defines it, this code. */
export function numberFormat(id: number, code: string | undefined): NumberFormat {
  if (code === undefined) return BUILT_IN[id] ?? PLAIN;
  const section = firstSection(code);
  const letters = section.replace(/"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]/gi, '');
  if (/general|^\s*@?\s*$|常规|通用格式/i.test(letters)) return PLAIN;
  const date = /[yd年日]/i.test(letters);
  const time = /[hs时秒]/i.test(letters);
  if (date || time || /m/i.test(letters)) return { kind: 'date', date: date || !time, time };
  if (letters.includes('%')) return { kind: 'percent' };
  const pattern = section.replace(/\[[^\]]*\]|_.|\*./g, '');
  // A lone 0 is a rounded number. Two and more are a code of that many digits.
  return /^[^.,#?eE/]*$/.test(letters) && (letters.match(/0/g)?.length ?? 0) > 1
    ? { kind: 'digits', pattern }
    : PLAIN;
}

/** The part of a format code that is for positive numbers. */
function firstSection(code: string): string {
  return /^(?:"[^"]*"|\\.|[^;"\\])*/.exec(code)?.[0] ?? '';
}

/** Excel writes numbers with fifteen significant digits. From here on, digits at the end are made up, and the text says so by its form. */
const EXACT = 1e15;

/**
 * The text of a number in a cell of this format: plain digits, `E+17` where digits were lost, dates as `2026-05-01`, times as `09:30:00`.
 *
 * @param stored - as the sheet has it
 * @param from1904 - whether days are counted from 1904, as old workbooks of a Mac do
 */
export function numberText(stored: string, format: NumberFormat, from1904: boolean): string {
  const value = Number(stored);
  if (stored.trim() === '' || !Number.isFinite(value)) return stored;
  if (format.kind === 'date') return dateText(value, format, from1904) ?? plainText(value);
  if (format.kind === 'digits' && Number.isSafeInteger(value) && value >= 0)
    return digitsText(String(value), format.pattern);
  if (format.kind === 'percent') return `${plainText(Number((value * 100).toPrecision(15)))}%`;
  return plainText(value);
}

/** As Excel shows it in a wide column: fifteen significant digits, no exponent unless digits are lost. */
function plainText(value: number): string {
  const exact = Number(value.toPrecision(15));
  if (Math.abs(exact) >= EXACT) {
    const [digits = '', exponent = ''] = exact.toExponential().split('e');
    return `${digits}E${exponent}`;
  }
  const text = String(exact);
  return text.includes('e') ? exact.toFixed(20).replace(/\.?0+$/, '') : text;
}

/** The digits in the places of the zeros, from the right; what is too many goes to the left of the first. */
function digitsText(digits: string, pattern: string): string {
  const parts: readonly string[] = pattern.match(/"[^"]*"|\\.|./g) ?? [];
  let rest = digits;
  let text = '';
  const first = parts.indexOf('0');
  for (let i = parts.length - 1; i >= 0; i--) {
    const part = parts[i] ?? '';
    if (part !== '0') {
      text = (part.startsWith('"') ? part.slice(1, -1) : part.replace(/^\\/, '')) + text;
      continue;
    }
    const taken = i === first ? rest : rest.slice(-1);
    text = (taken === '' ? '0' : taken) + text;
    rest = i === first ? '' : rest.slice(0, -1);
  }
  return text;
}

const DAY_MS = 86_400_000;
/** Day 0 of the two calendars. The first counts a 29 February 1900 that never was, so days before it are one off. */
const FROM_1900 = Date.UTC(1899, 11, 30);
const FROM_1904 = Date.UTC(1904, 0, 1);
/** 31 December 9999 in the calendar of 1900. */
const LAST_DAY = 2_958_465;

function dateText(
  value: number,
  format: { readonly date: boolean; readonly time: boolean },
  from1904: boolean,
): string | null {
  if (value < 0 || value > LAST_DAY + 1) return null;
  // Only a serial number is a day. It belongs to no time zone.
  const early = !from1904 && value < 60 ? 1 : 0;
  const seconds = Math.round((value + early) * 86_400);
  const at = new Date((from1904 ? FROM_1904 : FROM_1900) + seconds * 1000);
  const iso = at.toISOString();
  const hasTime = (seconds * 1000) % DAY_MS !== 0;
  const time = iso.slice(11, 19);
  if (!format.date) return value >= 1 ? `${iso.slice(0, 10)} ${time}` : time;
  return format.time && hasTime ? `${iso.slice(0, 10)} ${time}` : iso.slice(0, 10);
}
