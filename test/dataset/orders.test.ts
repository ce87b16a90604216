import { describe, expect, it } from 'vitest';
import { compileOrders } from '../../src/dataset/orders.js';
import type { ImportedRecord } from '../../src/dataset/page.js';

const join = (columns: string, ...rows: readonly string[]) => {
  const records = rows.map((row) => row.split(',') as readonly string[] as ImportedRecord);
  return compileOrders(columns.split(','))(records)?.join(',') ?? null;
};

describe('the orders of one customer', () => {
  it.each<[name: string, columns: string, rows: readonly string[], one: string | null]>([
    [
      'list their services',
      'customer_no,name,service',
      ['C1,张三,保洁', 'C1,张三,擦窗', 'C1,张三,保洁'],
      'C1,张三,保洁 / 擦窗',
    ],
    [
      'leave out what one of them does not say',
      'customer_no,name,notes',
      ['C1,张三,', 'C1,张三,好'],
      'C1,张三,好',
    ],
    [
      'add amounts to the fen',
      'customer_no,name,amount_paid',
      ['C1,张三,10', 'C1,张三,25', 'C1,张三,-5'],
      'C1,张三,30',
    ],
    [
      'keep an amount that none states empty',
      'customer_no,name,amount_paid',
      ['C1,张三,', 'C1,张三,'],
      'C1,张三,',
    ],
    [
      'keep the last service and the first day',
      'customer_no,name,last_service_at,created_at',
      ['C1,张三,2026-02-01,2026-01-02', 'C1,张三,2026-01-01,2026-01-01'],
      'C1,张三,2026-02-01,2026-01-01',
    ],
    [
      'take the evidence of the latest consent, and of one row',
      'customer_no,name,consent_at,consent_evidence',
      ['C1,张三,2026-01-01T00:00:00Z,A', 'C1,张三,2026-03-01T00:00:00Z,B', 'C1,张三,2026-02-01T00:00:00Z,C'],
      'C1,张三,2026-03-01T00:00:00Z,B',
    ],
    ['of two names are two people', 'customer_no,name,service', ['C1,张三,保洁', 'C1,李四,擦窗'], null],
    [
      'of two mobile numbers may be two people',
      'customer_no,mobile,service',
      ['C1,13800000001,保洁', 'C1,13800000002,擦窗'],
      null,
    ],
    [
      'of a yes and a no are not one',
      'customer_no,name,consent_status',
      ['C1,张三,granted', 'C1,张三,withdrawn'],
      null,
    ],
    ['of two balances are not one', 'customer_no,name,prepaid_balance', ['C1,张三,100', 'C1,张三,200'], null],
    ['that say a name once only are not one', 'customer_no,name,service', ['C1,张三,保洁', 'C1,,擦窗'], null],
    [
      'without a name or number of a person are nobody’s',
      'customer_no,service',
      ['C1,保洁', 'C1,擦窗'],
      null,
    ],
  ])('%s', (_name, columns, rows, one) => {
    expect(join(columns, ...rows)).toBe(one);
  });

  it('do not make a cell that nobody can read', () => {
    const rows = Array.from({ length: 400 }, (_, i) => `C1,张三,服务项目第${i}号`);
    expect(join('customer_no,name,service', ...rows)).toBeNull();
  });
});
