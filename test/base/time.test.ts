import { describe, expect, test } from 'vitest';
import {
  addHours,
  type CalendarDate,
  clockOf,
  daysBetween,
  type Instant,
  minutesBetween,
  readMoment,
} from '../../src/base/time.js';

const at = (text: string): Instant => text as Instant;

describe('readMoment', () => {
  test.each([
    ['2026-11-20 16:00', '2026-11-20T08:00:00Z'],
    ['2026-11-20T16:00', '2026-11-20T08:00:00Z'],
    ['2026-11-20 16:00:59', '2026-11-20T08:00:59Z'],
    ['2026-11-20 00:00', '2026-11-19T16:00:00Z'],
    ['2026-11-20', '2026-11-19T16:00:00Z'],
    ['2026-11-20T08:00:00Z', '2026-11-20T08:00:00Z'],
    ['2026-11-20T08:00Z', '2026-11-20T08:00:00Z'],
    ['2026-11-20T16:00:00+08:00', '2026-11-20T08:00:00Z'],
    ['2026-11-20 03:00-05:00', '2026-11-20T08:00:00Z'],
    ['2027-01-01T00:30+01:00', '2026-12-31T23:30:00Z'],
    // China had summer time until 1991, so this clock was an hour ahead.
    ['1988-07-01 12:00', '1988-07-01T03:00:00Z'],
  ])('%s', (text, instant) => expect(readMoment(text)).toBe(instant));

  test.each([
    '',
    'yesterday',
    '16:00',
    '2026-02-30',
    '2026-11-20 25:00',
    '2026-11-20 16:60',
    '2026-11-20 16',
    '2026/11/20 16:00',
    '2026-11-20  16:00',
    '2026-11-20T16:00+99:00',
    '2026-11-20Z',
  ])('%j is no moment', (text) => expect(readMoment(text)).toBeNull());
});

test('hours, minutes and days go across midnight, months and leap days', () => {
  expect(addHours(at('2028-02-28T22:00:00Z'), 4)).toBe('2028-02-29T02:00:00Z');
  expect(addHours(at('2026-12-31T23:59:59Z'), 72)).toBe('2027-01-03T23:59:59Z');
  expect(minutesBetween(at('2026-11-20T23:59:30Z'), at('2026-11-21T00:00:29Z'))).toBe(0);
  expect(minutesBetween(at('2026-11-21T00:00:00Z'), at('2026-11-20T23:59:00Z'))).toBe(-1);
  expect(daysBetween('2026-11-23' as CalendarDate, '2027-05-22' as CalendarDate)).toBe(180);
  expect(daysBetween('2028-03-01' as CalendarDate, '2028-02-28' as CalendarDate)).toBe(-2);
});

test('the clock is that of Shanghai', () => {
  expect(clockOf(at('2026-11-20T15:59:59Z'))).toBe('23:59');
  expect(clockOf(at('2026-11-20T16:00:00Z'))).toBe('00:00');
});
