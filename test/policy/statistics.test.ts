import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FieldName } from '../../src/dataset/fields.js';
import {
  besideShown,
  compileStatistics,
  DIMENSIONS,
  districtOf,
  SMALLEST_CELL,
  type Statistics,
  syntheticRows,
} from '../../src/policy/statistics.js';
import { recordOf } from './setup.js';

const COLUMNS: readonly FieldName[] = ['name', 'address', 'service', 'last_service_at', 'created_at'];
type Row = Partial<Record<FieldName, string>>;

function count(rows: readonly Row[], columns: readonly FieldName[] = COLUMNS) {
  const counter = compileStatistics(columns);
  for (const row of rows) counter.add(recordOf(row, columns));
  return counter.end();
}

const times = (n: number, row: Row): Row[] => Array.from({ length: n }, () => row);

describe('districtOf', () => {
  it.each([
    ['上海市浦东新区张江路1弄2号301室', '上海市浦东新区'],
    ['北京市朝阳区建国路88号', '北京市朝阳区'],
    ['江苏省苏州市昆山市玉山镇', ''],
    ['浙江省杭州市淳安县千岛湖镇', '浙江省杭州市淳安县'],
    ['幸福小区3栋201', ''],
    ['张江高科技园区12号楼', ''],
    ['3号楼东区', ''],
    ['', ''],
  ])('of %s is %s', (address, district) => {
    expect(districtOf(address)).toBe(district);
  });
});

describe('compileStatistics', () => {
  it('counts by district, by service and by month of last activity, else of registration', () => {
    const { total, dimensions } = count([
      ...times(12, { address: '上海市徐汇区漕溪路8号', service: '保洁', last_service_at: '2026-09-01' }),
      ...times(11, {
        address: '上海市静安区南京西路1号',
        service: '月嫂',
        created_at: '2026-01-31T00:00:00Z',
      }),
    ]);
    expect(total).toBe(20);
    expect(dimensions).toEqual({
      district: { cells: { 上海市徐汇区: 12, 上海市静安区: 11 }, suppressed: 0 },
      service: { cells: { 保洁: 12, 月嫂: 11 }, suppressed: 0 },
      month: { cells: { '2026-01': 11, '2026-09': 12 }, suppressed: 0 },
    });
  });

  it.each([
    ['two small cells hide each other', { a: 30, b: 9, c: 3 }, { a: 30 }, 2],
    ['one small cell takes the next with it', { a: 30, b: 20, c: 3 }, { a: 30 }, 2],
    ['nothing small stays whole', { a: 10, b: 20 }, { a: 10, b: 20 }, 0],
    ['one small cell alone', { a: 9 }, {}, 1],
    ['a small cell and one other: nothing is left', { a: 12, b: 1 }, {}, 2],
    ['few without a value are a small cell too', { a: 30, b: 20, '': 4 }, { a: 30 }, 1],
    ['many without a value are not', { a: 30, '': 40 }, { a: 30 }, 0],
  ] as const)('%s', (_, given, cells, suppressed) => {
    const rows = Object.entries(given).flatMap(([service, n]) => times(n, { service }));
    expect(count(rows).dimensions.service).toEqual({ cells, suppressed });
  });

  it('has no dimension for which there is no column', () => {
    expect(count(times(20, { name: '张三' }), ['name'])).toEqual({ total: 20, dimensions: {} });
  });

  it('keeps no small cell, and none that the others and the total give away; and no two dimensions at once', () => {
    const row = fc.record({
      service: fc.constantFrom('保洁', '月嫂', '维修', '保姆', ''),
      address: fc.constantFrom('上海市徐汇区1号', '上海市静安区2号', '上海市长宁区3号', ''),
      last_service_at: fc.constantFrom('2026-01-02', '2026-02-03', ''),
      amount_paid: fc.constantFrom('0', '49999', '50000', '1000000', ''),
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 120 }), (rows) => {
        const { total, dimensions } = count(rows, [...COLUMNS, 'amount_paid']);
        expect(total % 10).toBe(0);
        expect(rows.length - total).toBeLessThan(10);
        for (const dimension of DIMENSIONS) {
          const { cells, suppressed } = dimensions[dimension] ?? { cells: {}, suppressed: 0 };
          const kept = Object.values(cells);
          expect(kept.every((n) => n >= SMALLEST_CELL)).toBe(true);
          // Even with the exact total, what is hidden is nothing, or large, or more than one cell.
          const hidden = rows.length - kept.reduce((sum, n) => sum + n, 0);
          const field = {
            district: 'address',
            service: 'service',
            month: 'last_service_at',
            band: 'amount_paid',
          } as const;
          const unnamed = rows.filter((each) => each[field[dimension]] === '').length;
          const parts = suppressed + (unnamed > 0 ? 1 : 0);
          if (hidden > 0 && hidden < SMALLEST_CELL && kept.length > 0) expect(parts).toBeGreaterThan(1);
        }
      }),
    );
  });

  it('counts what was paid in bands', () => {
    const paid = (amount_paid: string): Row[] => times(10, { amount_paid });
    const rows = ['0', '49999', '50000', '199999', '200000', '1000000', 'x', ''].flatMap(paid);
    expect(count(rows, ['amount_paid']).dimensions.band).toEqual({
      cells: { '0–499': 20, '500–1,999': 20, '2,000–9,999': 10, '10,000+': 10 },
      suppressed: 0,
    });
  });
});

describe('syntheticRows', () => {
  it('has no value that the totals do not show, and follows nobody’s row', () => {
    const totals = count([
      ...times(30, { address: '上海市徐汇区1号', service: '保洁' }),
      ...times(20, { address: '上海市静安区2号', service: '月嫂' }),
      ...times(3, { address: '上海市长宁区3号', service: '护工' }),
    ]);
    let at = 0;
    const random = (length: number): Uint8Array => {
      at = (at + 37) % 256;
      return new Uint8Array(length).fill(at);
    };
    const rows = syntheticRows(totals, 40, random);
    const shown = new Set(DIMENSIONS.flatMap((name) => Object.keys(totals.dimensions[name]?.cells ?? {})));
    expect(rows.flatMap(([, ...cells]) => cells).every((cell) => cell === '' || shown.has(cell))).toBe(true);
    expect(rows.map(([number]) => number)).toContain('S040');
    expect(JSON.stringify(rows)).not.toMatch(/护工|长宁/);
  });
});

describe('totals beside those that were shown before', () => {
  const shown = (total: number, cells: Readonly<Record<string, number>>, suppressed = 0) => ({
    total,
    dimensions: { service: { cells, suppressed } },
  });

  it.each<[string, number, number, number, number]>([
    // What was shown, what is, what may be shown, how many figures stand.
    ['one more', 30, 31, 30, 1],
    ['one fewer', 30, 29, 30, 1],
    ['nine more', 30, 39, 30, 1],
    ['ten more', 30, 40, 40, 0],
    ['the same', 30, 30, 30, 0],
  ])('%s', (_, before, is, may, held) => {
    const found = besideShown(shown(100, { 保洁: is }), [shown(100, { 保洁: before })]);
    expect(found.totals.dimensions.service?.cells).toEqual({ 保洁: may });
    expect(found.held).toBe(held);
  });

  it('a cell that was left out held fewer than ten, and is held against that', () => {
    const before = [shown(100, { 保洁: 30 }, 1)];
    expect(besideShown(shown(100, { 保洁: 30, 月嫂: 12 }), before).totals.dimensions.service).toEqual({
      cells: { 保洁: 30 },
      suppressed: 1,
    });
    expect(besideShown(shown(100, { 保洁: 30, 月嫂: 19 }), before).held).toBe(0);
    // One that falls below ten stands as it was.
    expect(besideShown(shown(100, { 保洁: 30 }, 1), [shown(100, { 保洁: 30, 月嫂: 12 })])).toEqual({
      totals: shown(100, { 保洁: 30, 月嫂: 12 }),
      held: 1,
    });
  });

  it('every earlier showing counts, not only the last', () => {
    const earlier = [shown(100, { 保洁: 20 }), shown(100, { 保洁: 30 })];
    expect(besideShown(shown(100, { 保洁: 19 }), earlier).totals.dimensions.service?.cells).toEqual({
      保洁: 30,
    });
    expect(besideShown(shown(110, { 保洁: 30 }), earlier).totals.total).toBe(100);
    expect(besideShown(shown(120, { 保洁: 30 }), earlier).totals.total).toBe(120);
  });

  it('no two showings ever differ by fewer than ten in a cell, however the list changes', () => {
    const lists = fc.array(
      fc.record({ a: fc.integer({ min: 0, max: 60 }), b: fc.integer({ min: 0, max: 60 }) }),
      { minLength: 2, maxLength: 8 },
    );
    fc.assert(
      fc.property(lists, (days) => {
        const showings: Statistics[] = [];
        for (const { a, b } of days) {
          const counter = compileStatistics(['service']);
          for (let i = 0; i < a; i++) counter.add(['保洁']);
          for (let i = 0; i < b; i++) counter.add(['月嫂']);
          showings.push(besideShown(counter.end(), showings).totals);
        }
        for (const one of showings)
          for (const other of showings)
            for (const cell of ['保洁', '月嫂']) {
              const [x, y] = [one, other].map((each) => each.dimensions.service?.cells[cell] ?? 9);
              const apart = Math.abs((x ?? 0) - (y ?? 0));
              expect(apart === 0 || apart >= 10).toBe(true);
            }
      }),
    );
  });
});
