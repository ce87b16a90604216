import type { CalendarDate, Instant } from '../base/time.js';
import type { FindingCode } from '../messages/findings.js';
import type { Normaliser, Note } from './normaliser.js';

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** Whether a day exists, from 1900 to 2199. */
export function isDay(year: number, month: number, day: number): boolean {
  if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1) return false;
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day <= (DAYS[month - 1] ?? 0) + (leap ? 1 : 0);
}

/** How a column writes dates whose year comes last, or is short: 3/5/2024. */
export const DATE_ORDERS = ['ymd', 'dmy', 'mdy'] as const;
export type DateOrder = (typeof DATE_ORDERS)[number];

/** What the reading of a column's dates depends on. */
export interface DateReading {
  /** In Asia/Shanghai. */
  readonly today: CalendarDate;
  /** null where nothing told: then a date of unclear order is none. */
  readonly order: DateOrder | null;
}

/** A calendar date as `YYYY-MM-DD` in Asia/Shanghai; a time of day behind it is left off. */
export function dateNormaliser(reading: DateReading, past: boolean): Normaliser {
  const { today } = reading;
  return (cell, note) => {
    const date = isIso(cell, 10) ? cell : dayText(readMoment(cell, reading, false, note));
    if (past && date > today) note('VALUE_DATE_FUTURE');
    return date;
  };
}

/** A date of birth: never in the future, and a two-digit year is in the past. */
export function birthDateNormaliser(reading: DateReading): Normaliser {
  const { today } = reading;
  return (cell, note) => {
    const date = isIso(cell, 10) ? cell : dayText(readMoment(cell, reading, true, note));
    if (date === '' && mayBeChild(cell, today)) note('VALUE_CHILD_UNCLEAR');
    if (date > today) note('VALUE_DATE_FUTURE');
    return date;
  };
}

/** Whether an unreadable date of birth names a year that makes the person a child. */
function mayBeChild(cell: string, today: CalendarDate): boolean {
  const year = Number(/(?<!\d)(20\d\d)(?!\d)/.exec(cell.normalize('NFKC'))?.[1] ?? 0);
  return year >= Number(today.slice(0, 4)) - 14;
}

/** What people write in a column of such times where nothing was said. */
const NOT_SAID = new Set(
  (
    '否 没有 未 无 no n 0 0.0 false f off × x ✗ ✘ 正常 active normal 未申请 未提出 未要求 未撤回 未撤销 未删除 未注销 未反对 ' +
    '没有异议 无异议 不反对 不撤回 不删除 not_requested none'
  ).split(' '),
);

/**
 * When somebody said no. That it was said counts however it is dated (PIPL-15): what is no date, and no word for nothing, is dated by when
 * it was learned.
 */
export function noTimeNormaliser(reading: DateReading, learned: Instant): Normaliser {
  const read = instantNormaliser(reading);
  return (cell, note) => {
    if (NOT_SAID.has(cell.normalize('NFKC').trim().toLowerCase())) return '';
    const said = read(cell, (code) => {
      if (!UNREADABLE.has(code)) note(code);
    });
    if (said !== '') return said;
    note('VALUE_NO_UNDATED');
    return learned;
  };
}
const UNREADABLE: ReadonlySet<FindingCode> = new Set([
  'VALUE_DATE',
  'VALUE_DATE_AMBIGUOUS',
  'VALUE_DATE_INCOMPLETE',
  'VALUE_DATE_LUNAR',
]);

/** A moment as RFC 3339 UTC with seconds. Without an offset it is meant in Asia/Shanghai, which has been UTC+8 since 1992. */
export function instantNormaliser(reading: DateReading): Normaliser {
  const { today } = reading;
  return (cell, note) => {
    const plain = plainInstant(cell);
    if (plain !== '') {
      if (plain.slice(0, 10) > today) note('VALUE_DATE_FUTURE');
      return plain;
    }
    const moment = isIso(cell, 10)
      ? { date: cell, seconds: 0, offset: LOCAL }
      : readMoment(cell, reading, false, note);
    if (moment === null) return '';
    if (moment.date > today) note('VALUE_DATE_FUTURE');
    return instantText(moment);
  };
}

/** `2026-03-05 10:20:00` and the same with T, read in Asia/Shanghai, in one pass; '' for everything else. */
function plainInstant(cell: string): string {
  if (cell.length !== 19 || cell.charCodeAt(13) !== 0x3a || cell.charCodeAt(16) !== 0x3a) return '';
  const between = cell.charCodeAt(10);
  if ((between !== 0x20 && between !== 0x54) || !isIso(cell, 19)) return '';
  const hour = digits(cell, 11, 13);
  const minute = digits(cell, 14, 16);
  const second = digits(cell, 17, 19);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return '';
  const day = cell.slice(0, 10);
  return hour >= 8
    ? `${day}T${two(hour - 8)}:${cell.slice(14)}Z`
    : `${shifted(day, -1)}T${two(hour + 16)}:${cell.slice(14)}Z`;
}

const LOCAL = 8 * 3600;

interface Moment {
  readonly date: string;
  /** Since the begin of the day. */
  readonly seconds: number;
  /** Seconds ahead of UTC. */
  readonly offset: number;
}

function instantText({ date, seconds, offset }: Moment): string {
  const utc = seconds - offset;
  const day = utc < 0 ? shifted(date, -1) : utc >= 86_400 ? shifted(date, 1) : date;
  const rest = utc < 0 ? utc + 86_400 : utc >= 86_400 ? utc - 86_400 : utc;
  return `${day}T${two(Math.floor(rest / 3600))}:${two(Math.floor(rest / 60) % 60)}:${two(rest % 60)}Z`;
}

/** The day of a moment in Asia/Shanghai, or ''. */
function dayText(moment: Moment | null): string {
  if (moment === null) return '';
  const local = moment.seconds - moment.offset + LOCAL;
  if (local < 0) return shifted(moment.date, -1);
  return local >= 86_400 ? shifted(moment.date, 1) : moment.date;
}

function shifted(date: string, days: number): string {
  return dateOfDay(
    Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10))) / 86_400_000 +
      days,
  );
}

/** The date so many days after 1970-01-01. */
function dateOfDay(days: number): string {
  return new Date(days * 86_400_000).toISOString().slice(0, 10);
}

function two(value: number): string {
  return value < 10 ? `0${value}` : `${value}`;
}

/** `YYYY-MM-DD` of an existing day, in one pass. */
function isIso(cell: string, length: number): boolean {
  if (cell.length !== length || cell.charCodeAt(4) !== 0x2d || cell.charCodeAt(7) !== 0x2d) return false;
  const year = digits(cell, 0, 4);
  const month = digits(cell, 5, 7);
  const day = digits(cell, 8, 10);
  return year >= 0 && month >= 0 && day >= 0 && isDay(year, month, day);
}

function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let i = from; i < to; i++) {
    const digit = text.charCodeAt(i) - 0x30;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

/** The spellings of a date that real files have (law.md §5.4). Where day and month cannot be told apart, nothing is guessed. */
function readMoment(cell: string, reading: DateReading, birth: boolean, note: Note): Moment | null {
  const refuse = (code: FindingCode): null => {
    note(code);
    return null;
  };
  if (cell.length > 60) return refuse('VALUE_DATE');
  const text = withoutWeekday(
    cell
      .normalize('NFKC')
      .replace(/^['"=]+|['"]+$/g, '')
      .replace(/\s+/g, ' ')
      .replace(/ ?([年月日号]) ?/g, '$1')
      .replace(/^(\d{4})([ 、\\_])(\d{1,2})\2(\d{1,2})(?!\d)/, '$1-$3-$4')
      .replace(/(?<=[\d日号]) ?(?:上午|下午|早上|晚上|中午|凌晨)$/, '')
      .trim(),
  );
  if (/[农阴]历|lunar|[正腊]月|初[一二三四五六七八九十]|廿/i.test(text)) return refuse('VALUE_DATE_LUNAR');
  if (/^\d{4,5}(\.\d+)?$/.test(text)) return serialMoment(text, note);
  if (/^1\d{9}(\d{3})?$/.test(text)) return epochMoment(text, note);

  const { dateText, seconds, offset } = splitTime(arabic(text));
  if (seconds === null) return refuse('VALUE_DATE');
  const day = readDay(dateText, reading, birth, note);
  if (typeof day === 'string') return refuse(day);
  const [year, month, date] = day;
  return isDay(year, month, date)
    ? { date: `${year}-${two(month)}-${two(date)}`, seconds, offset }
    : refuse('VALUE_DATE');
}

type Day = readonly [year: number, month: number, day: number];

/** Year, month and day of a date without a time, or what is wrong with it. */
function readDay(text: string, reading: DateReading, birth: boolean, note: Note): Day | FindingCode {
  const year = (digits: string) => fullYear(digits, reading.today, birth, note);
  const compact = /^(\d{4}|\d\d)(\d\d)(\d\d)$/.exec(text);
  if (compact !== null) return [year(compact[1] ?? ''), Number(compact[2]), Number(compact[3])];
  const named = /^(\d{1,2})(?:st|nd|rd|th)?(?: of)?[- ]?([A-Za-z]{3,9})\.?[- ,]*(\d{4}|\d{2})$/.exec(text);
  if (named !== null) return [year(named[3] ?? ''), monthOf(named[2]), Number(named[1])];
  const monthFirst = /^([A-Za-z]{3,9})\.?[- ]*(\d{1,2})(?:st|nd|rd|th)?[- ,]+(\d{4})$/.exec(text);
  if (monthFirst !== null) return [year(monthFirst[3] ?? ''), monthOf(monthFirst[1]), Number(monthFirst[2])];
  const parts = text.replace(/[日号]$/, '').split(/\s*[-/.年月]\s*/);
  if (parts.at(-1) === '') parts.pop();
  if (parts.some((part) => !/^\d{1,4}$/.test(part))) return 'VALUE_DATE';
  const [a = '', b = '', c = ''] = parts;
  if (parts.length === 2) return 'VALUE_DATE_INCOMPLETE';
  if (parts.length !== 3)
    return parts.length === 1 && /[年月]/.test(text) ? 'VALUE_DATE_INCOMPLETE' : 'VALUE_DATE';
  if (b.length > 2) return 'VALUE_DATE';
  if (a.length === 4 && c.length <= 2) return [Number(a), Number(b), Number(c)];
  if (a.length > 2 || c.length === 3) return 'VALUE_DATE';
  const { order } = reading;
  if (c.length === 4) return yearLast(Number(a), Number(b), Number(c), order, note);
  if (/年/.test(text) || order === 'ymd') return [year(a), Number(b), Number(c)];
  if (order !== null) return yearLast(Number(a), Number(b), year(c), order, note);
  // 24/3/5 is year, month, day in Chinese files; where the first could be a month as well, nothing is guessed.
  return Number(a) <= 12 ? 'VALUE_DATE_AMBIGUOUS' : [year(a), Number(b), Number(c)];
}

/** 3/5/2024: the order of the first two is told by the column, or by a number that is no month. */
function yearLast(
  first: number,
  second: number,
  year: number,
  order: DateOrder | null,
  note: Note,
): Day | FindingCode {
  const isEither = first <= 12 && second <= 12;
  if (isEither && first !== second && (order === null || order === 'ymd')) return 'VALUE_DATE_AMBIGUOUS';
  const isDayFirst = isEither ? order === 'dmy' : first > 12;
  const isOrdered = Math.min(first, second) <= 12 && order !== (isDayFirst ? 'dmy' : 'mdy');
  if (!isEither && isOrdered) note('VALUE_DATE_ORDER');
  return isDayFirst ? [year, second, first] : [year, first, second];
}

/**
 * What a cell shows of the order of its column: a number above twelve in a place where no year can be. Null for a date that fits both, or
 * has its year in front.
 */
export function orderShown(cell: string): 'dmy' | 'mdy' | null {
  const parts = /^\s*(\d{1,2})[-/.](\d{1,2})[-/.](?:19|20)\d\d(?!\d)/.exec(cell);
  if (parts === null) return null;
  const [first, second] = [Number(parts[1]), Number(parts[2])];
  if (first > 12 && first <= 31 && second <= 12) return 'dmy';
  return second > 12 && second <= 31 && first <= 12 ? 'mdy' : null;
}

function withoutWeekday(text: string): string {
  return text
    .replace(/[ (]*(?:星期|周|礼拜)[一二三四五六日天][ )]*/, ' ')
    .replace(/^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? +/i, '')
    .trim();
}

/** 二〇二四年三月五日 in digits; any other text as it is. */
function arabic(text: string): string {
  if (!/^[〇零○一二三四五六七八九十]+年|^\d{4}年[一二三四五六七八九十]+月/.test(text)) return text;
  return text.replace(/[〇零○一二三四五六七八九十]+/g, (run) => {
    if (!run.includes('十')) return [...run].map((hanzi) => HANZI_DIGITS.get(hanzi) ?? '').join('');
    const [tens = '', ones = ''] = run.split('十');
    return `${Number(HANZI_DIGITS.get(tens) ?? 1) * 10 + Number(HANZI_DIGITS.get(ones) ?? 0)}`;
  });
}
const HANZI_DIGITS = new Map([...'〇一二三四五六七八九'].map((hanzi, i) => [hanzi, i] as const));
HANZI_DIGITS.set('零', 0).set('○', 0);

function monthOf(name = ''): number {
  return MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** A two-digit year becomes the nearest one that makes sense: for births not after today, otherwise at most ten years ahead. */
function fullYear(text: string, today: CalendarDate, birth: boolean, note: Note): number {
  const year = Number(text);
  if (text.length === 4) return year;
  note('VALUE_DATE_SHORT_YEAR');
  const latest = Number(today.slice(0, 4)) + (birth ? 0 : 10);
  return 2000 + year <= latest ? 2000 + year : 1900 + year;
}

/** Excel's serial day number, 1900 system; the fraction is the time of day. Four digits reach back to 1927 only from 10000 on. */
function serialMoment(text: string, note: Note): Moment | null {
  const [whole = '', fraction = ''] = text.split('.');
  const days = Number(whole);
  if (whole.length !== 5 || days < 10_000 || days > 73_050) {
    note(whole.length === 4 && fraction === '' ? 'VALUE_DATE_INCOMPLETE' : 'VALUE_DATE');
    return null;
  }
  note('VALUE_DATE_SERIAL');
  const seconds = Math.min(86_399, Math.round(Number(`0.${fraction || '0'}`) * 86_400));
  return { date: dateOfDay(days - 25_569), seconds, offset: LOCAL };
}

/** Seconds or milliseconds since 1970, as databases export times. */
function epochMoment(text: string, note: Note): Moment {
  note('VALUE_DATE_SERIAL');
  const since = Math.floor(Number(text) / (text.length === 13 ? 1000 : 1));
  return { date: dateOfDay(Math.floor(since / 86_400)), seconds: since % 86_400, offset: 0 };
}

/** Takes a time of day off the end: `14:30`, `0:00:00`, `下午2:30`, `T06:30:00Z`, `14时30分`. */
function splitTime(text: string): { dateText: string; seconds: number | null; offset: number } {
  const compact = /^(\d{8})(\d\d)(\d\d)(\d\d)$/.exec(text);
  if (compact !== null) return splitTime(`${compact[1]} ${compact[2]}:${compact[3]}:${compact[4]}`);
  const found =
    /^(.*?\d[日号]?)[T ]*(上午|下午|中午|晚上|早上|凌晨|AM|PM)? ?(\d{1,2})(?::|时|点)(\d{1,2})?(?:[:分](\d{1,2})?)?(?:\.\d{1,9})?秒? ?(AM|PM)? ?(Z|UTC|GMT|(?:UTC|GMT)?[+-]\d\d:?\d\d)?(?: \([^()]*\))?$/i.exec(
      text,
    );
  if (found === null || !/[T 日号年上下中晚早凌]/.test(text))
    return { dateText: text, seconds: 0, offset: LOCAL };
  const [, dateText = '', before = '', hours = '', minutes = '0', secs = '0', after = '', zone = ''] = found;
  const half = (before || after).toUpperCase();
  let hour = Number(hours);
  if (['下午', '晚上', 'PM'].includes(half) && hour < 12) hour += 12;
  if (half === '中午' && hour < 3) hour += 12;
  if (['上午', '凌晨', 'AM'].includes(half) && hour === 12) hour = 0;
  if (hour > 23 || Number(minutes) > 59 || Number(secs) > 59)
    return { dateText, seconds: null, offset: LOCAL };
  const seconds = hour * 3600 + Number(minutes) * 60 + Number(secs);
  return { dateText: dateText.trim(), seconds, offset: zone === '' ? LOCAL : zoneSeconds(zone) };
}

function zoneSeconds(zone: string): number {
  const plain = zone.replace(/^(?:UTC|GMT|Z)/i, '').replace(':', '');
  if (plain === '') return 0;
  const size = Number(plain.slice(1, 3)) * 3600 + Number(plain.slice(3, 5)) * 60;
  return plain.startsWith('-') ? -size : size;
}
