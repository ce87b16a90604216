import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  addDuration,
  addHours,
  type CalendarDate,
  timeOfDay,
  type Duration,
  dayOf,
  daysBetween,
  type Instant,
  instantOf,
  minutesBetween,
  nextDay,
  readDate,
  readDuration,
  readInstant,
  readMoment,
  secondsBetween,
  startOf,
  subtractDuration,
} from '../../src/base/time.js';

const day = (text: string) => text as CalendarDate;

describe('the calendar of Asia/Shanghai', () => {
  it.each([
    ['2026-12-25T15:59:59Z', '2026-12-25'],
    ['2026-12-25T16:00:00Z', '2026-12-26'],
    ['2026-12-31T16:00:00Z', '2027-01-01'],
    ['2028-02-28T16:00:00Z', '2028-02-29'],
    ['2028-02-29T16:00:00Z', '2028-03-01'],
    ['2027-02-28T16:00:00Z', '2027-03-01'],
  ])('%s falls on %s', (instant, date) => {
    expect(dayOf(instant as Instant)).toBe(date);
  });

  it('is that of the time zone database, at any instant', () => {
    const between = fc.date({
      min: new Date('1980-01-01'),
      max: new Date('2099-12-31'),
      noInvalidDate: true,
    });
    const inZone = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' });
    fc.assert(
      fc.property(between, (date) => {
        expect(dayOf(instantOf(date))).toBe(inZone.format(date));
      }),
      {
        numRuns: 500,
        examples: [
          [new Date('1991-12-31T15:59:59Z')],
          [new Date('1991-07-01T15:30:00Z')],
          [new Date('1992-01-01')],
        ],
      },
    );
  });

  it('a day begins at its midnight there', () => {
    expect(startOf(day('2026-12-26'))).toBe('2026-12-25T16:00:00Z');
    expect(dayOf(startOf(day('2028-02-29')))).toBe('2028-02-29');
    // Both ways of asking, and the summer time of 1991.
    expect(startOf(day('1992-01-01'))).toBe('1991-12-31T16:00:00Z');
    expect(startOf(day('1991-12-31'))).toBe('1991-12-30T16:00:00Z');
    expect(startOf(day('1991-07-01'))).toBe('1991-06-30T15:00:00Z');
    expect(startOf(day('9999-12-31'))).toBe('9999-12-30T16:00:00Z');
  });

  it.each([
    ['2024-02-29', 'P10Y', '2034-02-28'],
    ['2026-08-31', 'P6M', '2027-02-28'],
    ['2027-08-31', 'P6M', '2028-02-29'],
    ['2026-11-25', 'P3Y', '2029-11-25'],
    ['2026-12-31', 'P2M', '2027-02-28'],
    ['2028-02-29', 'P5Y', '2033-02-28'],
    ['2026-01-31', 'P1M1D', '2026-03-01'],
    ['2026-11-25', 'P52W', '2027-11-24'],
  ])('%s plus %s is %s', (from, duration, to) => {
    expect(addDuration(day(from), duration as Duration)).toBe(to);
  });

  it.each([
    ['2026-12-25', '2026-12-25', 0],
    ['2026-12-25', '2027-01-01', 7],
    ['2028-02-28', '2028-03-01', 2],
    ['2027-02-28', '2027-03-01', 1],
    ['2027-01-01', '2026-12-31', -1],
    ['2026-11-25', '2029-11-25', 1096],
  ])('from %s to %s it is %i days', (from, to, days) => {
    expect(daysBetween(day(from), day(to))).toBe(days);
  });

  it('knows the day after, and the seconds between', () => {
    expect(nextDay(day('2028-02-28'))).toBe('2028-02-29');
    expect(nextDay(day('2026-12-31'))).toBe('2027-01-01');
    expect(secondsBetween('2026-11-25T00:00:00Z' as Instant, '2026-11-24T23:59:00Z' as Instant)).toBe(-60);
  });
});

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
  expect(timeOfDay(at('2026-11-20T15:59:59Z'))).toBe('23:59');
  expect(timeOfDay(at('2026-11-20T16:00:00Z'))).toBe('00:00');
});

describe('what lies beyond the years that can be written', () => {
  const instant = (text: string) => readInstant(text) ?? never(text);
  const date = (text: string) => readDate(text) ?? never(text);
  const duration = (text: string) => readDuration(text) ?? never(text);
  const never = (text: string): never => {
    throw new Error(text);
  };

  it.each<[string, () => string, string]>([
    ['the day of the last instant', () => dayOf(instant('9999-12-31T23:59:59Z')), '9999-12-31'],
    ['the day of the first instant', () => dayOf(instant('0000-01-01T00:00:00Z')), '0000-01-01'],
    ['three years later', () => addDuration(date('9999-12-31'), duration('P3Y')), '9999-12-31'],
    [
      'as long as can be said',
      () => addDuration(date('9999-12-31'), duration('P999Y9999M9999W99999D')),
      '9999-12-31',
    ],
    ['three years before', () => subtractDuration(date('0001-01-01'), duration('P3Y')), '0000-01-01'],
    ['the day after', () => nextDay(date('9999-12-31')), '9999-12-31'],
    ['the beginning of the first day', () => startOf(date('0000-01-01')), '0000-01-01T00:00:00Z'],
    ['an hour later', () => addHours(instant('9999-12-31T23:59:59Z'), 1), '9999-12-31T23:59:59Z'],
    ['a moment with an offset', () => readMoment('9999-12-31T23:59-10:00') ?? '', '9999-12-31T23:59:59Z'],
  ])('%s: %#', (_, made, expected) => {
    expect(made()).toBe(expected);
    expect(readDate(made()) ?? readInstant(made())).toBe(expected);
  });
});
