import { describe, expect, it } from 'vitest';
import { fixOf, FIX_CLASSES, mendCell } from '../../src/dataset/repair.js';
import type { ValueKind } from '../../src/dataset/kinds.js';
import { encodeGb18030 } from '../../src/dataset/gb18030.js';
import { importAll } from './import-all.js';

function mend(cell: string, kind: ValueKind): string {
  return mendCell(cell, kind, FIX_CLASSES, () => {});
}

describe('a cell is mended where nothing is lost', () => {
  it.each<[cell: string, kind: ValueKind, whole: string]>([
    ['`C003', 'customer-no', 'C003'],
    ['=C006', 'customer-no', 'C006'],
    ['C007;', 'customer-no', 'C007'],
    ['1,234,567', 'customer-no', '1234567'],
    ['1001.0', 'customer-no', '1001'],
    ['13800138000.0', 'mobile', '13800138000'],
    ['王\u0007一', 'name', '王一'],
  ])('%j as %s', (cell, kind, whole) => {
    expect(mend(cell, kind)).toBe(whole);
  });

  it.each<[cell: string, kind: ValueKind]>([
    ['1.23E+11', 'customer-no'],
    ['202207251234592000.0', 'customer-no'],
    ['1,23', 'customer-no'],
    ['1001.5', 'customer-no'],
    ['=1+2', 'customer-no'],
    ['“你好”,', 'text'],
    ['1,234', 'text'],
  ])('%j as %s stays', (cell, kind) => {
    expect(mend(cell, kind)).toBe(cell);
    expect(fixOf(cell, kind, 'VALUE_EXCEL_NUMBER')).toBeNull();
  });
});

describe('a row in the other encoding', () => {
  const rows = Array.from({ length: 12 }, (_, i) => `C${i},张三,13800138000`).join('\n');
  const before = `客户编号,姓名,手机号\n${rows}\n`;
  const alien = 'D1,李四,13800138001\n';
  const mixed = [
    ['GBK in a file of UTF-8', Buffer.concat([Buffer.from(before), encodeGb18030(alien)])],
    ['UTF-8 in a file of GBK', Buffer.concat([encodeGb18030(before), Buffer.from(alien)])],
  ] as const;

  it.each(mixed)('%s is rejected, and said to be mendable', (_name, bytes) => {
    const [only] = importAll(bytes).chunks;
    expect(only).toMatchObject({ rejectedBy: { ROW_OTHER_ENCODING: 1 }, mendable: { encoding: 1 } });
  });

  it.each(mixed)('%s is read where somebody says so', (_name, bytes) => {
    const { chunks, records } = importAll(bytes, { fixes: ['encoding'] });
    expect(records.at(-1)).toEqual(['D1', '李四', '13800138001']);
    expect(chunks[0]).toMatchObject({ rejected: 0, counts: { MENDED_ENCODING: 1 }, mendable: {} });
  });

  it('stays rejected where its cells are not those of the header', () => {
    const bytes = Buffer.concat([Buffer.from(before), encodeGb18030('D1,李四,13800138001,多余\n')]);
    expect(importAll(bytes, { fixes: ['encoding'] }).chunks[0]).toMatchObject({ rejected: 1, mendable: {} });
  });
});

describe('numbers of customers', () => {
  const file = Buffer.from('客户编号,姓名\n1001.0,张三\n"1,234",李四\n`A3,王五\n1.2E+5,赵六\nB1,孙七\n');

  it('are said to be mendable where they are', () => {
    expect(importAll(file).chunks[0]).toMatchObject({ rejected: 4, mendable: { numbers: 2, marks: 1 } });
  });

  it('are mended by the classes that are named, and counted', () => {
    const { chunks, records } = importAll(file, { fixes: ['numbers'] });
    expect(records.map(([number]) => number)).toEqual(['1001', '1234', 'B1']);
    expect(chunks[0]).toMatchObject({ rejected: 2, counts: { MENDED_NUMBERS: 2 }, mendable: { marks: 1 } });
  });
});
