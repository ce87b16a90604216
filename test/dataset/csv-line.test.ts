import { describe, expect, it } from 'vitest';
import { csvLine } from '../../src/dataset/csv-line.js';

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
