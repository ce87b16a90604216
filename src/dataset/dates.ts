import type { CalendarDate } from '../base/time.js';
import type { FindingCode } from '../messages/findings.js';
import type { Normaliser, Note } from './normaliser.js';

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** Whether a day exists, from 1900 to 2199. */
export function isDay(year: number, month: number, day: number): boolean {
  if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1) return false;
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day <= (DAYS[month - 1] ?? 0) + (leap ? 1 : 0);
}

/** A calendar date as `YYYY-MM-DD`; a time of day behind it is left off. */
export function dateNormaliser(today: CalendarDate, past: boolean): Normaliser {
  return (cell, note) => {
    const date = isIso(cell, 10) ? cell : (readMoment(cell, today, false, note)?.date ?? '');
    if (past && date > today) note('VALUE_DATE_FUTURE');
    return date;
  };
}

/** A date of birth: never in the future, and a two-digit year is in the past. */
export function birthDateNormaliser(today: CalendarDate): Normaliser {
  return (cell, note) => {
    const date = isIso(cell, 10) ? cell : (readMoment(cell, today, true, note)?.date ?? '');
    if (date > today) note('VALUE_DATE_FUTURE');
    return date;
  };
}

/** A moment as RFC 3339 UTC with seconds. Without an offset it is meant in Asia/Shanghai, which has been UTC+8 since 1992. */
export function instantNormaliser(today: CalendarDate): Normaliser {
  return (cell, note) => {
    const plain = plainInstant(cell);
    if (plain !== '') {
      if (plain.slice(0, 10) > today) note('VALUE_DATE_FUTURE');
      return plain;
    }
    const moment = isIso(cell, 10)
      ? { date: cell, seconds: 0, offset: LOCAL }
      : readMoment(cell, today, false, note);
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
function readMoment(cell: string, today: CalendarDate, birth: boolean, note: Note): Moment | null {
  const refuse = (code: FindingCode): null => {
    note(code);
    return null;
  };
  if (cell.length > 60) return refuse('VALUE_DATE');
  const text = cell
    .normalize('NFKC')
    .replace(/^['"=]+|['"]+$/g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([年月日]) ?/g, '$1')
    .trim();
  if (/[农阴]历|lunar|[正腊]月|初[一二三四五六七八九十]|廿/i.test(text)) return refuse('VALUE_DATE_LUNAR');
  if (/^\d{4,5}(\.\d+)?$/.test(text)) return serialMoment(text, note);

  const { dateText, seconds, offset } = splitTime(text);
  if (seconds === null) return refuse('VALUE_DATE');
  const done = (year: number, month: number, day: number): Moment | null =>
    isDay(year, month, day)
      ? { date: `${year}-${two(month)}-${two(day)}`, seconds, offset }
      : refuse('VALUE_DATE');

  const compact = /^(\d{4})(\d\d)(\d\d)$/.exec(dateText);
  if (compact !== null) return done(Number(compact[1]), Number(compact[2]), Number(compact[3]));
  const named = /^(\d{1,2})[- ]?([A-Za-z]{3,9})\.?[- ,]*(\d{2}|\d{4})$/.exec(dateText);
  if (named !== null) {
    const month = MONTHS.indexOf((named[2] ?? '').slice(0, 3).toLowerCase()) + 1;
    return done(fullYear(named[3] ?? '', today, birth, note), month, Number(named[1]));
  }
  const parts = dateText.replace(/日$/, '').split(/\s*[-/.年月]\s*/);
  if (parts.at(-1) === '') parts.pop();
  if (parts.some((part) => !/^\d{1,4}$/.test(part))) return refuse('VALUE_DATE');
  const [a = '', b = '', c = ''] = parts;
  if (parts.length === 2) return refuse('VALUE_DATE_INCOMPLETE');
  if (parts.length !== 3)
    return refuse(parts.length === 1 && /[年月]/.test(dateText) ? 'VALUE_DATE_INCOMPLETE' : 'VALUE_DATE');
  if (b.length > 2) return refuse('VALUE_DATE');
  if (a.length === 4 && c.length <= 2) return done(Number(a), Number(b), Number(c));
  if (a.length > 2) return refuse('VALUE_DATE');
  if (c.length === 4) {
    // 3/5/2024: the year is last, so the order of the others is told only by a number that is no month.
    const [first, second] = [Number(a), Number(b)];
    if (first <= 12 && second <= 12 && first !== second) return refuse('VALUE_DATE_AMBIGUOUS');
    if (first !== second) note('VALUE_DATE_ORDER');
    return first > 12 ? done(Number(c), second, first) : done(Number(c), first, second);
  }
  if (c.length > 2) return refuse('VALUE_DATE');
  // 24/3/5 is year, month, day in Chinese files; where the first could be a month as well, nothing is guessed.
  if (Number(a) <= 12 && !/年/.test(dateText)) return refuse('VALUE_DATE_AMBIGUOUS');
  return done(fullYear(a, today, birth, note), Number(b), Number(c));
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

/** Takes a time of day off the end: `14:30`, `0:00:00`, `下午2:30`, `T06:30:00Z`, `14时30分`. */
function splitTime(text: string): { dateText: string; seconds: number | null; offset: number } {
  const found =
    /^(.*?\d日?)[T ]*(上午|下午|中午|晚上|早上|凌晨|AM|PM)? ?(\d{1,2})(?::|时|点)(\d{1,2})?(?:[:分](\d{1,2})?)?(?:\.\d{1,9})?秒? ?(AM|PM)? ?(Z|[+-]\d\d:?\d\d)?$/i.exec(
      text,
    );
  if (found === null || !/[T 日年上下中晚早凌]/.test(text))
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
  if (zone.toUpperCase() === 'Z') return 0;
  const plain = zone.replace(':', '');
  const size = Number(plain.slice(1, 3)) * 3600 + Number(plain.slice(3, 5)) * 60;
  return plain.startsWith('-') ? -size : size;
}
