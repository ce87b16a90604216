import { type CalendarDate, type Duration, readDate, readDuration } from '../base/time.js';

/** How people write a period and a day when they are asked for one. What they mean is shown to them before anything is signed. */

const UNITS: Readonly<Record<string, 'Y' | 'M' | 'W' | 'D'>> = {
  年: 'Y',
  个月: 'M',
  月: 'M',
  周: 'W',
  天: 'D',
  日: 'D',
  year: 'Y',
  years: 'Y',
  month: 'M',
  months: 'M',
  week: 'W',
  weeks: 'W',
  day: 'D',
  days: 'D',
};

/** `3 年`, `30天`, `30 days`, `P30D`; null for anything else. */
export function periodMeant(text: string): Duration | null {
  const plain = text.normalize('NFKC').trim();
  const exact = readDuration(plain.toUpperCase());
  if (exact !== null) return exact;
  const [, count = '', word = ''] = /^(\d{1,4})\s*([^\d\s]+)$/.exec(plain) ?? [];
  const unit = Object.hasOwn(UNITS, word.toLowerCase()) ? UNITS[word.toLowerCase()] : undefined;
  return unit === undefined ? null : readDuration(`P${Number(count)}${unit}`);
}

/** `2026-11-20`, `2026年11月20日`, `2026/11/20`, `2026.11.20`; null for anything else, and for a day that does not exist. */
export function dayMeant(text: string): CalendarDate | null {
  const [, year = '', month = '', day = ''] =
    /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$/.exec(text.normalize('NFKC').trim()) ?? [];
  return readDate(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
}
