import { describe, expect, it } from 'vitest';
import { dayMeant, periodMeant } from '../../src/deal/answers.js';

describe('how people write periods and days', () => {
  it.each([
    ['P3Y', 'P3Y'],
    ['p30d', 'P30D'],
    ['3年', 'P3Y'],
    ['３ 年', 'P3Y'],
    ['6个月', 'P6M'],
    ['30天', 'P30D'],
    ['1 year', 'P1Y'],
    ['30 Days', 'P30D'],
    ['0天', null],
    ['三年', null],
    ['3 constructor', null],
    ['-3年', null],
    ['', null],
  ])('%s is the period %s', (text, period) => {
    expect(periodMeant(text)).toBe(period);
  });

  it.each([
    ['2026-11-20', '2026-11-20'],
    ['2026年11月2日', '2026-11-02'],
    ['2026/1/2', '2026-01-02'],
    ['２０２６．１１．２０', '2026-11-20'],
    ['2026-02-30', null],
    ['11/20/2026', null],
    ['明天', null],
  ])('%s is the day %s', (text, day) => {
    expect(dayMeant(text)).toBe(day);
  });
});
