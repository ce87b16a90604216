import { describe, expect, it } from 'vitest';
import { numberFormat, numberText } from '../../../src/dataset/workbook/number-format.js';

const shown = (stored: string, id: number, code?: string, from1904 = false): string =>
  numberText(stored, numberFormat(id, code), from1904);

describe('the text of a number in a cell', () => {
  it.each([
    ['a telephone number', '13800138000', 0, undefined, '13800138000'],
    ['a telephone number with a zero before it', '2164381234', 164, '00000000000', '02164381234'],
    ['a customer number', '7', 164, '0000', '0007'],
    ['a customer number with letters', '7', 164, '"VIP"0000', 'VIP0007'],
    ['a customer number with a letter behind a backslash', '12', 164, '\\C000', 'C012'],
    ['more digits than the pattern has', '123456', 164, '"VIP"0000', 'VIP123456'],
    ['digits in groups', '13800138000', 164, '000\\-0000\\-0000', '138-0013-8000'],
    ['an amount', '1280.5', 4, undefined, '1280.5'],
    ['an amount in yuan', '1280.5', 164, '"¥"#,##0.00', '1280.5'],
    ['an amount that binary fractions spoil', '0.30000000000000004', 0, undefined, '0.3'],
    ['a small number', '0.0000001', 0, undefined, '0.0000001'],
    ['a percentage', '0.85', 9, undefined, '85%'],
    ['a percentage that binary fractions spoil', '0.07', 10, undefined, '7%'],
    [
      'an identity number of which three digits are lost',
      '310101199001011000',
      0,
      undefined,
      '3.10101199001011E+17',
    ],
    ['fifteen digits', '123456789012345', 0, undefined, '123456789012345'],
    ['no number at all', 'abc', 0, undefined, 'abc'],
    ['a date', '46143', 14, undefined, '2026-05-01'],
    ['a Chinese date', '46143', 31, undefined, '2026-05-01'],
    ['a Chinese year and month', '46143', 57, undefined, '2026-05-01'],
    ['a date by its code', '46143', 165, 'yyyy"年"m"月"d"日";@', '2026-05-01'],
    ['a date with a locale', '46143', 165, '[$-804]yyyy/m/d', '2026-05-01'],
    ['a month and a day', '46143', 165, 'm/d', '2026-05-01'],
    ['a date and a time', '46143.395833333336', 22, undefined, '2026-05-01 09:30:00'],
    ['a date and a time at midnight', '46143', 165, 'yyyy-mm-dd hh:mm', '2026-05-01'],
    ['a time', '0.395833333336', 20, undefined, '09:30:00'],
    ['a time with lapsed hours', '1.5', 165, '[h]:mm', '1900-01-01 12:00:00'],
    ['the first of January 1900', '1', 14, undefined, '1900-01-01'],
    ['the first of March 1900', '61', 14, undefined, '1900-03-01'],
    ['a date that cannot be', '-5', 14, undefined, '-5'],
    ['colours are no letters of a date', '5', 165, '[Red]0;[Blue]-0', '5'],
    ['General', '5', 165, 'General', '5'],
    ['text', '5', 49, '@', '5'],
    ['one zero', '5', 165, '0', '5'],
    ['words in quotes', '8', 165, '0"days"', '8'],
  ])('%s', (_name, stored, id, code, text) => {
    expect(shown(stored, id, code)).toBe(text);
  });

  it('counts days from 1904 where the workbook does', () => {
    expect(shown('44681', 14, undefined, true)).toBe('2026-05-01');
  });
});
