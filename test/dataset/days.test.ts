import { expect, test } from 'vitest';
import { isDay } from '../../src/dataset/dates.js';

test.each([
  ['the first day that is known', 1900, 1, 1, true],
  ['the day before', 1899, 12, 31, false],
  ['the last day that is known', 2199, 12, 31, true],
  ['the day after', 2200, 1, 1, false],
  ['no month', 2026, 0, 1, false],
  ['a thirteenth month', 2026, 13, 1, false],
  ['no day', 2026, 3, 0, false],
  ['a day below none', 2026, 3, -1, false],
  ['the end of a long month', 2026, 1, 31, true],
  ['a day behind it', 2026, 1, 32, false],
  ['the end of a short month', 2026, 4, 30, true],
  ['a day behind that', 2026, 4, 31, false],
  ['the end of a usual February', 2026, 2, 28, true],
  ['a day behind that one', 2026, 2, 29, false],
  ['a leap day', 2024, 2, 29, true],
  ['a day behind a leap day', 2024, 2, 30, false],
  ['no leap day of a century', 2100, 2, 29, false],
  ['the leap day of a fourth century', 2000, 2, 29, true],
  ['a leap year lengthens no other month', 2024, 4, 31, false],
] as const)('%s: %i-%i-%i', (_, year, month, day, exists) => {
  expect(isDay(year, month, day)).toBe(exists);
});
