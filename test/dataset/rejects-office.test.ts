import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isMarkedText } from '../../src/dataset/csv-line.js';
import { compileRejectRow } from '../../src/dataset/rejects.js';
import { convert, hasOffice } from '../kit/office.js';

/*
 * The reject file is opened, looked at and saved in an office program before it comes back. Whatever stands in a cell, it comes back as it
 * was: no number is rounded, no zero lost, no date turned, no formula run.
 */

const dir = mkdtempSync(join(tmpdir(), 'handover-office-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const CELLS: readonly string[] = [
  ...[
    '310101199003078515',
    '31010119900307851X',
    '13800138000',
    '+86 13800138000',
    '021-64380000',
    '007',
    '00000000000',
  ],
  ...[
    '123456789012',
    '12345678901234567890',
    '0',
    '7',
    '99999.99',
    '1.10',
    '1,234.50',
    '-5',
    '+5',
    '1E5',
    '3.1E+17',
    '5%',
    '¥80',
    '.5',
  ],
  ...[
    '2026-11-20',
    '2026/1/2',
    '1/2',
    '3-4',
    '2026年1月2日',
    '20.11.2026',
    '10:30',
    '10:30:00',
    '2026-11-20 10:30',
    '11月20日',
    '1-2-3',
  ],
  ...[
    '=1+1',
    '=HYPERLINK("http://x","y")',
    '+1+1',
    '@SUM(A1)',
    "=cmd|' /C calc'!A0",
    '＝1+1',
    '-1+1',
    '|x',
    '\t=1+1',
    ' =1+1',
    '"=1"',
  ],
  ...[
    'TRUE',
    'false',
    'true ',
    'NULL',
    '#N/A',
    '#REF!',
    '无',
    '是',
    '1 1/2',
    '½',
    'Infinity',
    'NaN',
    '0x1F',
    '1e',
    'e1',
    '(5)',
    '5-',
  ],
  ...[
    "'007",
    "''x",
    "'",
    '"',
    '""',
    'a"b',
    'a,b',
    'a;b',
    'a\nb',
    'a\r\nb',
    ' a',
    'a ',
    '  ',
    '　张三　',
    '张三',
    '㐂',
    '😀',
    '\u200b',
    'a\\b',
    '<b>',
    '&amp;',
  ],
  ...[
    '="0012"',
    '="13800138000"',
    '1,2',
    '12:00 PM',
    '2026W01',
    '1000000000000000',
    '9007199254740993',
    '१२',
    '１２３',
    '１／２',
  ],
];

/** What a cell has to be when it comes back: the guard that some systems write around a number is taken off. */
const meant = (cell: string): string => /^="([^"]*)"$/.exec(cell.trim())?.[1] ?? cell;
const bare = (cell: string): string => (isMarkedText(cell) ? cell.slice(1) : cell);
/** A line end within a cell is one line end. */
const lines = (cell: string): string => cell.replace(/\r\n?/g, '\n');

const OPENED = [
  ['as it opens a file of commas', 'CSV:44,34,76,1,,0,false,false'],
  ['with special numbers recognised', 'CSV:44,34,76,1,,0,false,true'],
  ['in Chinese, with special numbers recognised', 'CSV:44,34,76,1,,2052,false,true'],
] as const;

describe.skipIf(!hasOffice)('a reject file in an office program', () => {
  const at = (kind: string, ending: string): string => join(dir, kind, `rejects-${ending}`);

  // Opened and saved as a workbook, opened and saved as a file of commas again.
  beforeAll(() => {
    const rejectRow = compileRejectRow(3, String, 'zh');
    const rows = CELLS.map((cell, i) => rejectRow([`C${i}`, cell, 'x'], i + 2, []));
    mkdirSync(join(dir, 'mine'));
    for (const [i, [, infilter]] of OPENED.entries()) {
      const file = at('mine', `${i}.csv`);
      writeFileSync(file, `\ufeff客户编号,值,末\n${rows.join('\n')}\n`);
      convert([file], { to: 'xlsx', infilter, out: join(dir, 'opened') });
    }
    convert(
      OPENED.map((_, i) => at('opened', `${i}.xlsx`)),
      {
        to: 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false',
        out: join(dir, 'back'),
      },
    );
  }, 240_000);

  it.each(OPENED.map(([how], i) => [how, i] as const))('comes back with every cell as it was: %s', (_, i) => {
    const found: string[][] = parse(readFileSync(at('back', `${i}.csv`)), {
      bom: true,
      relax_column_count: true,
    });
    expect(found).toHaveLength(CELLS.length + 1);
    const wrong = CELLS.flatMap((cell, row) => {
      const got = found[row + 1]?.[1] ?? '';
      return lines(bare(got)) === lines(bare(meant(cell))) ? [] : [[cell, got]];
    });
    expect(wrong).toEqual([]);
  });
});
