import type { CalendarDate } from '../base/time.js';
import { isDay } from './dates.js';
import { isScientific, type Normaliser, type Note } from './normaliser.js';
import { isUscc } from './uscc.js';

/** Weights and check characters of GB 11643-1999. */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const CHECKS = '10X98765432';

/**
 * A resident ID number (GB 11643-1999), also of Hong Kong, Macau and Taiwan residents (810000, 820000, 830000) and the 2023 foreigner's
 * card (first digit 9): 18 characters, X in upper case. Other documents are kept and reported.
 */
export function idNumberNormaliser(today: CalendarDate): Normaliser {
  const compact = today.replaceAll('-', '');
  return (cell, note) => {
    const id = idNumber(cell, note);
    if (id.length === 18 && isResident(id) && id.slice(6, 14) > compact) note('VALUE_ID_DATE');
    return id;
  };
}

function isResident(id: string): boolean {
  const first = id.charCodeAt(6);
  return first === 0x31 || first === 0x32;
}

function idNumber(cell: string, note: Note): string {
  if (cell.length === 18) {
    let sum = 0;
    let i = 0;
    for (; i < 17; i++) {
      const digit = cell.charCodeAt(i) - 0x30;
      if (digit < 0 || digit > 9) break;
      sum += digit * (WEIGHTS[i] ?? 0);
    }
    if (i === 17) {
      const last = cell.charCodeAt(17);
      const check = last === 0x78 ? 0x58 : last;
      if (check === CHECKS.charCodeAt(sum % 11) && cell.charCodeAt(0) !== 0x30) {
        if (!isDay(number(cell, 6, 10), number(cell, 10, 12), number(cell, 12, 14))) note('VALUE_ID_DATE');
        return last === 0x78 ? `${cell.slice(0, 17)}X` : cell;
      }
    }
  }
  return unusual(cell, note);
}

function unusual(cell: string, note: Note): string {
  const text = cell
    .normalize('NFKC')
    .replace(/^['"=]+|['"]+$|[\s-]/g, '')
    .toUpperCase();
  if (text !== cell && /^\d{17}[\dX]$/.test(text)) return idNumber(text, note);
  if (isScientific(text)) note('VALUE_EXCEL_NUMBER');
  else if (/\*{2}|X{3}/.test(text)) note('VALUE_MASKED');
  else if (/^\d{15}000$/.test(text)) note('VALUE_EXCEL_NUMBER');
  else if (/^\d{17}[\dX]$/.test(text)) note('VALUE_ID_CHECKSUM');
  else if (/^[1-9]\d{14}$/.test(text)) {
    note(
      isDay(1900 + number(text, 6, 8), number(text, 8, 10), number(text, 10, 12))
        ? 'VALUE_ID_OLD'
        : 'VALUE_ID_DATE',
    );
  } else if (/^\d{18}[/、,;]\d{17}/.test(text)) note('VALUE_MULTIPLE');
  else if (OTHER_DOCUMENTS.some((form) => form.test(text))) note('VALUE_ID_OTHER');
  else note('VALUE_ID_FORMAT');
  return text;
}

/** Permits and passports (law.md §5.3), in that order: Hong Kong identity card, home-return, Taiwan, to Hong Kong or Taiwan, passports, residence 2017. */
const OTHER_DOCUMENTS = [
  /^[A-Z]{1,2}\d{6}\([\dA]\)$/,
  /^[HM]\d{8}(\d{2})?$/,
  /^(\d{8}|\d{10}[A-Z]?)$/,
  /^[CL][0-9A-Z]\d{7}$/,
  /^(E[0-9A-HJ-NP-Z]\d{7}|[GDSP]E?\d{7,8})$/,
  /^[A-Z]{3}\d{12}$/,
  /^(?=.*\d)[A-Z][A-Z0-9]{4,14}$/,
];

function number(text: string, from: number, to: number): number {
  let value = 0;
  for (let i = from; i < to; i++) value = value * 10 + text.charCodeAt(i) - 0x30;
  return value;
}

/** A tax number; one of eighteen characters is a unified social credit code, whose check character must be right (GB 32100-2015). */
export function taxNumber(cell: string, note: Note): string {
  const text = cell.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();
  if (isScientific(text) || /^\d{15}000$/.test(text)) note('VALUE_EXCEL_NUMBER');
  else if (/^[0-9A-Z]{18}$/.test(text) ? !isUscc(text) && !isPersonal(text) : !/^[0-9A-Z]{15,20}$/.test(text))
    note('VALUE_TAX_NO');
  return text;
}

/** A person's tax number is the ID number. */
function isPersonal(text: string): boolean {
  let good = true;
  idNumber(text, () => {
    good = false;
  });
  return good;
}

/** A bank card number as digits; one that fails ISO/IEC 7812-1 (Luhn) is kept and reported. */
export function bankCard(cell: string, note: Note): string {
  const text = cell.normalize('NFKC').replace(/[\s\-'"=]/g, '');
  if (isScientific(text) || /^\d{15}0{3,4}$/.test(text)) note('VALUE_EXCEL_NUMBER');
  else if (/\*{2}/.test(text)) note('VALUE_MASKED');
  else if (!/^\d{13,19}$/.test(text) || !luhn(text)) note('VALUE_CARD');
  return text;
}

function luhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 0x30;
    const doubled = i % 2 === 0 ? digit : digit * 2;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
