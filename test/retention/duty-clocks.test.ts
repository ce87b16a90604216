import { describe, expect, it } from 'vitest';
import type { CalendarDate } from '../../src/base/time.js';
import type { DealKind } from '../../src/messages/deal-kinds.js';
import { newestOf } from '../../src/policy/pack.js';
import { dutyClocks } from '../../src/retention/duty-clocks.js';

const day = (text: string): CalendarDate => text as CalendarDate;
const NOTHING = { days: {}, done: new Map() };

/** What a closing of 2026-12-01 sets going: law, last day, state. */
function clocksOf(pack: string, kind: DealKind, role: 'seller' | 'buyer', facts = NOTHING) {
  const rules = newestOf(pack);
  if (rules === undefined) throw new Error(pack);
  const clocks = dutyClocks({ kind, effective: day('2026-12-01') }, rules, {
    role,
    facts,
    today: day('2026-11-20'),
  });
  return clocks.map(({ law, due, state }) => `${law} ${due ?? '-'} ${state}`);
}

/** The seller's clocks of a closing of 2026-12-01, looked at on a day. */
function fullClocks(kind: DealKind, today: string, facts: typeof NOTHING) {
  const rules = newestOf('cn-pipl');
  if (rules === undefined) throw new Error('cn-pipl');
  const about = { role: 'seller', facts, today: day(today) } as const;
  return dutyClocks({ kind, effective: day('2026-12-01') }, rules, about).map(({ done: on, ...clock }) => ({
    ...clock,
    on,
  }));
}

describe('what a closing sets going', () => {
  it.each([
    ['cn-pipl', 'asset-sale', 'CPR-21 2026-11-01 overdue'],
    ['cn-pipl', 'asset-sale', 'NDSR-12 2026-12-31 open'],
    ['cn-pipl', 'asset-sale', 'NDSR-12 2027-03-01 open'],
    ['cn-pipl', 'asset-sale', 'REG-24 - waiting'],
    ['cn-pipl', 'asset-sale', 'INFR-10 - each'],
    ['cn-pipl', 'merger', 'CL-220 - waiting'],
    ['cn-pipl', 'division', 'CL-222 - waiting'],
    ['cn-pipl', 'dissolution', 'CL-232 - waiting'],
    ['cn-sh', 'asset-sale', 'SH-PP-17 2026-11-01 overdue'],
    ['cn-sh', 'asset-sale', 'SH-HS-19 - waiting'],
    ['cn-zj', 'asset-sale', 'ZJ-CON-11 2026-11-01 overdue'],
    ['cn-sd', 'asset-sale', 'SD-CON-30 2026-11-01 overdue'],
  ] as const)('%s, %s: %s', (pack, kind, clock) => {
    expect(clocksOf(pack, kind, 'seller')).toContain(clock);
  });

  it('counts from the first service of each customer where the law has no day', () => {
    expect(clocksOf('cn-gd', 'asset-sale', 'buyer')).toContain('GD-11 - each');
  });

  it('counts from a resolution once somebody said its day', () => {
    const facts = { ...NOTHING, days: { resolution: day('2026-11-15') } };
    expect(clocksOf('cn-pipl', 'dissolution', 'seller', facts)).toEqual(
      expect.arrayContaining(['CL-232 2026-11-30 open', 'CL-235 2026-11-25 open']),
    );
  });

  it('is done when somebody said so, by its own name alone', () => {
    const done = new Map([['supervision-30', { on: day('2026-11-20'), note: 'looked at' }]]);
    const clocks = clocksOf('cn-pipl', 'asset-sale', 'seller', { ...NOTHING, done });
    expect(clocks).toContain('NDSR-12 2026-12-31 done');
    expect(clocks).toContain('NDSR-12 2027-03-01 open');
  });

  it('says when it was done, and what was noted', () => {
    const done = new Map([['supervision-30', { on: day('2026-11-20'), note: 'looked at' }]]);
    const said = fullClocks('asset-sale', '2026-11-20', { ...NOTHING, done }).map(({ on, note }) => ({
      on,
      note,
    }));
    expect(said).toContainEqual({ on: '2026-11-20', note: 'looked at' });
    expect(said).toContainEqual({ on: null, note: null });
  });

  it('is in time on its last day', () => {
    expect(fullClocks('asset-sale', '2026-12-31', NOTHING)).toContainEqual(
      expect.objectContaining({ law: 'NDSR-12', due: '2026-12-31', state: 'open' }),
    );
    expect(fullClocks('asset-sale', '2027-01-01', NOTHING)).toContainEqual(
      expect.objectContaining({ law: 'NDSR-12', due: '2026-12-31', state: 'overdue' }),
    );
  });

  it('counts from the registration of the change once somebody said its day', () => {
    const facts = { ...NOTHING, days: { registration: day('2026-12-10') } };
    const from = fullClocks('asset-sale', '2026-12-11', facts).flatMap((clock) =>
      clock.anchor === 'registration' ? [clock.from] : [],
    );
    expect(new Set(from)).toEqual(new Set(['2026-12-10']));
  });

  it('puts what is due first, and what has no day last', () => {
    const facts = { ...NOTHING, days: { resolution: day('2026-11-15') } };
    const due = fullClocks('dissolution', '2026-11-20', facts).map((clock) => clock.due ?? '9999');
    expect(due).toEqual([...due].sort());
    expect(new Set(due).size).toBeGreaterThan(2);
  });

  it('leaves creditors out of a sale of assets, and the seller’s duties out of the buyer’s', () => {
    expect(clocksOf('cn-pipl', 'asset-sale', 'seller').join()).not.toContain('CL-2');
    expect(clocksOf('cn-sh', 'asset-sale', 'buyer').join()).not.toMatch(/NDSR-12|CPR-21|SH-PP-17/);
    expect(clocksOf('cn-sh', 'asset-sale', 'buyer')).toContain('SH-HS-19 - waiting');
  });
});
