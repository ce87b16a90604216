import { describe, expect, test } from 'vitest';
import { BEYOND_CONTRACT, CARE, SENSITIVE_CATEGORIES } from '../../src/messages/stays.js';
import { isAccounted, mayStay } from '../../src/policy/accounted.js';
import { REASONS } from '../../src/policy/reasons.js';

describe('a reason in an accounting', () => {
  test.each(REASONS.map(({ code, verdict }) => [code, verdict] as const))(
    '%s explains rows of its own verdict alone, %s',
    (code, verdict) => {
      for (const other of ['ask', 'withhold', 'reject'] as const)
        expect([other, isAccounted(other, code)]).toEqual([other, other === verdict]);
    },
  );

  test.each([
    ['ROW_ORPHAN', 'SUBJECT_MISSING'],
    ['ROW_REPEATED', 'SUBJECT_REPEATED'],
    ['ROW_DUPLICATE', 'SUBJECT_DUPLICATE'],
  ])('%s stands for rows of a table where %s does for customers', (row, code) => {
    for (const verdict of ['ask', 'withhold', 'reject'] as const)
      expect([verdict, isAccounted(verdict, row)]).toEqual([verdict, isAccounted(verdict, code)]);
  });

  test.each([
    ['ask', 'CONTRACT_OPEN', true],
    ['withhold', 'CONTRACT_OPEN', false],
    ['reject', 'ROW_CELLS', true],
    ['ask', 'ROW_CELLS', false],
    ['ask', '', false],
    ['reject', 'SOMETHING_ELSE', false],
    ['withhold', 'toString', false],
  ] as const)('of rows to %s: %s', (verdict, code, isKnown) => {
    expect(isAccounted(verdict, code)).toBe(isKnown);
  });
});

test.each([
  ['prepaid', true],
  [CARE, true],
  [BEYOND_CONTRACT, true],
  ...SENSITIVE_CATEGORIES.map((name) => [name, true] as const),
  ['purpose:service', true],
  ['the purpose:service', false],
  ['purposeservice', false],
  ['', false],
  ['toString', false],
] as const)('%j may stay of a person who goes: %s', (name, may) => {
  expect(mayStay(name)).toBe(may);
});
