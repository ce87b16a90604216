import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { csvLine, textCell } from '../../src/dataset/csv-line.js';
import { cleanerOf, isOdd } from '../../src/dataset/values.js';

describe('a line of CSV for a spreadsheet', () => {
  it('joins its cells, empty ones too, and ends with CRLF', () => {
    expect(csvLine(['C1', null, '', '张三'])).toBe('C1,,,张三\r\n');
  });

  it.each([
    ['张三', '张三'],
    ['张,三', '"张,三"'],
    ['张"三"', '"张""三"""'],
    ['一\n二', '"一\n二"'],
    ['一\r二', '"一\r二"'],
    ['一\t二', '一\t二'],
    // What would run as a formula, also behind blanks and quotes, and by full-width marks.
    ['=1+1', "'=1+1"],
    ['+86', "'+86"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['|cmd', "'|cmd"],
    ['\t=1', "'\t=1"],
    ['  =1', "'  =1"],
    ['＝1', "'＝1"],
    ['＋1', "'＋1"],
    ['－1', "'－1"],
    ['＠1', "'＠1"],
    ['"=1', '"\'""=1"'],
    ["'=1", "''=1"],
    ['=A1,"x"', '"\'=A1,""x"""'],
    ['1=1', '1=1'],
    // What would lose digits.
    ['13800138000', '13800138000'],
    ['138001380001', "'138001380001"],
    ['310101199001010017', "'310101199001010017"],
    ['31010119900101001X', '31010119900101001X'],
    ['a138001380001', 'a138001380001'],
  ])('%j is written %j', (cell, written) => {
    expect(csvLine([cell])).toBe(`${written}\r\n`);
  });
});

describe('a cell that goes through a spreadsheet and back', () => {
  it.each([
    ['张三', '张三'],
    ['张江路1弄2号', '张江路1弄2号'],
    ['13800000001', '13800000001'],
    ['0', '0'],
    ['12', '12'],
    ['310101199001011234', "'310101199001011234"],
    ['31010119900101123X', '31010119900101123X'],
    ['138000000012', "'138000000012"],
    ['00123', "'00123"],
    ['021-5550100', "'021-5550100"],
    ['1-2', "'1-2"],
    ['2026-01-02', "'2026-01-02"],
    ['2026年1月2日', "'2026年1月2日"],
    ['3/4', "'3/4"],
    ['12:30', "'12:30"],
    ['1.50', "'1.50"],
    ['1,000', "'1,000"],
    ['(12)', "'(12)"],
    ['10%', "'10%"],
    ['¥300', "'¥300"],
    ['1E5', "'1E5"],
    ['+86 138', "'+86 138"],
    ['TRUE', "'TRUE"],
    ['=1+1', "'=1+1"],
    ['@x', "'@x"],
    ['-x', "'-x"],
    ['="0138"', "'0138"],
    ["'0138", "'0138"],
    ['', ''],
  ])('%s is written %s', (cell, written) => expect(textCell(cell)).toBe(written));

  it.each(['mobile', 'text'] as const)('is read as it was, whatever it holds: %s', (kind) => {
    const read = (cell: string) => cleanerOf(kind)(cell, isOdd(cell), () => undefined);
    const unit = fc.constantFrom(..."0123456789-+./:,%=@'ETrue年月日张".split(''));
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 12 }), (cell) => {
        expect(read(textCell(cell))).toBe(read(cell));
      }),
      { numRuns: 3000 },
    );
  });
});

describe('a cell that begins with a digit', () => {
  /** What {@link textCell} says of a cell that goes the slow way: a full-width digit is one that a spreadsheet reads alike. */
  const slowly = (cell: string): boolean => textCell(`\uff10${cell}`).startsWith("'");

  it.each([
    ['13800138000', '13800138000'],
    ['138001380001', "'138001380001"],
    ['0138', "'0138"],
    ['2026-10-05', "'2026-10-05"],
    ['1.00', "'1.00"],
    ['5E3', "'5E3"],
    ['12:30', "'12:30"],
    ['1/2', "'1/2"],
    ['50%', "'50%"],
    ['3#', '3#'],
    ['3 rooms', '3 rooms'],
    ['9:30 am', "'9:30 am"],
    ['2026年', "'2026年"],
    ['5号楼', '5号楼'],
    ['', ''],
  ])('%s is written as %s', (cell, text) => {
    expect(textCell(cell)).toBe(text);
  });

  it('is marked as it would be by a look at each of its kinds', () => {
    const signs = Array.from({ length: 0x5f }, (_, i) => String.fromCharCode(0x20 + i));
    for (const sign of signs) {
      const cell = `1${sign}2`;
      if (/^\d+$/.test(cell)) continue;
      expect(textCell(cell).startsWith("'"), cell).toBe(slowly(cell));
    }
  });
});
