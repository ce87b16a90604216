import { describe, expect, it } from 'vitest';
import { markupTables, tableText } from '../../../src/dataset/workbook/markup.js';

/** A file in memory. */
function fileOf(bytes: Uint8Array) {
  return {
    size: bytes.length,
    read: (offset: number, length: number) => Promise.resolve(bytes.subarray(offset, offset + length)),
  };
}

const from = (text: string, kind: 'html' | 'xml') => ({
  file: fileOf(Buffer.from(text)),
  kind,
  encoding: 'utf-8',
  bom: 0,
});

async function tablesOf(text: string, kind: 'html' | 'xml'): Promise<readonly string[]> {
  return (await markupTables(from(text, kind), 1 << 20)).map(({ head }) => head);
}

describe('the tables of a web page', () => {
  it.each<[name: string, page: string, tables: readonly string[]]>([
    [
      'as they stand',
      '<table><tr><td>a</td><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>',
      ['a,b\n1,2\n'],
    ],
    ['without ends of cells and rows', '<table><tr><td>a<td>b<tr><td>1<td>2</table>', ['a,b\n1,2\n']],
    [
      'two, one within the other',
      '<table><tr><td><table><tr><td>1</td></tr></table>x</td></tr></table>',
      ['x\n', '1\n'],
    ],
    ['an empty cell and an empty row', '<table><tr><td></td><td>b</td></tr><tr></tr></table>', [',b\n\n']],
    ['a cell over two columns', '<table><tr><td colspan=2>a</td><td>b</td></tr></table>', ['a,,b\n']],
    [
      'a cell over two rows does not shift the next',
      '<table><tr><td rowspan="2">a</td><td>b</td></tr><tr><td>c</td></tr><tr><td>d</td><td>e</td></tr></table>',
      ['a,b\n,c\nd,e\n'],
    ],
    ['white space and breaks', '<table><tr><td> a \n b<br>c </td></tr></table>', ['"a b\nc"\n']],
    [
      'characters by name and number',
      '<table><tr><td>&lt;&amp;amp;&#x4e00;&#65;&nbsp;&unknown;</td></tr></table>',
      ['<&amp;一A\u00a0&unknown;\n'],
    ],
    [
      'what is no text',
      '<table><!-- <tr><td>no</td></tr> --><style>td{}</style><tr><td>a<script>"</td>"</script></td></tr></table>',
      ['a\n'],
    ],
    ['a mark in an attribute', `<table><tr><td title="a>b" x:num='1'>a</td></tr></table>`, ['a\n']],
    ['a mark that begins no tag', '<table><tr><td>1 < 2 <3</td></tr></table>', ['1 < 2 <3\n']],
    ['a comma and a quote', '<table><tr><td>a,b</td><td>"</td></tr></table>', ['"a,b",""""\n']],
    ['a page without any', '<html><body>nothing</body></html>', []],
  ])('%s', async (_name, page, tables) => {
    expect(await tablesOf(page, 'html')).toEqual(tables);
  });

  it('are the same wherever the file is cut in two', async () => {
    const page =
      '<table><!-- x --><tr><td title="a>b">甲&amp;乙<br>1 < 2</td><td colspan="2">丙</td></tr></table>';
    const bytes = Buffer.from(page);
    const whole = await tablesOf(page, 'html');
    for (let cut = 1; cut < bytes.length; cut++) {
      const pieces = [bytes.subarray(0, cut), bytes.subarray(cut)];
      let at = 0;
      const file = { size: 512 * 1024, read: () => Promise.resolve(pieces[at++] ?? new Uint8Array()) };
      const found = await markupTables({ file, kind: 'html', encoding: 'utf-8', bom: 0 }, 1 << 20);
      expect(found.map(({ head }) => head)).toEqual(whole);
    }
  });

  it.each([
    ['a tag without end', `<table><td ${'x'.repeat(3 << 20)}`],
    ['tables without end', '<table>'.repeat(300)],
    ['a row without end', `<table><tr>${'<td colspan=1000>'.repeat(20)}`],
  ])('%s is refused', async (_name, page) => {
    await expect(tablesOf(page, 'html')).rejects.toMatchObject({ problem: { code: 'WORKBOOK_DAMAGED' } });
  });
});

const workbook = (...sheets: readonly string[]) =>
  `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">${sheets
    .map((rows, i) => `<Worksheet ss:Name="表${i + 1}"><Table>${rows}</Table></Worksheet>`)
    .join('')}</Workbook>`;
const cell = (value: string, type = 'String') => `<Cell><Data ss:Type="${type}">${value}</Data></Cell>`;

describe('an XML spreadsheet', () => {
  it.each<[name: string, rows: string, text: string]>([
    ['text and numbers', `<Row>${cell('a')}${cell('1.50', 'Number')}</Row>`, 'a,1.50\n'],
    [
      'a day and a time',
      `<Row>${cell('2026-05-01T00:00:00.000', 'DateTime')}${cell('2026-05-01T09:30:00.000', 'DateTime')}</Row>`,
      '2026-05-01,2026-05-01 09:30:00\n',
    ],
    [
      'cells that are left out',
      `<Row>${cell('a')}<Cell ss:Index="3"><Data ss:Type="String">c</Data></Cell></Row>`,
      'a,,c\n',
    ],
    ['rows that are left out', `<Row ss:Index="3">${cell('a')}</Row>`, '\n\na\n'],
    ['an empty cell', `<Row><Cell/>${cell('b')}</Row>`, ',b\n'],
    [
      'a merged cell',
      `<Row><Cell ss:MergeAcross="1"><Data ss:Type="String">a</Data></Cell>${cell('b')}</Row>`,
      'a,,b\n',
    ],
    ['yes and no', `<Row>${cell('1', 'Boolean')}${cell('0', 'Boolean')}</Row>`, 'TRUE,FALSE\n'],
  ])('%s', async (_name, rows, text) => {
    expect(await tablesOf(workbook(rows), 'xml')).toEqual([text]);
  });

  it('names its sheets, and gives each alone', async () => {
    const file = from(workbook(`<Row>${cell('a')}</Row>`, `<Row>${cell('b')}</Row>`), 'xml');
    expect((await markupTables(file, 100)).map(({ name }) => name)).toEqual(['表1', '表2']);
    const pieces: Uint8Array[] = [];
    for await (const piece of tableText(file, 1, { mergedCells: 0 })) pieces.push(piece);
    expect(Buffer.concat(pieces).toString()).toBe('b\n');
  });

  it.each([
    ['entities of its own', '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><Workbook/>'],
    ['a row before the last', workbook('<Row ss:Index="2"/><Row ss:Index="1"/>')],
    ['what is no XML', '<?xml version="1.0"?><Workbook><Worksheet>'],
  ])('with %s is refused', async (_name, text) => {
    await expect(tablesOf(text, 'xml')).rejects.toMatchObject({ problem: { code: 'WORKBOOK_DAMAGED' } });
  });
});
