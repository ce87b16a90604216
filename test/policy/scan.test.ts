import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { redactText } from '../../src/policy/scan.js';
import { addScans, compileScan, scanFindings, scanText } from '../../src/policy/scan-counts.js';
import { SCAN_CATEGORIES } from '../../src/policy/scan-patterns.js';
import { processorSeconds } from '../kit/effort.js';
import { timed } from '../kit/timed.js';

const found = (text: string) => {
  const counts = scanText(text);
  return Object.fromEntries(
    SCAN_CATEGORIES.flatMap((c, i) => ((counts[i] ?? 0) > 0 ? [[c, counts[i]]] : [])),
  );
};

describe('the scan of free text', () => {
  test.each<[string, Record<string, number>, string]>([
    ['周三上午保洁,带吸尘器', {}, '周三上午保洁,带吸尘器'],
    ['打13800138000', { mobile: 1 }, '打▇'],
    ['打138-0013-8000或者139 0013 9000', { mobile: 2 }, '打▇或者▇'],
    ['13800138000 13900139000', { mobile: 2 }, '▇'],
    ['+86 13800138000', { mobile: 1 }, '+▇'],
    ['1380013800', {}, '▇'],
    ['周一8点30到10点', {}, '周一8点30到10点'],
    ['2026-10-01上门', {}, '2026-10-01上门'],
    ['两个号1380013800013900139000', {}, '两个号▇'],
    ['全角13800138000', { mobile: 1 }, '全角▇'],
    ['身份证31010119900101001X', { 'id-number': 1 }, '身份证▇'],
    ['卡号6222021234567890123', {}, '卡号▇'],
    ['卡4111 1111 1111 1111', { 'bank-card': 1 }, '卡▇'],
    ['卡4111 1111 1111 1112', {}, '卡▇'],
    ['卡1411111111111111', {}, '卡▇'],
    ['卡5555555555554444', { 'bank-card': 1 }, '卡▇'],
    ['卡6225987654321098764', { 'bank-card': 1 }, '卡▇'],
    ['卡378282246310005', { 'bank-card': 1 }, '卡▇'],
    ['卡62259876543210987654', {}, '卡▇'],
    ['门禁密码是1234#', { 'access-code': 1 }, '▇'],
    ['大门锁:8866*,到了打电话', { 'access-code': 1 }, '▇,到了打电话'],
    ['密码:Ab12cd', { 'access-code': 1 }, '▇'],
    ['大门输入0912', { 'access-code': 1 }, '▇'],
    ['门锁2021年换的', {}, '门锁2021年换的'],
    ['微信 wxid_abc123，支付宝 a@b.example', { email: 1, messenger: 1, payment: 1 }, '▇，▇'],
    ['微信同号', {}, '微信同号'],
    ['车牌京A12345，护照E12345678', { plate: 1, document: 1 }, '车牌▇，▇'],
    ['订单号13800138000123456，价格138.00元', {}, '订单号▇，价格138.00元'],
    ['搬到和平路3弄5号1201室', { address: 1 }, '▇'],
    ['2026-10-01 14:00上门', {}, '2026-10-01 14:00上门'],
    ['垃圾要分类', {}, '垃圾要分类'],
    ['钥匙在门垫下面', { key: 1 }, '▇'],
    ['奶奶有糖尿病和高血压', { health: 2 }, '奶奶有▇和▇'],
    ['接送孩子', { child: 2 }, '▇'],
    ['经常出差不在家', { absence: 2 }, '经常▇'],
    ['清真饮食', { belief: 1 }, '▇饮食'],
    ['客户难缠', { insult: 1 }, '客户▇'],
  ])('%s', (text, categories, redacted) => {
    expect(found(text)).toEqual(categories);
    expect(redactText(text)).toBe(redacted);
  });

  test('what was struck out is not found again', () => {
    const piece = fc.constantFrom(
      '13800138000',
      ' ',
      '-',
      '门禁',
      '1234',
      '#',
      '糖尿病',
      '早上来',
      '31010119900101001X',
      '1',
      '锁',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        expect(redactText(pieces.join(''))).not.toMatch(/13800138000|糖尿病|31010119900101001X/);
      }),
    );
  });

  timed('takes time in proportion to the text', async () => {
    for (const unit of ['1', '锁', '锁a', '1 ', '1-1 ', '密码密']) {
      const text = unit.repeat(200_000);
      // Linear work on 400 kB takes some ten milliseconds; quadratic work would take minutes.
      expect(await processorSeconds(() => scanText(text)), unit).toBeLessThan(5);
    }
  });

  test('counts records by field and category, and adds up over pages', () => {
    const scan = compileScan(['customer_no', 'notes', 'complaint']);
    for (const record of [
      ['C1', '打13800138000或13900139000', ''],
      ['C2', '打13800138000', '钥匙丢了'],
      ['13800138000', '', ''],
    ])
      scan.add(record);
    const page = scan.end();
    expect(scanFindings(page)).toEqual([
      { field: 'notes', category: 'mobile', records: 2 },
      { field: 'complaint', category: 'key', records: 1 },
    ]);
    expect(scanFindings(addScans([page, page]))[0]).toEqual({
      field: 'notes',
      category: 'mobile',
      records: 4,
    });
    expect(scanFindings(addScans([]))).toEqual([]);
  });

  test('adds up files of one list by field, whatever columns each has', () => {
    const scanOf = (columns: Parameters<typeof compileScan>[0], record: readonly string[]) => {
      const scan = compileScan(columns);
      scan.add(record);
      return scan.end();
    };
    const one = scanOf(['customer_no', 'notes'], ['C1', '打13800138000']);
    const two = scanOf(['customer_no', 'complaint', 'notes'], ['C2', '钥匙丢了', '打13800138000']);
    expect(scanFindings(addScans([one, two]))).toEqual([
      { field: 'notes', category: 'mobile', records: 2 },
      { field: 'complaint', category: 'key', records: 1 },
    ]);
  });
});
