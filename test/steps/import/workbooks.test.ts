import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Firms } from '../../kit/firms.js';
import { convert } from '../../kit/office.js';
import { workbook } from '../../kit/workbook.js';

let firms: Firms;
beforeAll(async () => {
  firms = await Firms.withDeal();
});
afterAll(() => firms.remove());

const text = (value: string): string => `<is><t xml:space="preserve">${value}</t></is>`;
/** The inside of a worksheet that holds these cells as text. */
const table = (...rows: readonly (readonly string[])[]): string =>
  `<sheetData>${rows
    .map((cells) => `<row>${cells.map((cell) => `<c t="inlineStr">${text(cell)}</c>`).join('')}</row>`)
    .join('')}</sheetData>`;

const CUSTOMERS = table(
  ['客户编号', '姓名', '手机号', '备注'],
  ['C1', '张三', '13800138000', '第一行&#10;第二行'],
  ['C2', '李四', '错', ''],
);
const PRICES = table(['项目', '单价'], ['保洁', '80']);

/** Imports a workbook without storing anything. */
async function tried(name: string, bytes: Buffer, ...options: readonly string[]) {
  const path = firms.post(name);
  writeFileSync(path, bytes);
  return firms.run('import', path, '--workspace', 'jia', '--dry-run', '--json', ...options);
}

async function sheetOf(name: string, bytes: Buffer, ...options: readonly string[]) {
  const { stdout } = await tried(name, bytes, ...options);
  const { imports } = JSON.parse(stdout) as { imports: readonly { sheet: unknown; counts: unknown }[] };
  return imports[0];
}

describe('the sheet of a workbook that is imported', () => {
  it('is the only one that holds something', async () => {
    const found = await sheetOf('a.xlsx', workbook({ sheets: { 空: '<sheetData/>', 客户: CUSTOMERS } }));
    expect(found).toMatchObject({ sheet: { name: '客户', others: [] }, counts: { rows: 2, records: 2 } });
  });

  it('is the only one with the columns of a customer list', async () => {
    const found = await sheetOf('b.xlsx', workbook({ sheets: { 价目: PRICES, 客户: CUSTOMERS } }));
    expect(found).toMatchObject({ sheet: { name: '客户', others: ['价目'] }, counts: { records: 2 } });
  });

  it('is not the ledger beside it; a hidden sheet and rows that are struck through are said', async () => {
    const struck =
      '<row><c s="1" t="inlineStr"><is><t>C3</t></is></c><c t="inlineStr"><is><t>王五</t></is></c></row>';
    const bytes = workbook({
      sheets: {
        客户: CUSTOMERS.replace('</sheetData>', `${struck}</sheetData>`),
        回复: table(['客户编号', '是否同意', '日期'], ['C1', '撤回', '2026-10-01']),
        旧名单: table(['手机号', '退订时间'], ['13800138000', '2026-10-01']),
      },
      hidden: ['旧名单'],
      styles: '<fonts><font/><font><strike/></font></fonts><cellXfs><xf/><xf fontId="1"/></cellXfs>',
    });
    expect(await sheetOf('s.xlsx', bytes)).toMatchObject({
      sheet: {
        name: '客户',
        others: ['回复'],
        hidden_sheets: ['旧名单'],
        tables: [
          { sheet: '回复', table: 'consents' },
          { sheet: '旧名单', table: 'consents' },
        ],
        struck_rows: 1,
      },
    });
  });

  it('is none where two could be meant, and both are named', async () => {
    const bytes = workbook({ sheets: { 老客户: CUSTOMERS, 新客户: CUSTOMERS } });
    const { exit, stdout } = await tried('c.xlsx', bytes);
    expect(exit).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      problem: { code: 'WORKBOOK_SHEET_WHICH', sheets: '“老客户” “新客户”', names: ['老客户', '新客户'] },
    });
    const chosen = await sheetOf('c.xlsx', bytes, '--sheet', '新客户');
    expect(chosen).toMatchObject({ sheet: { name: '新客户' }, counts: { records: 2 } });
  });

  it('is none that is hidden, unless it is named', async () => {
    const bytes = workbook({ sheets: { 说明: PRICES, 客户: CUSTOMERS }, hidden: ['客户'] });
    const [first, named] = [await tried('d.xlsx', bytes), await sheetOf('d.xlsx', bytes, '--sheet', '客户')];
    expect(first.exit).toBe(3);
    expect(named).toMatchObject({ sheet: { name: '客户' }, counts: { records: 2 } });
  });

  it.each([
    [
      'a name that no sheet has',
      workbook({ sheets: { 客户: CUSTOMERS } }),
      ['--sheet', '客'],
      2,
      'WORKBOOK_SHEET_UNKNOWN',
    ],
    ['nothing in it', workbook({ sheets: { 一: '', 二: '' } }), [], 3, 'WORKBOOK_EMPTY'],
    ['no workbook in it', Buffer.from('PK\x03\x04 xl/'), [], 10, 'WORKBOOK_DAMAGED'],
  ])('%s', async (_name, bytes, options, exit, code) => {
    const said = await tried('e.xlsx', bytes, ...options);
    expect(said.exit).toBe(exit);
    expect(JSON.parse(said.stdout)).toMatchObject({ problem: { code } });
  });

  it('counts its rows as the sheet does, whatever its cells hold', async () => {
    const bytes = workbook({ sheets: { 客户: CUSTOMERS } });
    const { stdout } = await tried('f.xlsx', bytes);
    const { imports } = JSON.parse(stdout) as {
      imports: readonly { findings: readonly { line: number }[] }[];
    };
    expect(imports[0]?.findings.map(({ line }) => line)).toContain(3);
  });
});

/** The columns of a list, as a clerk's file has them; each is converted as a column of text or as the program likes. */
const ROWS = [
  '客户编号,姓名,手机号,地址,登记日期,余额,备注',
  'C001,张三,13800138001,上海市建国路1号,2026-05-01,1280.5,"第一行\n第二行"',
  'C002,"O\'Brien, Ann",13800138002,北京市朝阳路 2 号,2026-05-02,0,"他说""好"""',
  'C003,欧阳娜娜,13800138003,,2026-12-31,99999.99,',
  '007,㐂川,13800138007,広州,2025-02-28,3,=1+1',
];

describe('a workbook as LibreOffice writes it', () => {
  it.each([
    ['every column as text', '1/2/2/2/3/2/4/2/5/2/6/2/7/2', '客户.xlsx', 'Calc MS Excel 2007 XML'],
    [
      'numbers and dates as the program takes them',
      '1/2/2/2/3/1/4/1/5/5/6/1/7/2',
      '客户2.xlsx',
      'Calc MS Excel 2007 XML',
    ],
  ])('is the same list as the file it was made of: %s', async (_name, columns, name, filter) => {
    const own = firms.copy();
    try {
      const csv = own.post('客户.csv');
      writeFileSync(csv, `${ROWS.join('\n')}\n`);
      const made = own.post('made');
      mkdirSync(made);
      convert([csv], { to: `xlsx:${filter}`, infilter: `CSV:44,34,76,1,${columns}`, out: made });
      const xlsx = own.post(name);
      writeFileSync(xlsx, readFileSync(`${made}/客户.xlsx`));
      const first = await own.done('import', csv, '--workspace', 'jia');
      expect(first.at('imports.0.counts.records')).toBe(4);
      const { stdout } = await own.run('import', xlsx, '--workspace', 'jia', '--as', 'newer', '--json');
      expect(JSON.parse(stdout)).toMatchObject({
        imports: [{ difference: { added: 0, changed: 0, unchanged: 4, gone: 0 } }],
      });
    } finally {
      own.remove();
    }
  });

  it('of the old kind is refused by name', async () => {
    const csv = firms.post('alt.csv');
    writeFileSync(csv, `${ROWS.join('\n')}\n`);
    convert([csv], { to: 'xls:MS Excel 97', infilter: 'CSV:44,34,76,1', out: firms.post() });
    expect(existsSync(firms.post('alt.xls'))).toBe(true);
    const { exit, stdout } = await firms.run('import', firms.post('alt.xls'), '--workspace', 'jia', '--json');
    expect(exit).toBe(10);
    expect(JSON.parse(stdout)).toMatchObject({ problem: { code: 'CSV_NOT_TEXT', kind: 'xls' } });
  });
});
