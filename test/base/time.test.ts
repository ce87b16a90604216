import { describe, expect, it } from 'vitest';
import {
  addDuration,
  type CalendarDate,
  type Duration,
  dayOf,
  daysBetween,
  type Instant,
  nextDay,
  secondsBetween,
  startOf,
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

  it('a day begins at its midnight there', () => {
    expect(startOf(day('2026-12-26'))).toBe('2026-12-25T16:00:00Z');
    expect(dayOf(startOf(day('2028-02-29')))).toBe('2028-02-29');
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
