import { describe, expect, it } from 'vitest';
import type { RandomAccess } from '../../../src/base/random-access.js';
import { noFacts, type SheetFacts } from '../../../src/dataset/workbook/sheet.js';
import { openWorkbook, SheetReader } from '../../../src/dataset/workbook/workbook.js';
import { processorSeconds } from '../../kit/effort.js';
import { workbook, workbookFiles, type WorkbookParts, zipped } from '../../kit/workbook.js';

const inMemory = (bytes: Uint8Array): RandomAccess => ({
  size: bytes.length,
  read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)),
});

/** The text of all sheets of a workbook, and what is said of them. */
async function read(bytes: Uint8Array): Promise<{ readonly text: string; readonly facts: SheetFacts }> {
  const opened = await openWorkbook(inMemory(bytes));
  const reader = new SheetReader(opened);
  const facts = noFacts();
  const blocks: Uint8Array[] = [];
  for (const sheet of opened.sheets) for await (const block of reader.text(sheet, facts)) blocks.push(block);
  return { text: Buffer.concat(blocks).toString(), facts };
}

const textOf = async (parts: WorkbookParts): Promise<string> => (await read(workbook(parts))).text;
const rows = (inside: string): Readonly<Record<string, string>> => ({
  客户: `<sheetData>${inside}</sheetData>`,
});

describe('a sheet as text', () => {
  it.each<[string, WorkbookParts, string]>([
    [
      'shared strings, in runs, without what tells how they are read aloud',
      {
        sheets: rows('<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'),
        strings:
          '<si><t>姓名</t></si><si><r><t>张</t></r><r><rPr><b/></rPr><t xml:space="preserve"> 三 </t></r><rPh sb="0" eb="1"><t>zhang</t></rPh></si>',
      },
      '姓名,张 三 \n',
    ],
    [
      'strings in the cell, booleans, errors and the text of a formula',
      {
        sheets: rows(
          '<row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c><c r="B1" t="b"><v>1</v></c><c r="C1" t="e"><v>#N/A</v></c><c r="D1" t="str"><f>A1&amp;"!"</f><v>甲!</v></c></row>',
        ),
      },
      '甲,TRUE,#N/A,甲!\n',
    ],
    [
      'quotes, commas and line breaks',
      {
        sheets: rows(
          '<row r="1"><c r="A1" t="inlineStr"><is><t>他说"好"</t></is></c><c r="B1" t="inlineStr"><is><t>a,b</t></is></c><c r="C1" t="inlineStr"><is><t>x&#10;y_x000D_</t></is></c></row>',
        ),
      },
      '"他说""好""","a,b","x\ny\r"\n',
    ],
    [
      'an underscore that looks like the begin of a code',
      { sheets: rows('<row r="1"><c r="A1" t="inlineStr"><is><t>_x005F_x000D_</t></is></c></row>') },
      '_x000D_\n',
    ],
    [
      'empty rows and cells in their places',
      {
        sheets: rows(
          '<row r="2"><c r="B2"><v>5</v></c></row><row r="5"><c r="A5"><v>7</v></c><c r="D5"/></row>',
        ),
      },
      '\n,5\n\n\n7,\n',
    ],
    [
      'cells and rows that do not say where they are',
      { sheets: rows('<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>') },
      '1,2\n3,\n',
    ],
    [
      'numbers by the format of their style',
      {
        sheets: rows(
          '<row r="1"><c r="A1" s="1"><v>46143</v></c><c r="B1" s="2"><v>2164381234</v></c><c r="C1" s="0"><v>13800138000</v></c></row>',
        ),
        styles:
          '<numFmts><numFmt numFmtId="164" formatCode="00000000000"/></numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs>',
      },
      '2026-05-01,02164381234,13800138000\n',
    ],
    [
      'dates of a workbook that counts from 1904',
      {
        sheets: rows('<row r="1"><c r="A1" s="0"><v>44681</v></c></row>'),
        styles: '<cellXfs><xf numFmtId="14"/></cellXfs>',
        from1904: true,
      },
      '2026-05-01\n',
    ],
  ])('%s', async (_name, parts, text) => {
    expect(await textOf(parts)).toBe(text);
  });

  it('is the same where the names have prefixes and the paths are absolute', async () => {
    const files = workbookFiles({ sheets: rows('<row r="1"><c r="A1"><v>1</v></c></row>') });
    const prefixed = (text: string): string =>
      text
        .replace(/<(\/?)([a-zA-Z])/g, '<$1x:$2')
        .replace('xmlns="', 'xmlns:x="')
        .replace('<x:?', '<?');
    const sheet = 'xl/worksheets/sheet1.xml';
    const relations = 'xl/_rels/workbook.xml.rels';
    const bytes = zipped({
      ...files,
      [sheet]: prefixed(String(files[sheet])),
      [relations]: String(files[relations]).replaceAll('Target="', 'Target="/xl/'),
    });
    expect((await read(bytes)).text).toBe('1\n');
  });

  it('says what else it holds', async () => {
    const table = Array.from(
      { length: 200 },
      (_, i) => `<row r="${i + 1}"${i === 3 ? ' hidden="1"' : ''}><c r="A${i + 1}"><v>${i}</v></c></row>`,
    ).join('');
    const { facts, text } = await read(
      workbook({
        sheets: {
          客户: `<cols><col min="2" max="3" hidden="1"/><col min="9" max="16384" hidden="1"/></cols><sheetData>${table}<row r="201"><c r="A201"><f>1+1</f><v>2</v></c><c r="Z201"><v>9</v></c></row><row r="202"><c r="A202"><f>X()</f></c><c r="AB202"><v>9</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells>`,
        },
      }),
    );
    expect(facts).toEqual({
      hiddenRows: 1,
      hiddenColumns: 2,
      struckRows: 0,
      firstStruck: 0,
      mergedCells: 1,
      formulas: 2,
      unvalued: 1,
      outside: 2,
      firstOutside: 'Z201',
    });
    expect(text.split('\n').slice(199)).toEqual(['199', '2', '', '']);
  });

  it('takes little where one cell stands at each end of the sheet', async () => {
    const text = await textOf({
      sheets: rows(
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>',
      ),
    });
    expect(text.length).toBeLessThan(1_100_000);
    expect(text.startsWith('1\n\n')).toBe(true);
  });

  it('names its sheets in order, and which are hidden', async () => {
    const { sheets } = await openWorkbook(
      inMemory(workbook({ sheets: { 客户: '', 旧表: '', 说明: '' }, hidden: ['旧表'] })),
    );
    expect(sheets.map(({ name, hidden }) => [name, hidden])).toEqual([
      ['客户', false],
      ['旧表', true],
      ['说明', false],
    ]);
  });
});

describe('a workbook that is not as it should be', () => {
  const good = { sheets: rows('<row r="1"><c r="A1"><v>1</v></c></row>') };
  const withSheet = (inside: string) => workbook({ sheets: { 客户: inside } });
  /** Changes four bytes of the directory's only entry that is as large as `size`. */
  const claiming = (bytes: Buffer, size: number, claimed: number): Buffer => {
    const changed = Buffer.from(bytes);
    for (let at = changed.indexOf('PK\x01\x02'); at !== -1; at = changed.indexOf('PK\x01\x02', at + 1))
      if (changed.readUInt32LE(at + 24) === size) changed.writeUInt32LE(claimed, at + 24);
    return changed;
  };
  const big = Buffer.alloc(40 * 1024 * 1024, 0x20);

  it.each<[string, () => Buffer, string]>([
    ['no archive', () => Buffer.from('PK\x03\x04 and no more'), 'WORKBOOK_DAMAGED'],
    ['an archive cut short', () => workbook(good).subarray(0, 400), 'WORKBOOK_DAMAGED'],
    [
      'a file in it that unpacks to a thousand times its size',
      () => workbook({ ...good, more: { 'xl/media/a.bin': big } }),
      'WORKBOOK_BOMB',
    ],
    [
      'a sheet that is longer than the directory claims',
      () => {
        const size = 20 * 1024 * 1024;
        const bytes = withSheet(`<sheetData/>${' '.repeat(size)}`);
        const whole =
          Buffer.byteLength(
            String(workbookFiles({ sheets: { 客户: '<sheetData/>' } })['xl/worksheets/sheet1.xml']),
          ) + size;
        return claiming(bytes, whole, 1000);
      },
      'WORKBOOK_DAMAGED',
    ],
    [
      'a document type with entities of its own',
      () => {
        const files = workbookFiles(good);
        const sheet = 'xl/worksheets/sheet1.xml';
        return zipped({
          ...files,
          [sheet]: `<!DOCTYPE a [<!ENTITY b "c">]>${String(files[sheet]).replace(/<\?.*\?>/, '')}`,
        });
      },
      'WORKBOOK_DAMAGED',
    ],
    ['elements without end', () => withSheet('<a>'.repeat(200)), 'WORKBOOK_DAMAGED'],
    [
      'a string that is not there',
      () => workbook({ sheets: rows('<row r="1"><c r="A1" t="s"><v>9</v></c></row>') }),
      'WORKBOOK_DAMAGED',
    ],
    ['a row twice', () => workbook({ sheets: rows('<row r="1"/><row r="1"/>') }), 'WORKBOOK_DAMAGED'],
    [
      'a column twice',
      () => workbook({ sheets: rows('<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>') }),
      'WORKBOOK_DAMAGED',
    ],
    ['a row beyond the end', () => workbook({ sheets: rows('<row r="1048577"/>') }), 'WORKBOOK_DAMAGED'],
    [
      'a byte changed in its data',
      () => {
        const bytes = zipped({ ...workbookFiles(good) });
        const at = bytes.indexOf('xl/worksheets/sheet1.xml') + 60;
        bytes[at] = (bytes[at] ?? 0) ^ 1;
        return bytes;
      },
      'WORKBOOK_DAMAGED',
    ],
    [
      'an entry that needs a password',
      () => {
        const bytes = workbook(good);
        const at = bytes.indexOf('PK\x01\x02');
        bytes.writeUInt16LE(1, at + 8);
        return bytes;
      },
      'WORKBOOK_LOCKED',
    ],
  ])('%s', async (_name, make, code) => {
    const bytes = make();
    const seconds = await processorSeconds(() =>
      expect(read(bytes)).rejects.toMatchObject({ problem: { code } }),
    );
    expect(seconds).toBeLessThan(5);
  });
});
