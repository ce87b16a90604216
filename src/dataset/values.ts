import { type CalendarDate, type Instant, instantOf } from '../base/time.js';
import { withoutUnseen } from '../base/unseen.js';
import { countNormaliser, moneyNormaliser } from './amounts.js';
import { isMarkedText } from './csv-line.js';
import {
  birthDateNormaliser,
  type DateOrder,
  dateNormaliser,
  instantNormaliser,
  noTimeNormaliser,
} from './dates.js';
import { bankCard, idNumberNormaliser, taxNumber } from './id-numbers.js';
import type { ValueKind } from './kinds.js';
import { MOJIBAKE_UNITS, mojibakeOf } from './mojibake.js';
import { isScientific, type Normaliser, type Note, remembering } from './normaliser.js';
import { landline, mobile } from './phones.js';
import { standardised } from './private-use.js';
import { consentMethod, consentStatus, contactable, gender, optOut, yesNo } from './words.js';

/** What the normalisers of one import depend on. */
export interface ValueSetup {
  /** Today in Asia/Shanghai: later dates are reported where they make no sense. */
  readonly today: CalendarDate;
  /** Fen per unit of a money column. */
  readonly fen?: 1 | 100 | 1_000_000 | null;
  /** How the column writes dates, where that is known. */
  readonly order?: DateOrder | null;
  /** Whether the column asks who may be contacted, so that a no is what asks not to be disturbed. */
  readonly asksContact?: boolean;
  /** When what the cell says was learned. Default: the begin of today. */
  readonly now?: Instant;
}

/** The normaliser of a kind of value. Called once per column. */
export function normaliserOf(kind: ValueKind, setup: ValueSetup): Normaliser {
  const dates = { today: setup.today, order: setup.order ?? null };
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
      return idNumberNormaliser(setup.today);
    case 'bank-card':
      return bankCard;
    case 'coordinate':
      return coordinate;
    case 'date':
      return remembering(dateNormaliser(dates, false));
    case 'past-date':
      return remembering(dateNormaliser(dates, true));
    case 'birth-date':
      return birthDateNormaliser(dates);
    case 'datetime':
      return remembering(instantNormaliser(dates));
    case 'no-time':
      return noTimeNormaliser(dates, setup.now ?? instantOf(new Date(`${setup.today}T00:00:00+08:00`)));
    case 'money':
      return moneyNormaliser(setup.fen === undefined ? 100 : setup.fen);
    case 'count':
      return remembering(countNormaliser);
    case 'age':
      return age;
    case 'tax-no':
      return taxNumber;
    case 'yes-no':
      return yesNo;
    case 'opt-out':
      return setup.asksContact === true ? contactable : optOut;
    case 'consent-status':
      return consentStatus;
    case 'consent-method':
      return consentMethod;
    case 'address':
    case 'reference':
    case 'text':
      return (cell) => cell;
  }
}

/** Characters that make the slow way of {@link cleanerOf} necessary, or that no cell may hold: ranges of UTF-16 code units. */
const ODD: readonly (readonly [first: number, last: number])[] = [
  // Control characters but tab and newline.
  [0x00, 0x08],
  [0x0b, 0x1f],
  [0x7f, 0x9f],
  // What one cannot see, and what changes the direction of a line.
  [0xad, 0xad],
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  [0x3164, 0x3164],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xfff9, 0xfffb],
  [0xfffe, 0xffff],
  // What may have another normal form, alone or behind another character; whole blocks where these lie close together.
  [0x0300, 0x036f],
  [0x0374, 0x0387],
  [0x0483, 0x0489],
  [0x0591, 0x2001],
  [0x20d0, 0x20f0],
  [0x2126, 0x212b],
  [0x2329, 0x232a],
  [0x2adc, 0x2adc],
  [0x2cef, 0x2cf1],
  [0x2d7f, 0x2d7f],
  [0x2de0, 0x2dff],
  [0x302a, 0x302f],
  [0x3099, 0x309a],
  [0xa66f, 0xa6f1],
  [0xa802, 0xabed],
  [0xd7b0, 0xdfff],
  [0xf900, 0xfb4e],
  [0xfe20, 0xfe2f],
  // The private use area, and what wrong encodings leave: �, 锟, 烫, 屯, ï.
  [0xe000, 0xf8ff],
  [0xfffd, 0xfffd],
  [0x951f, 0x951f],
  [0x70eb, 0x70eb],
  [0x5c6f, 0x5c6f],
  // What Chinese becomes that was read as Latin-1, less what names and lists have: small letters, a cross, degrees, a dot.
  [0xa1, 0xaf],
  [0xb2, 0xb6],
  [0xb8, 0xd6],
  [0xd8, 0xde],
];

/** One for each code unit that is {@link ODD}: a look into a table takes a quarter of the time of a pattern. */
const ODD_UNITS = new Uint8Array(0x10000);
for (const [first, last] of ODD) ODD_UNITS.fill(1, first, last + 1);
for (const unit of MOJIBAKE_UNITS) ODD_UNITS[unit] = 1;

const INVISIBLE = /[\ufe00-\ufe0f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\u3164]/;
const CONTROL = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/;
/** What UTF-8 becomes where it was read as GBK, memory that was never written, and UTF-8 read as Latin-1. */
const LOST = /锟斤拷|烫烫烫|屯屯屯|ï¿½/;

/** The longest cell that Excel writes. */
const MAX_CELL = 32_767;

/** Whether any cell of a text needs the slow way. One look at a whole chunk spares one per cell. */
export function isOdd(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (ODD_UNITS[text.charCodeAt(i)] === 1) return true;
  return false;
}

/**
 * Makes of a cell what its {@link Normaliser} may see.
 *
 * @param odd whether the chunk that holds the cell {@link isOdd}
 */
export type Cleaner = (cell: string, odd: boolean, note: Note) => string;

/**
 * What every cell of a kind goes through first. Of a text nothing is changed but its normal form (NFC); of other kinds outer white space, invisible
 * characters, marks for Excel and words for nothing go, each counted. Control characters are refused, so that U+001E and U+001F never
 * occur in a record (they separate records and cells at rest). The cell is attacker-controlled. Called once per column.
 */
export function cleanerOf(kind: ValueKind): Cleaner {
  const clean = CLEANERS[kind] ?? cleanValue;
  return (cell, odd, note) => {
    if (cell.length > MAX_CELL) {
      note('VALUE_TOO_LONG');
      return '';
    }
    const isOddCell = odd && isOdd(cell);
    const whole = isOddCell ? readable(cell, note) : cell;
    return whole === '' ? '' : clean(whole, isOddCell, note);
  };
}

/** Kinds whose cells are not simply numbers or words in one of many spellings. */
const CLEANERS: Readonly<Partial<Record<ValueKind, Cleaner>>> = {
  name: cleanName,
  address: cleanWhole,
  text: cleanText,
  'no-time': cleanNo,
};

/** Words for a time that nobody knows, of somebody who said no; elsewhere they mean an empty cell. */
const SOME_DAY: ReadonlySet<string> = new Set(['不详', '不明', '未知']);

function cleanNo(cell: string, odd: boolean, note: Note): string {
  const word = cell.trim();
  return SOME_DAY.has(word) ? word : cleanValue(cell, odd, note);
}

/** The cell without what an old encoding left in it; '' if it cannot be used. */
function readable(cell: string, note: Note): string {
  if (cell.includes('\ufffd')) note('VALUE_REPLACEMENT');
  else if (LOST.test(cell) || mojibakeOf(cell) !== null) note('VALUE_MOJIBAKE');
  // What makes a text look like another no cell keeps.
  const straight = withoutUnseen(cell);
  if (straight !== cell) note('CELL_INVISIBLE');
  const text = standardised(straight, note);
  if (text !== straight) note('CELL_PRIVATE_USE');
  if (!CONTROL.test(text)) return text;
  // Guards of web systems, which no person can see.
  const bare = text.replace(/^\x1f+|\x1f+$/g, '');
  if (!CONTROL.test(bare)) {
    note('CELL_GUARD');
    return bare;
  }
  note('VALUE_CONTROL');
  return '';
}

/** What a Chinese character becomes in a code page that has none: beside others that were spared, or in a cell of nothing else. */
const SPARED = /\?\?.*\p{Script=Han}|\p{Script=Han}.*\?\?|^[\s?]+$/u;

/** A name or an address, of which every character matters; among remarks two question marks are a question. */
function cleanWhole(cell: string, odd: boolean, note: Note): string {
  if (!cell.includes('??') || !SPARED.test(cell)) return cleanText(cell, odd, note);
  note('VALUE_REPLACEMENT');
  return '';
}

function cleanName(cell: string, odd: boolean, note: Note): string {
  const name = cleanWhole(cell, odd, note);
  if (name.length <= 8 && mayBeEmpty(name.charCodeAt(0)) && NOTHING.has(name.trim().toLowerCase()))
    note('VALUE_LOOKS_EMPTY');
  return name;
}

function cleanText(cell: string, odd: boolean, note: Note): string {
  const first = cell.charCodeAt(0);
  if (first <= 0x20 || first === 0xa0 || first === 0x3000) if (cell.trim() === '') return '';
  let text = cell;
  if (first === 0x3d && EXCEL_QUOTED.test(text)) {
    note('CELL_GUARD');
    text = text.slice(2, -1);
  }
  // As the reject file marks what a spreadsheet would change.
  if (first === 0x27 && isMarkedText(text)) {
    note('CELL_GUARD');
    text = text.slice(1);
  }
  const composed = odd ? text.normalize('NFC') : text;
  if (composed !== text) note('CELL_NFC');
  if (first === 0x23 && composed.length <= 8 && EXCEL_ERRORS.has(composed.trim().toLowerCase())) {
    note('VALUE_EXCEL_ERROR');
    return '';
  }
  return composed;
}

function cleanValue(cell: string, odd: boolean, note: Note): string {
  let text = cell;
  if (odd && INVISIBLE.test(text)) {
    note('CELL_INVISIBLE');
    text = text.replace(new RegExp(INVISIBLE, 'g'), '');
  }
  if (odd && text.includes('\r')) text = text.replace(/\r\n?/g, '\n');
  if (text === '') return '';
  if (isSpace(text.charCodeAt(0)) || isSpace(text.charCodeAt(text.length - 1))) {
    const trimmed = text.trim();
    if (trimmed !== text && trimmed !== '') note('CELL_SPACES');
    text = trimmed;
  }
  const first = text.charCodeAt(0);
  // ' and = begin the two ways in which Excel is told to leave a number alone.
  if (first === 0x27 || first === 0x3d) {
    const bare = withoutExcelQuote(text);
    if (bare !== text) note('CELL_GUARD');
    text = bare;
  }
  return text.length <= 8 && mayBeEmpty(text.charCodeAt(0)) ? emptied(text, note) : text;
}

function isSpace(unit: number): boolean {
  return unit <= 0x20 || (unit >= 0xa0 && unit <= 0x3000) || unit === 0xfeff;
}

const EXCEL_QUOTED = /^="[^"]*"$/;

/** `'138…` and `="138…"`. A lone apostrophe inside a word is left alone. */
function withoutExcelQuote(text: string): string {
  if (text.startsWith("'")) return text.slice(1).trim();
  return EXCEL_QUOTED.test(text) ? text.slice(2, -1).trim() : text;
}

/** Whether a cell that begins so may be a word for nothing: ASCII marks and n, N; — – ― － 无 暂 未 空 没. */
function mayBeEmpty(first: number): boolean {
  if (first < 0x30) return true;
  if (first < 0x80) return first === 0x5c || first === 0x6e || first === 0x4e;
  return EMPTY_FIRST.has(first);
}
const EMPTY_FIRST = new Set([...'—–－无暂未空没不'].map((char) => char.charCodeAt(0)));
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
  '不详',
  '不明',
]);
const EXCEL_ERRORS = new Set(['#n/a', '#ref!', '#value!', '#name?', '#div/0!', '#null!', '#num!']);

function emptied(text: string, note: Note): string {
  const word = text.toLowerCase();
  if (NOTHING.has(word)) {
    note('CELL_NOTHING');
    return '';
  }
  if (!EXCEL_ERRORS.has(word)) return text;
  note('VALUE_EXCEL_ERROR');
  return '';
}

/** Letters, digits and common marks of an id in one pass; everything else takes the slow way. */
function customerNumber(cell: string, note: Note): string {
  const first = cell.charCodeAt(0);
  const isPlainStart =
    (first >= 0x30 && first <= 0x39) || (first >= 0x41 && first <= 0x5a) || (first >= 0x61 && first <= 0x7a);
  if (!isPlainStart) return unusualNumber(cell, note);
  // Of what begins with a digit: what is long, or has a point or a letter, may be what Excel made of it.
  let maySpoil = first <= 0x39 && cell.length > 15;
  for (let i = 1; i < cell.length; i++) {
    const unit = cell.charCodeAt(i);
    if (unit <= 0x20 || unit > 0x7e || unit === 0x2c || unit === 0x3b) return unusualNumber(cell, note);
    if (first <= 0x39 && (unit > 0x39 || unit === 0x2e)) maySpoil = true;
  }
  if (cell.length > 64) note('ID_TOO_LONG');
  else if (maySpoil && isSpoilt(cell)) note('VALUE_EXCEL_NUMBER');
  return cell;
}

/** What Excel made of a number: 1.38E+10, 1001.0, or more than fifteen digits of which the last are zeros. */
function isSpoilt(text: string): boolean {
  return isScientific(text) || /^\d+\.0+$/.test(text) || /^\d{13,}000$/.test(text);
}

function unusualNumber(cell: string, note: Note): string {
  const text = cell.normalize('NFKC').trim();
  if (/[\s\p{Cc}]/u.test(text.replaceAll(' ', ''))) note('VALUE_CONTROL');
  else if (text.length > 64) note('ID_TOO_LONG');
  else if (isSpoilt(text) || /^\d{1,3}(,\d{3})+$/.test(text)) note('VALUE_EXCEL_NUMBER');
  else if (/^[`'"=;,|]|[`'"=;,|]$/.test(text)) note('VALUE_GUARD');
  return text;
}

/** An age in years. One that cannot be read is none, unless it may be a child's. */
function age(cell: string, note: Note): string {
  const text = cell.normalize('NFKC').trim();
  const [, digits, numerals] = AGE.exec(text) ?? [];
  if (digits !== undefined) return digits;
  if (numerals !== undefined) return `${numeralsOf(numerals)}`;
  const [, months, days] = INFANT.exec(text) ?? [];
  if (months !== undefined || days !== undefined) return `${Math.floor(Number(months ?? 0) / 12)}`;
  let isBad = false;
  const value = countNormaliser(cell, (code) => {
    isBad = true;
    note(code);
  });
  const years = Number(/\d+/.exec(text)?.[0] ?? Number.NaN);
  if (isBad && (years < 18 || /[婴幼童宝]|小学|月|[一二三四五六七八九十]/.test(text)))
    note('VALUE_CHILD_UNCLEAR');
  return value;
}

/** `13周岁`, `9 years`, `十三`, `六十五岁`. */
const AGE =
  /^(?:(\d{1,3})\s*(?:周岁|岁|years?(?: old)?|yrs?|y\/?o)|(?=[一二两三四五六七八九十])([一二两三四五六七八九]?十?[一二两三四五六七八九]?)\s*(?:周?岁)?)$/iu;

/** `18个月`, `40天`: of a small child, and no years. */
const INFANT =
  /^(?:(\d{1,3})\s*(?:个月|月龄|月|months?|mos?)|(\d{1,3})\s*(?:天|日龄|周龄|weeks?|days?))\s*(?:大|龄|old)?$/iu;

/** A number below a hundred in Chinese numerals; 0 for none. */
function numeralsOf(text: string): number {
  const value = (sign: string | undefined): number =>
    sign === undefined || sign === '' ? 0 : '一二三四五六七八九'.indexOf(sign.replace('两', '二')) + 1;
  const [tens, ones] = text.split('十');
  return ones === undefined ? value(tens) : (tens === '' ? 1 : value(tens)) * 10 + value(ones);
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
