import { expect, test } from 'vitest';
import { clockTime } from '../../src/messages/clock-time.js';

test.each([
  ['2026-11-20T08:00:00Z', '2026-11-20 16:00'],
  ['2026-12-31T16:00:00.123Z', '2027-01-01 00:00'],
  ['2026-11-20T08:00Z', '2026-11-20 16:00'],
  ['2026-11-20', '2026-11-20'],
  ['yesterday', 'yesterday'],
])('%s is %s on the clock', (instant, shown) => expect(clockTime(instant)).toBe(shown));
