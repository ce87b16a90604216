import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, describe, expect, it } from 'vitest';
import { isMarkedText } from '../../src/dataset/csv-line.js';
import { compileRejectRow } from '../../src/dataset/rejects.js';

/*
 * The reject file is opened, looked at and saved in an office program before it comes back. Whatever stands in a cell, it comes back as it
 * was: no number is rounded, no zero lost, no date turned, no formula run.
 */

const hasOffice = spawnSync('soffice', ['--version']).status === 0;
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

function office(file: string, to: string, infilter: string): Buffer {
  execFileSync('soffice', [
    `-env:UserInstallation=file://${join(dir, 'profile')}`,
    '--headless',
    ...[
      '--convert-to',
      to,
      ...(infilter === '' ? [] : [`--infilter=${infilter}`]),
      '--outdir',
      join(dir, 'out'),
      file,
    ],
  ]);
  const name = file.split('/').at(-1) ?? '';
  return readFileSync(join(dir, 'out', name.replace(/\.[a-z]+$/, `.${to.split(':')[0]}`)));
}

describe.skipIf(!hasOffice)('a reject file in an office program', () => {
  it.each([
    ['as it opens a file of commas', 'CSV:44,34,76,1,,0,false,false'],
    ['with special numbers recognised', 'CSV:44,34,76,1,,0,false,true'],
    ['in Chinese, with special numbers recognised', 'CSV:44,34,76,1,,2052,false,true'],
  ])(
    'comes back with every cell as it was: %s',
    (_, infilter) => {
      const rejectRow = compileRejectRow(3, String, 'zh');
      const rows = CELLS.map((cell, i) => rejectRow([`C${i}`, cell, 'x'], i + 2, []));
      const file = join(dir, 'rejects.csv');
      writeFileSync(file, `\ufeff客户编号,值,末\n${rows.join('\n')}\n`);
      // Opened and saved as a workbook, opened and saved as a file of commas again.
      office(file, 'xlsx', infilter);
      const back = office(
        join(dir, 'out', 'rejects.xlsx'),
        'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false',
        '',
      );
      const found: string[][] = parse(back, { bom: true, relax_column_count: true });
      expect(found).toHaveLength(CELLS.length + 1);
      const wrong = CELLS.flatMap((cell, i) => {
        const got = found[i + 1]?.[1] ?? '';
        return lines(bare(got)) === lines(bare(meant(cell))) ? [] : [[cell, got]];
      });
      expect(wrong).toEqual([]);
    },
    180_000,
  );
});
