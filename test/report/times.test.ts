import { expect, test } from 'vitest';
import { type Instant, readInstant } from '../../src/base/time.js';
import { localTime } from '../../src/report/times.js';

test.each([
  ['2026-11-20T08:00:00Z', '2026-11-20 16:00'],
  ['2026-11-20T16:00:59Z', '2026-11-21 00:00'],
  ['2026-12-31T23:59:00Z', '2027-01-01 07:59'],
  ['1992-01-01T00:00:00Z', '1992-01-01 08:00'],
  ['1991-07-01T00:00:00Z', '1991-07-01 09:00'],
  ['9999-12-31T20:30:00Z', '9999-12-31 04:30'],
])('%s is %s in Shanghai', (text, wanted) => {
  const instant: Instant | null = readInstant(text);
  expect(instant === null ? '' : localTime(instant)).toBe(wanted);
});
