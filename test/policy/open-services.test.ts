import { describe, expect, it } from 'vitest';
import type { CalendarDate } from '../../src/base/time.js';
import { openServices } from '../../src/policy/open-services.js';

const count = (...records: readonly Readonly<Record<string, string>>[]) => {
  const counter = openServices('2026-11-20' as CalendarDate);
  for (const record of records) counter.add((field) => record[field] ?? '');
  return counter.end();
};

describe('what customers are still owed', () => {
  it.each([
    ['nobody', [], { holders: 0, fen: 0, sessions: 0, running: 0 }],
    [
      'nothing held',
      [{ prepaid_balance: '0', remaining_sessions: '0' }],
      { holders: 0, fen: 0, sessions: 0, running: 0 },
    ],
    ['a balance', [{ prepaid_balance: '1250' }], { holders: 1, fen: 1250, sessions: 0, running: 0 }],
    [
      'balance and bonus of one person',
      [{ prepaid_balance: '100', prepaid_bonus: '1' }],
      { holders: 1, fen: 101, sessions: 0, running: 0 },
    ],
    ['a debt', [{ prepaid_balance: '-300' }], { holders: 1, fen: -300, sessions: 0, running: 0 }],
    [
      'half a session',
      [{ remaining_sessions: '1.5' }, { remaining_sessions: '2' }],
      { holders: 2, fen: 0, sessions: 3.5, running: 0 },
    ],
    [
      'a contract that ends today',
      [{ contract_ends: '2026-11-20' }],
      { holders: 0, fen: 0, sessions: 0, running: 1 },
    ],
    [
      'one that ended yesterday',
      [{ contract_ends: '2026-11-19' }],
      { holders: 0, fen: 0, sessions: 0, running: 0 },
    ],
    ['what is no amount', [{ prepaid_balance: 'VIP 300' }], { holders: 1, fen: 0, sessions: 0, running: 0 }],
  ] as const)('%s', (_, records, expected) => {
    expect(count(...records)).toEqual(expected);
  });
});
