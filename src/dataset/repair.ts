import type { FindingCode } from '../messages/findings.js';
import type { ValueKind } from './kinds.js';
import { ungarbled } from './mojibake.js';

/*
 * Damage that can be mended without guessing: what was there shows from what is left. Nothing is mended unless somebody says so for the
 * class, and every mended cell is counted.
 */

/**
 * `encoding`: a row in the other encoding of Chinese files. `garbled`: a cell that was read in a wrong encoding and saved again (寮犱笁 for 张三),
 * of which nothing was lost. `marks`: quotes, commas and semicolons around a number. `numbers`: `1,234,567`
 * and `1001.0`, which a spreadsheet made of a number without losing a digit. `control`: invisible control characters.
 */
export const FIX_CLASSES = ['encoding', 'garbled', 'marks', 'numbers', 'control'] as const;
export type FixClass = (typeof FIX_CLASSES)[number];

/** What an import says of a cell or row that was mended. */
export const MENDED: Readonly<Record<FixClass, Extract<FindingCode, `MENDED_${string}`>>> = {
  encoding: 'MENDED_ENCODING',
  garbled: 'MENDED_GARBLED',
  marks: 'MENDED_MARKS',
  numbers: 'MENDED_NUMBERS',
  control: 'MENDED_CONTROL',
};

/** Kinds of values that are numbers of something, whose digits are all that counts. */
const NUMBERS: ReadonlySet<ValueKind> = new Set([
  'customer-no',
  'mobile',
  'landline',
  'id-number',
  'bank-card',
  'tax-no',
]);

const CONTROL = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/g;
const AROUND = /^[\s`'"=;,|]+|[\s`'"=;,|]+$/g;
/** More digits than a spreadsheet keeps were lost. */
const MOST_DIGITS = 15;

/** A cell without the damage of one class; the same text where it has none. */
function mended(cell: string, kind: ValueKind, fix: FixClass): string {
  if (fix === 'garbled') return ungarbled(cell) ?? cell;
  if (fix === 'control') return cell.replace(CONTROL, '');
  if (!NUMBERS.has(kind)) return cell;
  const text = cell.normalize('NFKC').trim();
  if (fix === 'marks') {
    const bare = text.replace(AROUND, '');
    return bare === text || !/^[\p{L}\p{N}][\p{L}\p{N}._/-]*$/u.test(bare) ? cell : bare;
  }
  if (fix === 'numbers' && (/^\d{1,3}(?:,\d{3})+(?:\.0+)?$/.test(text) || /^\d+\.0+$/.test(text))) {
    const digits = text.replace(/\.0+$/, '').replaceAll(',', '');
    return digits.length <= MOST_DIGITS ? digits : cell;
  }
  return cell;
}

/** A cell with the damage of all these classes mended; `found` is told each class that was. */
export function mendCell(
  cell: string,
  kind: ValueKind,
  fixes: readonly FixClass[],
  found: (fix: FixClass) => void,
): string {
  let text = cell;
  for (const fix of fixes) {
    const next = mended(text, kind, fix);
    if (next !== text) found(fix);
    text = next;
  }
  return text;
}

const MENDS: Readonly<Partial<Record<FindingCode, FixClass>>> = {
  VALUE_MOJIBAKE: 'garbled',
  VALUE_GUARD: 'marks',
  VALUE_EXCEL_NUMBER: 'numbers',
  VALUE_CONTROL: 'control',
};

/** The class by which a cell that could not be used can be mended; null where it cannot. */
export function fixOf(cell: string, kind: ValueKind, code: FindingCode): FixClass | null {
  const fix = MENDS[code];
  return fix !== undefined && mended(cell, kind, fix) !== cell ? fix : null;
}
