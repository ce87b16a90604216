import { describe, expect, it } from 'vitest';
import { type Routine, type ScheduleFacts, scheduleOf } from '../../src/audit/schedule.js';
import type { CalendarDate, Duration } from '../../src/base/time.js';

const day = (text: string): CalendarDate => text as CalendarDate;
const person = (trained: string | null, role: 'clerk' | 'entrusted' = 'clerk') => ({
  name: '王芳',
  role,
  gone: null,
  facts: { promised: null, trained: trained === null ? [] : [{ date: day(trained) }] },
});
const facts: ScheduleFacts = {
  today: day('2026-11-20'),
  audited: day('2026-01-31'),
  hasMinors: false,
  people: [person('2026-02-01')],
  drilled: day('2026-03-01'),
  catalogue: { date: day('2026-11-01'), holds: 'P180D' as Duration },
};
const due = (what: Routine, changed: Partial<ScheduleFacts> = {}) => {
  const found = scheduleOf({ ...facts, ...changed }).find((entry) => entry.what === what);
  return [found?.due, found?.isOverdue];
};

describe('what comes round', () => {
  it.each([
    ['a self-audit two years after the last', due('self-audit'), ['2028-01-31', false]],
    [
      'each year where there are data of minors',
      due('self-audit', { hasMinors: true }),
      ['2027-01-31', false],
    ],
    ['now, if there was none', due('self-audit', { audited: null }), ['2026-11-20', true]],
    [
      'training a year after whoever was trained longest ago',
      due('training', { people: [person('2026-05-01'), person('2026-02-01')] }),
      ['2027-02-01', false],
    ],
    [
      'training now, if one was never trained',
      due('training', { people: [person(null), person('2026-02-01')] }),
      ['2026-11-20', true],
    ],
    [
      'training of nobody who is bound by contract',
      due('training', { people: [person('2026-02-01'), person(null, 'entrusted')] }),
      ['2027-02-01', false],
    ],
    [
      'a drill that is a year and a day old',
      due('drill', { drilled: day('2025-11-19') }),
      ['2026-11-19', true],
    ],
    ['a drill that is a year old today', due('drill', { drilled: day('2025-11-20') }), ['2026-11-20', false]],
    ['the catalogue after its days', due('catalogue'), ['2027-04-30', false]],
  ])('%s', (_, found, expected) => {
    expect(found).toEqual(expected);
  });

  it('is in the order of its days', () => {
    const days = scheduleOf(facts).map((entry) => entry.due);
    expect(days).toEqual([...days].sort());
  });
});
