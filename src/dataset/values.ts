import type { CalendarDate } from '../base/time.js';
import { countNormaliser, moneyNormaliser } from './amounts.js';
import { bankCard, idNumber } from './id-numbers.js';
import { birthDateNormaliser, dateNormaliser, instantNormaliser } from './dates.js';
import type { ValueKind } from './kinds.js';
import { isScientific, type Normaliser, type Note, remembering } from './normaliser.js';
import { landline, mobile } from './phones.js';
import { consentMethod, consentStatus, gender, optOut, yesNo } from './words.js';

/** What the normalisers of one import depend on. */
export interface ValueSetup {
  /** Today in Asia/Shanghai: later dates are reported where they make no sense. */
  readonly today: CalendarDate;
  /** Fen per unit of a money column. */
  readonly fen?: 1 | 100 | 1_000_000;
}

/** The normaliser of a kind of value. Called once per column. */
export function normaliserOf(kind: ValueKind, setup: ValueSetup): Normaliser {
  switch (kind) {
    case 'customer-no':
      return customerNumber;
    case 'name':
      return personName;
    case 'gender':
      return gender;
    case 'mobile':
      return mobile;
    case 'landline':
      return landline;
    case 'email':
      return email;
    case 'id-number':
      return idNumber;
    case 'bank-card':
      return bankCard;
    case 'coordinate':
      return coordinate;
    case 'date':
      return remembering(dateNormaliser(setup.today, false));
    case 'past-date':
      return remembering(dateNormaliser(setup.today, true));
    case 'birth-date':
      return birthDateNormaliser(setup.today);
    case 'datetime':
      return remembering(instantNormaliser(setup.today));
    case 'money':
      return moneyNormaliser(setup.fen ?? 100);
    case 'count':
      return remembering(countNormaliser);
    case 'yes-no':
      return yesNo;
    case 'opt-out':
      return optOut;
    case 'consent-status':
      return consentStatus;
    case 'consent-method':
      return consentMethod;
    case 'address':
    case 'text':
      return (cell) => cell;
  }
}

/** Characters that make the slow way of {@link cleanCell} necessary, or that no cell may hold. */
const ODD =
  /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffd\r]/;
const INVISIBLE = /[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
const CONTROL = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/;

/** The longest cell that Excel writes. */
const MAX_CELL = 32_767;

/** Whether any cell of a text needs the slow way. One look at a whole chunk spares one per cell. */
export function isOdd(text: string): boolean {
  return ODD.test(text);
}

/**
 * What every cell goes through first: outer white space off, words for "nothing" to '', invisible and direction-changing characters
 * out, line ends to LF. Control characters are refused, so that U+001E and U+001F never occur in a record (they separate records
 * and cells at rest). The cell is attacker-controlled.
 *
 * @param odd - whether the chunk that holds the cell {@link isOdd}
 */
export function cleanCell(cell: string, odd: boolean, note: Note): string {
  let text = cell;
  if (text.length > MAX_CELL) {
    note('VALUE_TOO_LONG');
    return '';
  }
  if (odd && ODD.test(text)) {
    if (text.includes('\ufffd')) note('VALUE_REPLACEMENT');
    text = text.replace(INVISIBLE, '').replace(/\r\n?/g, '\n');
    if (CONTROL.test(text)) {
      note('VALUE_CONTROL');
      return '';
    }
  }
  if (text === '') return '';
  if (isSpace(text.charCodeAt(0)) || isSpace(text.charCodeAt(text.length - 1))) text = text.trim();
  const first = text.charCodeAt(0);
  // ' and = begin the two ways in which Excel is told to leave a number alone.
  if (first === 0x27 || first === 0x3d) text = withoutExcelQuote(text);
  return text.length <= 8 && mayBeEmpty(first) ? emptied(text, note) : text;
}

function isSpace(unit: number): boolean {
  return unit <= 0x20 || (unit >= 0xa0 && unit <= 0x3000) || unit === 0xfeff;
}

/** `'138…` and `="138…"`. A lone apostrophe inside a word is left alone. */
function withoutExcelQuote(text: string): string {
  if (text.startsWith("'")) return text.slice(1).trim();
  return /^="[^"]*"$/.test(text) ? text.slice(2, -1).trim() : text;
}

/** Whether a cell that begins so may be a word for nothing: ASCII marks and n, N; — – ― － 无 暂 未 空 没. */
function mayBeEmpty(first: number): boolean {
  if (first < 0x30) return true;
  if (first < 0x80) return first === 0x5c || first === 0x6e || first === 0x4e;
  return EMPTY_FIRST.has(first);
}
const EMPTY_FIRST = new Set([...'—–－无暂未空没'].map((char) => char.charCodeAt(0)));
const NOTHING = new Set([
  '-',
  '--',
  '---',
  '—',
  '——',
  '–',
  '－',
  '/',
  '//',
  '\\',
  '.',
  '无',
  '暂无',
  '暂缺',
  '未填',
  '未填写',
  '未知',
  '空',
  '(空)',
  'null',
  'none',
  'nil',
  'n/a',
  'na',
  'nan',
  '(null)',
  '无。',
  '没有',
]);
const EXCEL_ERRORS = new Set(['#n/a', '#ref!', '#value!', '#name?', '#div/0!', '#null!', '#num!']);

function emptied(text: string, note: Note): string {
  const word = text.toLowerCase();
  if (NOTHING.has(word)) return '';
  if (!EXCEL_ERRORS.has(word)) return text;
  note('VALUE_EXCEL_ERROR');
  return '';
}

/** Letters, digits and common marks of an id in one pass; everything else takes the slow way. */
function customerNumber(cell: string, note: Note): string {
  for (let i = 0; i < cell.length; i++) {
    const unit = cell.charCodeAt(i);
    if (unit <= 0x20 || unit > 0x7e) return unusualNumber(cell, note);
  }
  if (cell.length > 64) note('ID_TOO_LONG');
  else if (isScientific(cell)) note('VALUE_EXCEL_NUMBER');
  return cell;
}

function unusualNumber(cell: string, note: Note): string {
  const text = cell.normalize('NFKC').trim();
  if (/[\s\p{Cc}]/u.test(text.replaceAll(' ', ''))) note('VALUE_CONTROL');
  else if (text.length > 64) note('ID_TOO_LONG');
  return text;
}

/** Names are kept as they are: NFKC would change rare forms. Forms of address are reported. */
function personName(cell: string, note: Note): string {
  if (cell.length >= 2 && cell.length <= 5 && isTitle(cell)) note('VALUE_NAME_TITLE');
  return cell;
}

const TITLES = [
  '女士',
  '先生',
  '小姐',
  '太太',
  '阿姨',
  '老师',
  '大姐',
  '大哥',
  '叔叔',
  '奶奶',
  '爷爷',
  '老板',
  '经理',
  '总',
  '姐',
  '哥',
];

function isTitle(name: string): boolean {
  const last = name.charCodeAt(name.length - 1);
  if (!TITLE_LAST.has(last)) return false;
  const title = TITLES.find((word) => name.endsWith(word));
  return title !== undefined && name.length - title.length <= 2 && (title.length > 1 || name.length === 2);
}
const TITLE_LAST = new Set(TITLES.map((title) => title.charCodeAt(title.length - 1)));

function email(cell: string, note: Note): string {
  const text = /[^\x21-\x7e]/.test(cell) ? cell.normalize('NFKC').trim() : cell;
  const at = text.indexOf('@');
  const dot = text.lastIndexOf('.');
  const good =
    at > 0 && at === text.lastIndexOf('@') && dot > at + 1 && dot < text.length - 1 && !/\s/.test(text);
  if (!good) note('VALUE_EMAIL');
  return text;
}

function coordinate(cell: string, note: Note): string {
  const text = cell.normalize('NFKC');
  const value = /^-?\d{1,3}(\.\d{1,15})?$/.test(text) ? Number(text) : Number.NaN;
  if (!(Math.abs(value) <= 180)) note('VALUE_COORDINATE');
  return text;
}
