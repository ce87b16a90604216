import { describe, expect, test } from 'vitest';
import type { CalendarDate, Duration } from '../../src/base/time.js';
import { buyerEnd, endedAt, evidenceEnd, sellerEnd } from '../../src/retention/schedule.js';
import { sampleTerms } from '../deal/terms-sample.js';

describe('the end of retention', () => {
  test.each([
    ['2026-11-20', 'P3Y', '2029-11-20'],
    ['2024-02-29', 'P1Y', '2025-02-28'],
    ['2024-02-29', 'P4Y', '2028-02-29'],
    ['2027-08-31', 'P6M', '2028-02-29'],
    ['2026-12-31', 'P1D', '2027-01-01'],
  ])('of the buyer, effective %s for %s, is %s', (effective, duration, expected) => {
    const terms = sampleTerms((t) => {
      t.effective = effective as CalendarDate;
      t.retention.buyer.after_effective = duration as Duration;
    });
    expect(buyerEnd(terms)).toEqual({ date: expected, laws: ['PIPL-19', 'PIPL-47'] });
  });

  test.each([
    ['2026-11-25', 'P30D', '2026-12-25'],
    ['2028-01-30', 'P30D', '2028-02-29'],
    ['2028-01-31', 'P1M', '2028-02-29'],
    ['2027-01-31', 'P1M', '2027-02-28'],
  ])('of the seller, receipt accepted on %s, after %s, is %s', (accepted, duration, expected) => {
    const terms = sampleTerms((t) =>
      Object.assign(t.retention.seller, { after_receipt: duration as Duration }),
    );
    expect(sellerEnd(terms, accepted as CalendarDate)).toEqual({
      date: expected,
      laws: ['PIPL-47', 'PIPL-19'],
    });
  });

  test.each([
    ['2026-11-20', '2029-11-20'],
    ['2024-02-29', '2027-02-28'],
  ])('of what proves a handover on %s, three years, is %s', (handedOver, expected) => {
    expect(evidenceEnd(handedOver as CalendarDate)).toEqual({
      date: expected,
      laws: ['CC-188', 'NDSR-12', 'PIPL-56'],
    });
  });

  test('of what the check found past its time is the day of that check', () => {
    const date = '2026-11-20' as CalendarDate;
    expect(endedAt(date)).toEqual({ date, laws: ['PIPL-47', 'PIPL-19'] });
  });
});
