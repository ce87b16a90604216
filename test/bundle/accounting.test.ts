import { describe, expect, it } from 'vitest';
import { type Accounting, customersOf, isBalanced } from '../../src/bundle/accounting.js';

/** Every share is another number, so that none can stand for another. */
const WHOLE: Accounting = {
  resource: 'customers',
  read: 127,
  transfer: 64,
  ask: 32,
  withhold: 16,
  reject: 8,
  blank: 4,
  replaced: 2,
  handed_over: 1,
  corrected: 3,
  reasons: {
    ask: { CONSENT_MISSING: 30, CONSENT_UNDATED: 2 },
    withhold: { CONSENT_REFUSED: 16 },
    reject: { ROW_CELLS: 8 },
  },
};

const SHARES = ['read', 'transfer', 'ask', 'withhold', 'reject', 'blank', 'replaced', 'handed_over'] as const;

describe('an accounting', () => {
  it('is balanced if every row is in exactly one share, and each that stays has a reason', () => {
    expect(isBalanced(WHOLE)).toBe(true);
  });

  it.each(SHARES.flatMap((share) => [-1, 1].map((by) => [share, by] as const)))(
    'is not with %s changed by %i',
    (share, by) => {
      expect(isBalanced({ ...WHOLE, [share]: WHOLE[share] + by })).toBe(false);
    },
  );

  it('is not if more were corrected than go', () => {
    expect(isBalanced({ ...WHOLE, corrected: 64 })).toBe(true);
    expect(isBalanced({ ...WHOLE, corrected: 65 })).toBe(false);
  });

  it('is not if of more records something stays than go', () => {
    expect(isBalanced({ ...WHOLE, partly: { prepaid: 64 } })).toBe(true);
    expect(isBalanced({ ...WHOLE, partly: { prepaid: 1, health: 65 } })).toBe(false);
  });

  it.each([
    ['as many as go, of as many persons', { rows: 64, persons: 64 }, true],
    ['of fewer persons', { rows: 64, persons: 1 }, true],
    ['of more persons than rows', { rows: 64, persons: 65 }, false],
    ['fewer rows than go', { rows: 63, persons: 1 }, false],
    ['more rows than go', { rows: 65, persons: 1 }, false],
  ])('of a table whose rows that go add up to %s', (_what, counts, good) => {
    const sums = (of: { readonly rows: number; readonly persons: number }) => ({
      ...of,
      fen: null,
      sessions: null,
    });
    const read = sums({ rows: 120, persons: 100 });
    expect(isBalanced({ ...WHOLE, sums: { read, transfer: sums(counts) } })).toBe(good);
  });

  it.each([
    ['too few reasons', { CONSENT_MISSING: 31 }, false],
    ['a reason with more records than there are', { CONSENT_MISSING: 33 }, false],
    ['two reasons for each', { CONSENT_MISSING: 32, CONSENT_UNDATED: 32 }, true],
    ['no reason at all', {}, false],
  ])('reasons: %s', (_what, ask, good) => {
    expect(isBalanced({ ...WHOLE, reasons: { ...WHOLE.reasons, ask } })).toBe(good);
  });

  it.each([
    ['a reason that no pack knows', { ...WHOLE.reasons, ask: { CONSENT_MISSING: 32, BECAUSE_I_SAY_SO: 1 } }],
    ['a reason of another verdict', { ...WHOLE.reasons, withhold: { CONSENT_MISSING: 16 } }],
    ['a word that every object has', { ...WHOLE.reasons, reject: { ROW_CELLS: 8, CONSTRUCTOR: 1 } }],
  ])('is not with %s', (_what, reasons) => {
    expect(isBalanced({ ...WHOLE, reasons })).toBe(false);
  });

  it('is not if something stays that nothing is called', () => {
    expect(isBalanced({ ...WHOLE, partly: { 'purpose:service': 1, 'beyond-contract': 1 } })).toBe(true);
    expect(isBalanced({ ...WHOLE, partly: { everything: 1 } })).toBe(false);
  });

  it('counts as customers what is neither blank nor replaced', () => {
    expect(customersOf(WHOLE)).toBe(64 + 32 + 16 + 8 + 1);
  });
});
