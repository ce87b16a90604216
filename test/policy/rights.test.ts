import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CalendarDate } from '../../src/base/time.js';
import { REQUEST_KINDS, REQUESTERS } from '../../src/policy/request-lists.js';
import { answerDue, isChild, mayAsk } from '../../src/policy/rights.js';

const day = (text: string) => text as CalendarDate;
const record = (values: Record<string, string>) => (field: string) => values[field] ?? '';

describe('answerDue', () => {
  test.each([
    ['2026-11-20', '2026-12-20'],
    ['2026-12-31', '2027-01-30'],
    ['2028-01-31', '2028-03-01'],
  ])('%s is answered by %s', (received, due) => expect(answerDue(day(received))).toBe(due));
});

describe('mayAsk', () => {
  test.each([
    ['access', 'relative', false, null],
    ['erasure', 'relative', false, null],
    ['withdrawal', 'relative', false, 'relative'],
    ['objection', 'relative', false, 'relative'],
    ['withdrawal', 'agent', false, null],
    ['access', 'agent', true, 'minor'],
    ['erasure', 'relative', true, 'minor'],
    ['erasure', 'guardian', true, null],
    ['copy', 'self', true, null],
  ] as const)('%s by %s, child %s: %s', (kind, requester, isMinor, refusal) => {
    expect(mayAsk(kind, requester, isMinor)).toBe(refusal);
  });

  test('the person may always ask, and being a child never opens a door', () => {
    fc.assert(
      fc.property(fc.constantFrom(...REQUEST_KINDS), fc.constantFrom(...REQUESTERS), (kind, requester) => {
        expect(mayAsk(kind, 'self', true)).toBeNull();
        if (mayAsk(kind, requester, false) !== null) expect(mayAsk(kind, requester, true)).not.toBeNull();
      }),
    );
  });
});

describe('isChild', () => {
  const today = day('2026-11-20');
  test.each([
    [{ birth_date: '2012-11-20' }, false],
    [{ birth_date: '2012-11-21' }, true],
    [{ id_no: '310101201211210012' }, true],
    [{ id_no: '310101201211200012' }, false],
    [{ id_no: '310101900101001' }, false],
    [{ age: '13' }, true],
    [{ age: '14' }, false],
    [{}, false],
  ] as const)('%j: %s', (values, is) => expect(isChild(record(values), today)).toBe(is));
});
